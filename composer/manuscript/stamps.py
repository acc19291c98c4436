"""Stamps: header values set in an editor's own text, every other byte left as typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from composer.blocks import HEADER_LISTS, Field, Value
from composer.manuscript.fields import Entry, header_lines, is_item
from composer.manuscript.header import FENCE, Header, place_of, read_header
from composer.manuscript.lines import clean, has_end, is_blank, line_end, raw_lines

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class _Edits:
    """New lines by the place they stand before, lines that go, and lines that become comments."""

    put: dict[int, list[str]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    quiet: set[int] = field(default_factory=set)


def stamp(text: str, values: Mapping[str, Value]) -> str:
    """Set header values, one line each, in a manuscript's own text; a header is made when it has none.

    Only the lines of these keys change. The `load` of the result shows the values and is otherwise as before.
    """
    raw = raw_lines(text)
    lines = [clean(line) for line in raw]
    header = read_header(lines)
    fields = [_field(key, value) for key, value in sorted(values.items(), key=lambda pair: place_of(pair[0]))]
    if not fields:
        return text
    if header.start < 0:
        return _begun(text, raw, fields)
    edits = _Edits()
    for made in fields:
        _set(made, header, lines, edits)
    return _edited(raw, edits)


def _field(key: str, value: Value) -> Field:
    return Field(key=key, value=(value,) if key in HEADER_LISTS and isinstance(value, str) else value)


def _begun(text: str, raw: Sequence[str], fields: Sequence[Field]) -> str:
    end = line_end(raw)
    lines = [FENCE, *(line for made in fields for line in header_lines(made)), FENCE, ""]
    words = text.removeprefix(_BOM)
    return text[: len(text) - len(words)] + "".join(line + end for line in lines) + words


def _set(made: Field, header: Header, lines: Sequence[str], edits: _Edits) -> None:
    entries = [entry for entry in header.entries if entry.key == made.key]
    if not entries:
        _insert(made, header, lines, edits)
        return
    first, *others = entries
    others = others if made.key in HEADER_LISTS else []  # a list typed in pieces; any other repetition is kept
    comments = [*first.inner, *(comment for entry in others for comment in (*entry.above, *entry.inner))]
    edits.put.setdefault(first.at, []).extend([*comments, *header_lines(made)])
    edits.gone.update(first.own)
    for entry in others:
        edits.gone.update(_lines_of(entry, lines))


def _lines_of(entry: Entry, lines: Sequence[str]) -> set[int]:
    """Return a repetition's own lines, its comments, and the blank lines over them."""
    taken = set(entry.own)
    at, comments = entry.at - 1, len(entry.above)
    while comments or is_blank(lines[at]):
        comments -= not is_blank(lines[at])
        taken.add(at)
        at -= 1
    return taken


def _insert(made: Field, header: Header, lines: Sequence[str], edits: _Edits) -> None:
    """Put a new key after its nearest predecessor in canonical order, so that no comment changes its key."""
    before = [entry for entry in header.entries if place_of(entry.key) <= place_of(made.key)]
    if before:
        nearest = max(before, key=lambda entry: (place_of(entry.key), entry.at))
        edits.put.setdefault(max(nearest.own) + 1, []).extend(header_lines(made))
        return
    top = header.start + 1
    edits.put.setdefault(top, []).extend(header_lines(made))
    stop = header.entries[0].at if header.entries else header.end
    edits.quiet.update(at for at in range(top, stop) if is_item(lines[at]))  # items of nothing must stay so


def _edited(raw: Sequence[str], edits: _Edits) -> str:
    end = line_end(raw)
    out: list[str] = []
    for at, line in enumerate([*raw, ""]):
        new = [words + end for words in edits.put.get(at, [])]
        if new and out and not has_end(out[-1]):
            out[-1] += end
        kept = f"# {clean(line).strip()}{end}" if at in edits.quiet else line
        out += [*new, *([] if at in edits.gone else [kept])]
    return "".join(out)
