"""`currents profiles`, `snippets`: the forms an edition can have, and the pieces it is made from."""

from dataclasses import asdict
from pathlib import Path

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.snippets import KNOWN, about, placeholders
from composer.errors import SettingsError
from composer.model import Profile, Slot
from composer.text import cut


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def profiles(newsletter: str | None, name: str | None, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List the kinds of edition there are, or show what one is made of: slots in order, budgets, thresholds.

    Your own lie in the newsletter's templates/profiles/NAME.toml; one with the name of a shipped one stands for it.
    """
    with open_newsroom(newsletter) as room:
        if name:
            _show(room.profile(name), json_=json_)
            return
        files = room.profiles()
        found = {one: _read(room, one) for one in files}
        if json_:
            screen.as_json([asdict(profile) for profile in found.values() if profile])
            return
        default = room.settings.profile
        rows = [
            (one, _whose(room, files[one], one == default), _budget(profile), profile.about)
            for one, profile in found.items()
            if profile
        ]
    screen.table(("profile", "", "words", "what it is"), rows)
    if None in found.values():
        raise click.exceptions.Exit(SettingsError.exit_code)


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def snippets(newsletter: str | None, name: str | None, json_: bool) -> None:  # noqa: FBT001 (as above)
    """List the pieces for `currents add-block N --snippet NAME`, or print one.

    Your own lie in the newsletter's templates/snippets/NAME.md; one with the name of a shipped one stands for it.
    """
    with open_newsroom(newsletter) as room:
        if json_:
            found = _snippet_json(room, name) if name else [_snippet_json(room, one) for one in room.snippets()]
            screen.as_json(found)
            return
        if name:
            screen.raw(room.snippet(name))
            return
        rows = [_snippet(room, one, file) for one, file in room.snippets().items()]
    screen.table(("snippet", "", "asks for", "what it is"), rows)


def _snippet(room: Newsroom, name: str, file: Path) -> tuple[str, ...]:
    text = room.snippet(name)
    return name, _whose(room, file, default=False), ", ".join(_asked(text)), about(text)


def _snippet_json(room: Newsroom, name: str) -> dict[str, str | list[str]]:
    text = room.snippet(name)
    return {"name": name, "asks_for": _asked(text), "about": about(text), "text": text}


def _asked(text: str) -> list[str]:
    return [one for one in placeholders(text) if one not in KNOWN]


def _read(room: Newsroom, name: str) -> Profile | None:
    try:
        return room.profile(name)
    except SettingsError as error:
        screen.complain(str(error))
        return None


def _whose(room: Newsroom, file: Path, default: bool) -> str:  # noqa: FBT001 (a word of the row)
    own = "own" if file.is_relative_to(room.root / "templates") else ""
    return ", ".join(filter(None, (own, "default" if default else "")))


def _budget(profile: Profile) -> str:
    return f"at most {profile.words_most:,}"


def _show(profile: Profile, *, json_: bool) -> None:
    if json_:
        screen.as_json(asdict(profile))
        return
    screen.say(f"{profile.name}: {profile.about}", bold=True)
    screen.table(("slot", "how many", "words", "hint"), [_slot(slot) for slot in profile.slots])
    signed = "signed by name" if profile.byline else "signed by name or by the desk"
    last = f", {profile.last} last of all" if profile.last else ""
    screen.say(f"at most {profile.words_most:,} words, {profile.paragraph_words_most} in a paragraph; {signed}{last}")
    layout = "; ".join(cut(entry, 40) for entry in profile.layout)
    screen.say(f"a new draft lays out: {layout or 'nothing'}")
    screen.say(f"every picked article becomes a {profile.picks}")


def _slot(slot: Slot) -> tuple[str, ...]:
    return slot.kind, _range(slot.least, slot.most), _range(slot.words_least, slot.words_most), slot.hint


def _range(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more" if least else "any"
    if least == most:
        return str(most) if most else "none"
    return f"{least}–{most}" if least else f"at most {most}"
