"""What the preview is asked to do, done: acts on the manuscript, which can be taken back, and the editor opened."""

import subprocess
from dataclasses import dataclass

from composer.app import Newsroom
from composer.cli.editors import chosen_editor
from composer.cli.remarks import profile_of
from composer.cli.trying import written
from composer.desk import arranging
from composer.desk.changing import newest_copy
from composer.desk.drafting import brief_of
from composer.desk.trying import hand_over, trial_addresses
from composer.errors import UsageError
from composer.preview.acts import Act, Allow, Done, Drop, Move, Open, Place, Send, Set, Undo


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """What an act made of which text."""

    before_sha256: str
    after_sha256: str
    said: str


class Acting:
    """Does what is asked for in the preview of one edition (fills `composer.preview.acts.Hands`)."""

    def __init__(self, room: Newsroom, number: int) -> None:
        self._room, self._number = room, number
        self._steps: list[_Step] = []
        self._windows: list[subprocess.Popen[bytes]] = []  # of editors that were opened and have not ended

    def __call__(self, act: Act, seen: str) -> Done:
        """Do it. Raises ComposerError."""
        match act:
            case Open(line=line):
                return self._open(line)
            case Undo():
                return self._undo(seen)
            case Send(to=to):
                return self._send(to)
            case _:
                return self._do(self._wanted(act), seen)

    def _wanted(self, act: Act) -> arranging.Act:
        match act:
            case Move(block=block, before=before):
                return arranging.moving(block, before)
            case Drop(block=block):
                return arranging.dropping(block)
            case Set(key=key, value=value, block=block):
                return arranging.setting(key, value, block)
            case Allow(rule=rule, line=line, reason=reason):
                return arranging.allowing(rule, line, reason)
            case Place(article=article, before=before):
                return self._placing(article, before)
            case _:
                raise UsageError(f"{act}: not an act on the text")

    def _placing(self, number: int, before: int) -> arranging.Act:
        room = self._room
        profile = profile_of(room, newest_copy(room.desk, self._number))
        brief, source = brief_of(room.store.articles.get(number), room.settings, profile, room.today())
        return arranging.placing(brief, source, profile, before)

    def _do(self, wanted: arranging.Act, seen: str) -> Done:
        copy, made = arranging.act(self._room.desk, self._number, seen, wanted)
        if copy.revision.sha256 != seen:
            self._steps.append(_Step(before_sha256=seen, after_sha256=copy.revision.sha256, said=made.said))
        return Done(said=f"{made.said} (revision {copy.revision.number})", block=made.block)

    def _undo(self, seen: str) -> Done:
        if not self._steps:
            raise UsageError("nothing was changed from this preview that could be taken back")
        last = self._steps[-1]
        if last.after_sha256 != seen:
            number = self._number
            raise UsageError(
                f"the text was written on since “{last.said}”; `currents history {number}` lists its revisions, "
                f"`currents revert {number}` goes back to one"
            )
        earlier = arranging.revision_seen(self._room.desk, self._number, last.before_sha256)
        back = arranging.taking_back(earlier.text, last.said)
        copy, made = arranging.act(self._room.desk, self._number, seen, back)
        self._steps.pop()
        return Done(said=f"{made.said} (revision {copy.revision.number})")

    def _open(self, line: int) -> Done:
        filename = self._room.store.editions.get(self._number).filename
        file = self._room.root / "editions" / filename
        place = f"editions/{filename}:{line}"
        editor = chosen_editor(file)
        if not editor.has_window:
            raise UsageError(f"{editor.name} writes in a terminal; {place} is in your clipboard")
        words = editor.opening(file, line)
        try:
            window = subprocess.Popen(  # noqa: S603 (the editor's own editor)
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise UsageError(
                f"{editor.name} cannot be started: {error.strerror}; {place} is in your clipboard"
            ) from None
        self._windows = [*(one for one in self._windows if one.poll() is None), window]
        return Done(said=f"{place} opened in {editor.name}")

    def _send(self, to: str) -> Done:
        room = self._room
        addresses = trial_addresses(room.settings, [one for one in to.split(",") if one.strip()])
        relay, sender = room.relay, room.settings.from_address
        letters = written(room, newest_copy(room.desk, self._number), addresses)
        return Done(said="", later=lambda: f"test mail: {'; '.join(hand_over(relay, sender, letters))}")
