"""Fields: `key: value` lines and `- item` lines, in the header and at the head of a container.

Which keys are fields is the schema's to say (`blocks.KINDS`, `blocks.HEADER`): words that begin "Moscow: …" stay words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from composer.blocks import HEADER, HEADER_LISTS, KINDS, Field, Kind
from composer.manuscript.lines import is_blank
from composer.manuscript.scalars import read_value, write_key, write_value
from composer.model import Remark

_KEY = re.compile(r'(?P<quote>"?)(?P<key>[A-Za-z][A-Za-z0-9_-]*)(?P=quote):(?P<typed>.*)')
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*))?")
_ANY_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_KEY_MOST = 40  # a longer word is no slip of a key
_OWN_KEY = re.compile(r"x-[a-z0-9_-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """Which lines are fields. Where no words can stand, the reader is lenient: `Alt:` is `alt`."""

    keys: tuple[str, ...] = ()
    lists: frozenset[str] = frozenset()
    own: re.Pattern[str] = _OWN_KEY  # keys outside `keys` that are fields too
    words: bool = True  # a body may follow


@dataclass(slots=True, kw_only=True)
class Entry:
    """A key with its lines, as typed. It grows while its lines are being read."""

    key: str
    at: int  # 0-based line
    values: list[tuple[str, int]] = field(default_factory=list)  # each with its 0-based line
    listed: bool = False
    above: list[str] = field(default_factory=list)  # comments over it
    inner: list[str] = field(default_factory=list)  # comments between its items
    own: list[int] = field(default_factory=list)  # every line it takes, but those in `above`


def _schema(kind: Kind) -> Schema:
    own = _PLAIN_KEY if kind.open_keys else _OWN_KEY
    return Schema(keys=kind.keys, lists=frozenset(kind.lists), own=own, words=kind.body != "none")


HEADER_SCHEMA = Schema(keys=HEADER, lists=HEADER_LISTS, own=_ANY_KEY, words=False)
SCHEMAS: Mapping[str, Schema] = MappingProxyType({name: _schema(kind) for name, kind in KINDS.items()})
UNKNOWN_KIND = Schema()


def split_key(line: str, schema: Schema) -> tuple[str, str] | None:
    """Return a line's key and what is typed after its colon, or None when the line is no field here."""
    found = _KEY.fullmatch(line)
    if not found or (found["quote"] and schema.words):
        return None
    key, typed = found["key"], found["typed"]
    known = key if schema.words else key.lower()
    if known in schema.keys:
        return known, typed
    if schema.own.fullmatch(key) and typed[:1] in ("", " ", "\t"):
        return key, typed
    return None


def is_item(line: str) -> bool:
    """Say whether a line is written as an item of a list."""
    return bool(_ITEM.fullmatch(line))


def take(line: str, at: int, schema: Schema, current: Entry | None) -> Entry | None:
    """Read a line as a new entry, or as an item of the current one, which is then returned; else None."""
    if pair := split_key(line, schema):
        key, typed = pair
        return Entry(key=key, at=at, values=[] if is_blank(typed) else [(read_value(typed), at)], own=[at])
    item = _ITEM.fullmatch(line)
    if not item or not current or not _takes_items(current, schema):
        return None
    current.values.append((read_value(item[1] or ""), at))
    current.own.append(at)
    current.listed = True
    return current


def gather(entries: Sequence[Entry], schema: Schema, block: str = "") -> tuple[list[Field], list[Remark]]:
    """Return the entries as fields, a list that was typed in pieces as one, and remarks on repeated keys (F003)."""
    groups: list[list[Entry]] = []
    seen: dict[str, list[Entry]] = {}
    problems = []
    for entry in entries:
        if entry.key in seen and entry.key in schema.lists:
            seen[entry.key].append(entry)
            continue
        if entry.key in seen:
            problems.append(_repeated(entry.key, entry.at, seen[entry.key][0], schema, block))
        groups.append([entry])
        seen.setdefault(entry.key, groups[-1])
    for entry in entries:
        if entry.key in schema.keys and entry.key not in schema.lists:
            problems += [_repeated(entry.key, at, entry, schema, block) for _, at in entry.values[1:]]
    return [made for group in groups for made in _fields(group, schema)], problems


def field_lines(made: Field, schema: Schema) -> list[str]:
    """Return a container's field in canonical form; a list of one stands on one line."""
    if isinstance(made.value, str):
        return [f"{made.key}: {write_value(made.value)}" if made.value else f"{made.key}:"]
    if len(made.value) == 1 and made.value[0] and made.key in schema.lists:
        return [f"{made.key}: {write_value(made.value[0])}"]
    return [f"{made.key}:", *_items(made.value)]


def header_lines(made: Field) -> list[str]:
    """Return a header field in canonical form, valid as YAML."""
    key = write_key(made.key)
    return [f"{key}: {write_value(made.value)}"] if isinstance(made.value, str) else [f"{key}:", *_items(made.value)]


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """Return `; did you mean lede?`, or "" when nothing known is near."""
    near = _nearest(word[:_KEY_MOST].lower(), known)
    return f"; did you mean {near}?" if near else ""


@lru_cache(maxsize=256)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(word, known, n=1)), "")


def _takes_items(entry: Entry, schema: Schema) -> bool:
    """Say whether `- item` belongs to the entry; under `key: value` in a container it is the body's first line."""
    if not schema.words:
        return True
    is_list = entry.key in schema.lists or entry.key not in schema.keys
    return is_list and (entry.listed or not entry.values)


def _fields(group: Sequence[Entry], schema: Schema) -> list[Field]:
    first = group[0]
    words = tuple(value for entry in group for value, _ in entry.values)
    above = tuple(comment for entry in group for comment in (*entry.above, *entry.inner))
    if first.key in schema.lists or (first.listed and first.key not in schema.keys):
        return [Field(key=first.key, value=words, above=above, line=first.at + 1)]
    alone = Field(key=first.key, value=words[0] if words else "", above=above, line=first.at + 1)
    return [alone, *(Field(key=first.key, value=value, line=at + 1) for value, at in first.values[1:])]


def _repeated(key: str, at: int, first: Entry, schema: Schema, block: str) -> Remark:
    known = key in schema.keys
    mend = "that one counts; take one of them away" if known else "write its values as a list under one key"
    return Remark(
        rule="F003",
        severity="error" if known else "warning",
        message=f"{key} stands on line {first.at + 1} already; {mend}",
        line=at + 1,
        block=block,
    )


def _items(values: Iterable[str]) -> list[str]:
    return [f"  - {write_value(value)}" for value in values]
