"""The fixed words that readers see, translated: gettext catalogues, one `words/LANG.po` a language.

A message's context is its key in `words.WORDS`, its id the English words. A newsletter's own
`templates/words/LANG.po` is asked before the shipped one, phrase by phrase, so that it may hold a single phrase.
Only the catalogues of the language that is asked for are read, each once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from composer import resources
from composer.errors import ThemeError

FOLDER = "words"
_NONE: Mapping[str, str] = MappingProxyType({})
_SAFE = re.compile(r"[A-Za-z0-9_]+")  # a tag names a file
_EXTENSION = re.compile(r"-u-.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message of a catalogue."""

    key: str
    english: str
    phrase: str
    fuzzy: bool


def translation(lang: str, key: str, english: str, own: Path | None = None) -> str:
    """Return a phrase from the nearest catalogue of a language (BCP 47), or "" when none has it.

    `own` is a newsletter's folder. A phrase that is fuzzy, or whose places for values are not those of the English
    words, counts as not there.
    """
    for file in files(lang, own):
        phrase = _phrases(file).get(key, "")
        if phrase and places(phrase) == places(english):
            return phrase
    return ""


@lru_cache(maxsize=64)
def files(lang: str, own: Path | None = None) -> tuple[Path, ...]:
    """Return where a language's catalogues may lie, the nearest first: own before shipped, region before language."""
    return tuple(folder / f"{tag}.po" for tag in lineage(lang) for folder in folders(own))


def folders(own: Path | None = None) -> tuple[Path, ...]:
    """Return where catalogues lie, a newsletter's own folder first."""
    shipped = resources.templates() / FOLDER
    return (own / "templates" / FOLDER, shipped) if own else (shipped,)


def spoken(own: Path | None = None) -> tuple[str, ...]:
    """Return the languages that have a catalogue, English first: it is the source."""
    found = resources.named_files(folders(own), "*.po")
    return ("en", *(lang for lang in found if lang != "en"))


def spoken_for(lang: str, own: Path | None = None) -> str:
    """Return the language whose catalogue speaks for another: itself, a parent in CLDR's sense, else English."""
    return next((file.stem for file in files(lang, own) if _phrases(file)), "en")


def lineage(lang: str) -> Iterator[str]:
    """Yield a language tag and its parents as CLDR has them, the root left out: es-MX, es-419, es."""
    name = _name(_EXTENSION.sub("", lang))
    while name and name != "root":
        if _SAFE.fullmatch(name):
            yield name.replace("_", "-")
        name = get_global("parent_exceptions").get(name) or name.rpartition("_")[0]


def read_entries(file: Path) -> tuple[Entry, ...]:
    """Read a catalogue in the order in which it is written; none when there is no such file.

    Raises ThemeError with file and line when it is no catalogue in UTF-8.
    """
    return _entries(file, _changed(file))


@lru_cache(maxsize=1024)
def places(phrase: str) -> tuple[str, ...]:
    """Return the places for values in a phrase, sorted: "{1}, {0}" and "{}, {}" have ("0", "1").

    Whatever `str.format` could stumble over comes back as a place that no English phrase has.
    """
    try:
        fields = [(name, spec, how) for _, name, spec, how in Formatter().parse(phrase) if name is not None]
    except ValueError:
        return ("?",)
    if all(field == ("", "", None) for field in fields):
        return tuple(map(str, range(len(fields))))
    return tuple(sorted(name if name.isdigit() and not (spec or how) else "?" for name, spec, how in fields))


def _phrases(file: Path) -> Mapping[str, str]:
    return _by_key(file, _changed(file))


@lru_cache(maxsize=64)
def _by_key(file: Path, changed: int) -> Mapping[str, str]:
    try:
        entries = _entries(file, changed)
    except ThemeError:
        return _NONE
    return MappingProxyType({entry.key: entry.phrase for entry in entries if entry.phrase and not entry.fuzzy})


@lru_cache(maxsize=64)
def _entries(file: Path, changed: int) -> tuple[Entry, ...]:
    """Read a catalogue as it was at `changed`, the moment that tells one state of a file from the next."""
    if not changed:
        return ()
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 (English editions need no catalogue)

    try:
        with file.open("rb") as opened:
            messages = list(read_po(opened, charset="utf-8", abort_invalid=True))
    except PoFileError as error:
        reason = str(error).rpartition(" on ")[0]  # the line that it names is counted from 0
        raise ThemeError(f"{FOLDER}/{file.name}", error.lineno + 1, f"no catalogue: {reason}") from error
    except OSError as error:
        raise ThemeError(f"{FOLDER}/{file.name}", 1, f"cannot be read: {error.strerror}") from error
    except (ValueError, LookupError) as error:
        raise ThemeError(f"{FOLDER}/{file.name}", 1, "no catalogue; save it as .po in UTF-8") from error
    return tuple(
        Entry(key=message.context or "", english=str(message.id), phrase=str(message.string), fuzzy=message.fuzzy)
        for message in messages
        if message.id and isinstance(message.string, str)
    )


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _name(tag: str) -> str:
    plain = tag.replace("_", "-")
    try:
        return str(Locale.parse(plain, sep="-"))
    except (ValueError, UnknownLocaleError, TypeError):
        return plain.replace("-", "_")
