"""`currents strings`: the fixed words that readers see, in a language."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.glance import plural
from composer.errors import UsageError

if TYPE_CHECKING:
    from composer.rendering.translating import Said

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@click.command()
@click.argument("lang", metavar="[LANG]", required=False)
@click.option("--write", is_flag=True, help="Write templates/words/LANG.po to fill in; what stands there is kept.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def strings(newsletter: str | None, lang: str | None, write: bool, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List the fixed words that readers see beside yours, in English and in LANG, and say what is not translated.

    LANG is a language tag such as uk or pt-BR; without it, the newsletter's language. Your own words lie in the
    newsletter's templates/words/LANG.po, which may hold a single phrase: it stands for the shipped one.
    """
    from composer.rendering.translating import catalogue  # noqa: PLC0415 (Babel only when it is asked for)
    from composer.rendering.translating import strings as list_strings  # noqa: PLC0415 (as above)

    with open_newsroom(newsletter) as room:
        tag = lang or room.settings.language
        if not _TAG.fullmatch(tag):
            raise UsageError(f'{tag} is not a language tag (BCP 47) such as "en", "uk" or "pt-BR"')
        if write:
            _write(room.root / "templates" / "words" / f"{tag}.po", catalogue(tag, room.root))
            return
        said = list_strings(tag, room.root)
        if json_:
            screen.as_json([asdict(one) for one in said])
            return
        _show(said)
        _tell(room, tag, said)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    screen.say(f"templates/words/{file.name}: written; an empty msgstr leaves readers what they see now")


def _show(said: "tuple[Said, ...]") -> None:
    if all(one.phrase == one.english for one in said):
        screen.table(("key", "English"), [(one.key, one.english) for one in said])
        return
    rows = [(one.key, one.english, one.phrase, one.fault) for one in said]
    screen.table(("key", "English", "what readers see", "what is wrong"), rows)


def _tell(room: Newsroom, tag: str, said: "tuple[Said, ...]") -> None:
    """Say on stderr where the words come from and how much is missing."""
    from composer.rendering.catalogues import spoken, spoken_for  # noqa: PLC0415 (as above)

    source, faults = spoken_for(tag, room.root), sum(bool(one.fault) for one in said)
    if not faults:
        told = f"{source} speaks for {tag}: " if source.lower() != tag.lower() else ""
        screen.note(f"{told}{plural(len(said), 'phrase')}, nothing is missing")
        return
    if source == "en":
        screen.note(f"no catalogue speaks {tag}: readers get English. There are {', '.join(spoken())}")
    else:
        screen.note(f"{faults} of {plural(len(said), 'phrase')} in {tag} are missing or wrong")
    screen.note(f"fill them in: currents strings {tag} --write")
