"""Catalogues for those who translate: what one lacks, and how it is written. Nothing here is asked while rendering."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from composer.rendering import words
from composer.rendering.catalogues import Entry, files, folders, places, read_entries, translation
from composer.text import primary

_HEAD = """\
# {about}
# The words in msgstr are yours; everything else is written anew when the English words change.
msgid ""
msgstr ""
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_REMARK = re.compile(r"^ +# (?P<remark>.+)$|^ +\"(?P<key>[\w.-]+)\": ")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One fixed phrase for readers: in English, and in a language."""

    key: str
    english: str
    phrase: str  # what readers see; "" in the catalogue means the English words
    fault: str = ""  # why the catalogue's own words are not used, or not there


def strings(lang: str, own: Path | None = None) -> tuple[Said, ...]:
    """Return every fixed phrase with its translation and what is wrong with it, in the order of the English table.

    `lang` is a BCP 47 tag, `own` a newsletter's folder whose `templates/words/` is looked at first. Raises ThemeError
    for a catalogue that cannot be read.
    """
    entries = _entries(lang, own)
    english = primary(lang) == words.FALLBACK
    return tuple(
        Said(
            key=key,
            english=source,
            phrase=translation(lang, key, source, own) or source,
            fault="" if english else fault(source, entries.get(key)),
        )
        for key, source in words.WORDS[words.FALLBACK].items()
    )


def fault(english: str, entry: Entry | None) -> str:
    """Say what is wrong with a catalogue's entry for English words, or ""."""
    if entry is None or not entry.phrase:
        return "not translated"
    if entry.english != english:
        return f"the English words were {entry.english!r}"
    if entry.fuzzy:
        return "marked as fuzzy"
    if places(entry.phrase) != places(english):
        return f"must have as many {{}} as {english!r}"
    return ""


def catalogue(lang: str, own: Path | None = None) -> str:
    """Return a language's catalogue as gettext has it (.po), brought up to date with the English table.

    With `own` it is the newsletter's, where an empty phrase stands for the shipped one; else the shipped one. What is
    translated stays; where the English words changed since, the translation is marked as fuzzy. A language without a
    catalogue, or "", gets an empty one to fill in. Raises ThemeError for one that cannot be read.
    """
    entries = {entry.key: entry for entry in read_entries(folders(own)[0] / f"{lang}.po")} if lang else {}
    about = f"What readers see: {lang}." if lang else "What readers see: a template for new languages."
    pieces = [_HEAD.format(about=about, lang=lang)]
    for key, english in words.WORDS[words.FALLBACK].items():
        shipped = translation(lang, key, english) if own else ""
        pieces.append(_message(key, english, entries.get(key), shipped))
    return "\n".join(pieces)


def _entries(lang: str, own: Path | None) -> Mapping[str, Entry]:
    """Return a language's entries by key, the nearest first: own before shipped, region before language."""
    found: dict[str, Entry] = {}
    for file in reversed(files(lang, own)):
        found |= {entry.key: entry for entry in read_entries(file) if entry.phrase}
    return found


def _message(key: str, english: str, entry: Entry | None, shipped: str) -> str:
    phrase = entry.phrase if entry else ""
    stale = bool(phrase) and entry is not None and (entry.fuzzy or entry.english != english)
    return "".join(f"{line}\n" for line in _lines(key, english, phrase, shipped, stale=stale))


def _lines(key: str, english: str, phrase: str, shipped: str, *, stale: bool) -> Iterator[str]:
    if remark := _remarks().get(key):
        yield f"#. {remark}"
    if shipped:
        yield f"#. Left empty, readers see: {shipped}"
    flags = [name for name, there in (("fuzzy", stale), ("python-brace-format", "{" in english)) if there]
    if flags:
        yield f"#, {', '.join(flags)}"
    for name, value in (("msgctxt", key), ("msgid", english), ("msgstr", phrase)):
        yield f'{name} "{value.translate(_ESCAPES)}"'


@cache
def _remarks() -> Mapping[str, str]:
    """Return what the English table says to translators, by key."""
    return dict(_remarked(inspect.getsource(words).splitlines()))


def _remarked(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    waiting: list[str] = []
    for line in lines:
        found = _REMARK.match(line)
        if found and found["remark"]:
            waiting.append(found["remark"])
            continue
        if found and waiting:
            yield found["key"], " ".join(waiting)
        waiting = []
