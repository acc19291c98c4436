"""Profiles: what an edition of a kind is made of, as data in templates/profiles/NAME.toml → Profile.

A profile that is wrong is named with file, line and key. Nothing here knows an edition.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from composer.blocks import KINDS
from composer.errors import NotFoundError, SettingsError
from composer.model import Profile, Slot
from composer.resources import named_files
from composer.settings import read_toml

FOLDER = "profiles"
PICKS = ("brief", "link")
_Read = Callable[[Any], Any]


def list_profiles(folders: Sequence[Path]) -> Mapping[str, Path]:
    """Return the file of every profile by name, in the order of names; an earlier folder's comes before a later's."""
    return named_files(folders, f"{FOLDER}/*.toml")


def find_profile(name: str, folders: Sequence[Path]) -> Profile:
    """Read a profile by name from the folders that hold templates. Raises NotFoundError, SettingsError."""
    files = list_profiles(folders)
    if name in files:
        return read_profile(files[name])
    near = get_close_matches(name, files, 1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(files)}"
    raise NotFoundError(f"{name}: no such profile; {hint}")


def read_profile(file: Path) -> Profile:
    """Read and check a profile. Raises SettingsError with file, line and what is allowed, NotFoundError."""
    if not file.is_file():
        raise NotFoundError(f"{file}: no such profile; `currents profiles` lists them")
    text, table = read_toml(file)
    slots = table.pop("slots", [])
    if not isinstance(slots, list) or not all(isinstance(slot, dict) for slot in slots):
        raise SettingsError(str(file), _line(text, "slots"), "slots: begin each slot with a line [[slots]]")
    values = _checked(file, text, table, _PROFILE)
    read = [_checked(file, text, slot, _SLOT, number) for number, slot in enumerate(slots, 1)]
    if values.setdefault("name", file.stem) != file.stem:
        sentence = f"name: {values['name']} lies in {file.name}; let file and name be the same"
        raise SettingsError(str(file), _line(text, "name"), sentence)
    _refuse_twice(file, text, [slot.get("kind", "") for slot in read])
    return Profile(slots=tuple(map(_slot, read)), **values)


def laid(entry: str) -> tuple[str, str]:
    """Part an entry of a layout, "section: In other news", into its kind and its words."""
    kind, _, words = entry.partition(":")
    return kind.strip(), words.strip()


def _slot(values: dict[str, Any]) -> Slot:
    least, most = values.pop("words", (0, None))
    return Slot(words_least=least, words_most=most, **values)


def _words(value: object) -> str:
    if not isinstance(value, str) or "\n" in value:
        raise ValueError("must be words in quotation marks, on one line")
    return value.strip()


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("must be a whole number, 0 or more")
    return value


def _budget(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != len(("least", "most")):
        raise ValueError("must be two numbers such as [50, 160]")
    least, most = map(_count, value)
    if least > most:
        raise ValueError(f"begins at {least} and ends at {most}; write the smaller first")
    return least, most


def _kind(value: object) -> str:
    return _one_of(_words(value), tuple(KINDS))


def _kind_or_nothing(value: object) -> str:
    return _kind(value) if value else ""


def _pick(value: object) -> str:
    return _one_of(_words(value), PICKS)


def _layout(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError('must be a list such as ["lede", "section: In other news", "brief"]')
    entries = tuple(map(_words, value))
    for entry in entries:
        _kind(laid(entry)[0])
    return entries


def _one_of(word: str, known: tuple[str, ...]) -> str:
    if word in known:
        return word
    near = get_close_matches(word, known, 1)
    raise ValueError(f"{word or 'nothing'} is no such kind; " + (f"did you mean {near[0]}?" if near else _list(known)))


def _list(known: Sequence[str]) -> str:
    return f"there are {', '.join(known)}"


_PROFILE: Mapping[str, _Read] = {
    "name": _words,
    "about": _words,
    "last": _kind_or_nothing,
    "byline": _yes_or_no,
    "paragraph_words_most": _count,
    "words_most": _count,
    "summary_words": _count,
    "picks": _pick,
    "minutes": _yes_or_no,
    "layout": _layout,
}
_SLOT: Mapping[str, _Read] = {"kind": _kind, "hint": _words, "least": _count, "most": _count, "words": _budget}


def _checked(
    file: Path, text: str, table: Mapping[str, Any], keys: Mapping[str, _Read], slot: int = 0
) -> dict[str, Any]:
    """Read a table's values. `slot` is the number of the [[slots]] it stands under, 0 for the top of the file."""
    where = f"slot {slot}: " if slot else ""
    values = {}
    for key, value in table.items():
        if key not in keys:
            near = get_close_matches(key, keys, 1)
            hint = f"did you mean {near[0]}?" if near else _list(tuple(keys))
            raise SettingsError(str(file), _line(text, key, slot), f"{where}{key} is no key of a profile; {hint}")
        try:
            values[key] = keys[key](value)
        except ValueError as error:
            raise SettingsError(str(file), _line(text, key, slot), f"{where}{key}: {error}") from None
    if slot and "kind" not in values:
        raise SettingsError(str(file), _line(text, "", slot), f"{where}kind is missing")
    return values


def _refuse_twice(file: Path, text: str, kinds: Sequence[str]) -> None:
    for number, kind in enumerate(kinds, 1):
        if kind in kinds[: number - 1]:
            raise SettingsError(str(file), _line(text, "kind", number), f"slot {number}: {kind} has a slot already")


def _line(text: str, key: str, slot: int = 0) -> int:
    """Find the line of a key under the slot of that number (0: above the first), else where the slot begins, else 1."""
    found, number = 1, 0
    for line, words in enumerate(text.splitlines(), 1):
        if re.match(r"\s*\[\[\s*slots\s*\]\]", words):
            number += 1
            found = line if number == slot else found
        elif number == slot and key and re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", words):
            return line
    return found
