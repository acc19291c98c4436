"""Values ⇄ JSON, by the fields that the nouns themselves declare. Pure.

What is read was written by others: every field is checked, an unknown one is refused.
"""

import json
import types
from collections.abc import Collection, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

_T = TypeVar("_T")
_NUMBER_MOST = 2**63 - 1  # what SQLite holds


def line(value: Any, leave_out: Collection[str] = ()) -> str:  # noqa: ANN401 (any of the nouns)
    """Return a value as one line of JSON, its fields in the order in which the noun declares them."""
    return json.dumps(plain(value, leave_out), ensure_ascii=False)


def plain(value: Any, leave_out: Collection[str] = ()) -> Any:  # noqa: ANN401 (any of the nouns, and what they hold)
    """Return a value as JSON holds it: times as ISO 8601, tuples as lists, nouns as objects."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.name not in leave_out}
    return value


def read(noun: type[_T], said: object) -> _T:
    """Return the value that an object says. Raises ValueError with what is wrong, in a few words."""
    if not isinstance(said, Mapping):
        raise ValueError(f"no {noun.__name__.lower()}")
    known = _fields(cast("Hashable", noun))
    if strange := [name for name in said if name not in known]:
        raise ValueError(f"{strange[0]} is no field of a {noun.__name__.lower()}")
    missing = [name for name, (_, required) in known.items() if required and name not in said]
    if missing:
        raise ValueError(f"{missing[0]} is missing")
    return noun(**{name: _read(known[name][0], one, name) for name, one in said.items()})


@cache
def _fields(noun: Hashable) -> Mapping[str, tuple[Any, bool]]:
    hints = get_type_hints(noun)
    return {one.name: (hints[one.name], _is_required(one)) for one in fields(cast("Any", noun))}


def _is_required(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _read(hint: Any, said: object, name: str) -> Any:  # noqa: ANN401 (what a field declares)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {types.UnionType, Union}:
        inner = next(one for one in arguments if one is not types.NoneType)
        return None if said is None else _read(inner, said, name)
    if origin is Literal:
        return _chosen(arguments, said, name)
    if origin is tuple:
        if not isinstance(said, list):
            raise ValueError(f"{name} is no list")
        return tuple(_read(arguments[0], one, name) for one in said)
    if hint is datetime:
        return _moment(said, name)
    if is_dataclass(hint):
        return read(cast("type[Any]", hint), said)
    return _simple(hint, said, name)


def _chosen(choices: tuple[Any, ...], said: object, name: str) -> object:
    if said not in choices:
        raise ValueError(f"{name} is none of {', '.join(map(str, choices))}")
    return said


def _moment(said: object, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(said))
        if moment.utcoffset() is None:
            raise ValueError  # noqa: TRY301 (one sentence for both)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{name} is no time with a zone") from None


def _simple(hint: type, said: object, name: str) -> object:
    if type(said) is not hint:
        raise ValueError(f"{name} is no {'text' if hint is str else 'number' if hint is int else 'yes or no'}")
    if isinstance(said, str):
        try:
            said.encode()
        except UnicodeEncodeError:
            raise ValueError(f"{name} holds half a character") from None
    if isinstance(said, int) and abs(said) > _NUMBER_MOST:
        raise ValueError(f"{name} is too large")
    return said
