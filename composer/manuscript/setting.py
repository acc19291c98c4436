"""Fields and ids set in a block's own lines, every other byte left as typed. What may be set is checked first."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from composer.blocks import HEADER, HEADER_CHOICES, HEADER_LISTS, KINDS, TK, Block, Field, Kind, Value
from composer.errors import UsageError
from composer.manuscript.body import HEADINGS, with_id
from composer.manuscript.containers import container_entries, is_id, renamed_opening
from composer.manuscript.fields import SCHEMAS, UNKNOWN_KIND, Entry, did_you_mean, field_lines
from composer.manuscript.lines import flat, has_end, is_blank, line_end
from composer.manuscript.pieces import Parted, part, refuse_taken
from composer.manuscript.stamps import stamp
from composer.manuscript.surgery import checked

ID = "id"  # not a field: the name after `#`
_IDENTITY = "id"  # in the header, the edition's own
_UNKNOWN = Kind(name="")
_OWN_KEY = re.compile(r"x-[a-z0-9_-]+")
_ROLE = re.compile(r"[a-z][a-z0-9_-]*")


def set_header(text: str, values: Mapping[str, Sequence[str]]) -> str:
    """Set header values in a text, every other byte left as typed (see `stamp`).

    Raises UsageError on a key that the header does not know, and on a value that its key cannot hold.
    """
    return stamp(text, {key: _header_value(key, given) for key, given in values.items()})


def set_fields(text: str, index: int, values: Mapping[str, Sequence[str]]) -> str:
    """Set fields of the block at a 0-based place in a text; the key `id` gives the block another name.

    Only the lines of these keys change. Raises UsageError on what the block's kind cannot hold.
    """
    parted = part(text)
    block = parted.blocks[index]
    wanted = {key: given for key, given in values.items() if key != ID}
    fields = fields_for(block.kind, wanted)
    name = _name(values[ID]) if ID in values else block.id
    result = text
    if name != block.id:
        refuse_taken(parted.blocks, [replace(block, id=name)])
        result = _renamed(parted, block, name)
    for made in fields:
        result = _with_field(result, index, made)
    after = replace(block, id=name, fields=_set(block.fields, fields))
    return checked(text, result, (*parted.blocks[:index], after, *parted.blocks[index + 1 :]))


def fields_for(kind: str, values: Mapping[str, Sequence[str]]) -> tuple[Field, ...]:
    """Return the fields that a kind of block holds for these values, in its own order of keys. Raises UsageError."""
    known = KINDS.get(kind, _UNKNOWN)
    made = [Field(key=key, value=_value(kind, known, key, given)) for key, given in values.items()]
    return tuple(sorted(made, key=lambda one: _rank(known.keys, one.key)))


def _header_value(key: str, given: Sequence[str]) -> Value:
    if key == _IDENTITY:
        raise UsageError("id: an edition's identity never changes, feeds know it by that; nothing was changed")
    if key not in HEADER and not _OWN_KEY.fullmatch(key):
        raise UsageError(f"{key}: no header field{did_you_mean(key, HEADER) or '; own keys begin with x-'}")
    if key in HEADER_LISTS or (len(given) > 1 and key not in HEADER):  # an own key: `x-allow` often has several
        return tuple(flat(words) for words in given if words)
    return _chosen(key, _only(key, given), HEADER_CHOICES.get(key, ()))


def _value(kind: str, known: Kind, key: str, given: Sequence[str]) -> Value:
    if key not in known.keys and not _OWN_KEY.fullmatch(key) and not (known.open_keys and _ROLE.fullmatch(key)):
        takes = f"it takes {', '.join(known.keys)}" if known.keys else "keys of your own begin with x-"
        raise UsageError(f"{key}: no field of {kind}{did_you_mean(key, known.keys) or f'; {takes}'}")
    if key in known.lists or (len(given) > 1 and key not in known.keys):
        return tuple(flat(words) for words in given if words)
    return _chosen(key, _only(key, given), known.choices.get(key, ()))


def _only(key: str, given: Sequence[str]) -> str:
    if len(given) > 1:
        raise UsageError(f"{key}: takes one value, {len(given)} were given")
    return flat(given[0]) if given else ""


def _chosen(key: str, value: str, choices: tuple[str, ...]) -> str:
    if value and choices and value not in choices and TK not in value:
        raise UsageError(f"{key}: {value} is none of {', '.join(choices)}{did_you_mean(value, choices)}")
    return value


def _name(given: Sequence[str]) -> str:
    name = _only(ID, given).removeprefix("#")
    if name and not is_id(name):
        raise UsageError(f"id: {name} is no name for a block; use letters, digits, - and .")
    return name


def _set(fields: Sequence[Field], made: Sequence[Field]) -> tuple[Field, ...]:
    """Return fields as they read once these are set: the first of a key counts, what repeats it stays."""
    new = {one.key: one for one in made}
    kept = [replace(one, value=new.pop(one.key).value) if one.key in new else one for one in fields]
    return (*kept, *new.values())


def _renamed(parted: Parted, block: Block, name: str) -> str:
    at = block.line - 1
    line = parted.lines[at]
    if container_entries(parted.lines, at):
        changed = renamed_opening(line, name)
    elif block.kind in HEADINGS:
        changed = with_id(line, name)
    else:
        raise UsageError(f"line {block.line}: {block.kind} stands without a box and cannot be named")
    return _replaced(parted, {at}, at, [changed])


def _with_field(text: str, index: int, made: Field) -> str:
    parted = part(text)
    block = parted.blocks[index]
    at = block.line - 1
    opened = container_entries(parted.lines, at)
    if opened is None:
        raise UsageError(f"line {block.line}: {block.kind} stands without a box and has no fields")
    entries, end = opened
    schema = SCHEMAS.get(block.kind, UNKNOWN_KIND)
    lines = field_lines(made, schema)
    same = [entry for entry in entries if entry.key == made.key]
    if same:
        taken = same if made.key in schema.lists else same[:1]
        return _replaced(parted, {line for entry in taken for line in entry.own}, same[0].at, lines)
    place = _after(entries, made.key, schema.keys, at) + 1
    if place < end and schema.words and not is_blank(parted.lines[place]) and not _is_field_line(entries, place):
        lines.append("")
    return _replaced(parted, set(), place, lines)


def _after(entries: Sequence[Entry], key: str, keys: tuple[str, ...], opening: int) -> int:
    """Return the line that a new field comes to stand below: its nearest predecessor's last, else the opening."""
    above = [entry for entry in entries if _rank(keys, entry.key) <= _rank(keys, key)]
    return max((line for entry in above for line in entry.own), default=opening)


def _is_field_line(entries: Sequence[Entry], at: int) -> bool:
    return any(at in entry.own for entry in entries)


def _rank(keys: tuple[str, ...], key: str) -> int:
    return keys.index(key) if key in keys else len(keys)


def _replaced(parted: Parted, gone: set[int], at: int, lines: Sequence[str]) -> str:
    """Put lines before a line and take others away; the text's own line ends and its very last one are kept."""
    end = line_end(parted.raw)
    out: list[str] = []
    for number, raw in enumerate((*parted.raw, "")):
        if number == at:
            if out and not has_end(out[-1]):
                out[-1] += end
            out += [line + end for line in lines]
        out += [] if number in gone else [raw]
    result = parted.mark + "".join(out)
    return result if not parted.raw or has_end(parted.raw[-1]) else result.removesuffix(end)
