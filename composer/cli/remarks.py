"""What is said after a save: remarks by weight, places still to write, and words against their budgets. On stderr."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from composer.app import Newsroom
from composer.cli import screen
from composer.cli.glance import plural
from composer.desk.lengths import Length, Lengths, measure
from composer.desk.revising import Copy
from composer.errors import ComposerError
from composer.model import Edition, Profile, Remark
from composer.reports.plain import line

TK = "S-TK"
UNWRITTEN = frozenset({TK, "E-COPY"})  # no faults to mend but words to write
_NAMED_MOST = 12


def place(edition: Edition, remark: Remark) -> str:
    """Return a remark as `file:line: weight RULE: message`."""
    return line(f"editions/{edition.filename}", remark)


def path_of(room: Newsroom, edition: Edition) -> str:
    """Return where a manuscript lies, as seen from the current folder."""
    path = room.root / "editions" / edition.filename
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def prove_copy(room: Newsroom, copy: Copy) -> tuple[Remark, ...]:
    """Return every remark on a copy; one that cannot be rendered: say why, return what was found in reading it."""
    from composer.desk.publishing import remarks_on  # noqa: PLC0415 (the mail's compiler only to prove)

    try:
        return remarks_on(room.press, copy, room.store, room.clock())
    except ComposerError as error:
        screen.complain(str(error))
        return copy.problems


def show(room: Newsroom, copy: Copy, remarks: Sequence[Remark]) -> None:
    """Print remarks, errors first, then the places to write in one line, then the words in one line."""
    for severity in ("error", "warning", "info"):
        for remark in remarks:
            if remark.severity == severity and remark.rule != TK:
                screen.note(place(copy.edition, remark))
    if waiting := [remark.line for remark in remarks if remark.rule == TK]:
        screen.note(f"{plural(len(waiting), 'TK place')} to write: {_lines(waiting)}; `currents tk {copy.edition.id}`")
    if lengths := measured(room, copy):
        screen.note(words_line(lengths))


def measured(room: Newsroom, copy: Copy) -> Lengths | None:
    """Measure a copy against its profile; None when the profile cannot be read, which the proof has said then."""
    try:
        return measure(copy.manuscript, profile_of(room, copy), room.settings.language)
    except ComposerError:
        return None


def profile_of(room: Newsroom, copy: Copy) -> Profile:
    """Return the profile that an edition follows. Raises NotFoundError, SettingsError."""
    return room.profile(copy.manuscript.get("profile", room.settings.profile))


def words_line(lengths: Lengths) -> str:
    """Return an edition's words in one line: all of them, the time they take, and what is off its budget."""
    total = f"{lengths.words:,} of {lengths.most:,} words, {minutes(lengths)}"
    off = [f"{one.name} {budget(one)}" for one in lengths.places if one.over and not one.to_come]
    if lengths.words > lengths.most:
        off.insert(0, f"{lengths.words - lengths.most:,} over")
    return "; ".join([total, *off])


def budget(length: Length) -> str:
    """Return `12 over`, `20 short`, or ""."""
    if not length.over:
        return ""
    return f"{length.over:,} over" if length.over > 0 else f"{-length.over:,} short"


def minutes(lengths: Lengths) -> str:
    """Return the reading time as an editor says it."""
    return f"about {max(1, round(lengths.minutes))} min at {lengths.words_a_minute} words a minute"


def _lines(numbers: Iterable[int]) -> str:
    lines = list(dict.fromkeys(numbers))
    more = f" and {len(lines) - _NAMED_MOST} more" if len(lines) > _NAMED_MOST else ""
    noun = "line" if len(lines) == 1 else "lines"
    return f"{noun} {', '.join(map(str, lines[:_NAMED_MOST]))}{more}"
