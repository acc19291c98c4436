"""An edition as the preview shows it: its file taken in, rendered, and proved when there is time."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from composer.app import Newsroom
from composer.desk.revising import take_in
from composer.model import Remark
from composer.preview import Panels, Sheet


class Showing:
    """An edition as it is shown: rendered at every save, proved when there is time."""

    def __init__(self, room: Newsroom, number: int) -> None:
        self._room, self._number = room, number
        self._remarks: tuple[Remark, ...] = ()
        self._panels = Panels()
        self._templates = _stamp(room.root / "templates")

    def rendered(self, prints_url: str) -> Sheet:
        """Take the file in and render it, with the remarks on the text before."""
        from composer.cli.pieces import pieces  # noqa: PLC0415 (what renders is imported while a browser is on its way)
        from composer.desk.sheets import marked_mail, render  # noqa: PLC0415 (as above)

        room = self._room
        self._forget_changed_themes()
        copy = take_in(room.desk, self._number)
        sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock(), prints_url=prints_url)
        self._shown = copy, sheet
        return Sheet(
            title=copy.edition.title,
            subject=sheet.message.subject,
            preheader=sheet.message.preheader,
            from_name=sheet.message.from_name,
            email_html=sheet.message.html,
            page_html=sheet.page.html,
            text=sheet.message.text,
            item=sheet.item,
            marked_html=marked_mail(sheet),
            manuscript=copy.revision.text,
            revision=copy.revision.sha256,
            written={key: copy.manuscript.get(key) for key in ("title", "subject", "preheader")},
            pieces=pieces(copy, sheet),
            testers=room.settings.test_addresses,
            panels=self._panels,
            file=f"editions/{copy.edition.filename}",
            remarks=self._remarks,
            proved=False,
            prints=tuple(sheet.prints.values()),
        )

    def _forget_changed_themes(self) -> None:
        """Read the themes again only when a file of theirs changed: that takes three times as long as rendering."""
        stamp = _stamp(self._room.root / "templates")
        if stamp != self._templates:
            self._templates = stamp
            self._room.forget_themes()

    def proved(self, shown: Sheet) -> Sheet:
        """Return what is shown with its remarks, and what stands beside it."""
        from composer.cli.panels import panels  # noqa: PLC0415 (what proves is imported once the edition is shown)
        from composer.desk.publishing import case_of  # noqa: PLC0415 (as above)
        from composer.desk.sheets import render  # noqa: PLC0415 (as above)
        from composer.proofs import proof  # noqa: PLC0415 (as above)

        copy, sheet = self._shown
        case = case_of(self._room.press, copy, sheet, self._room.store)
        self._remarks = proof(case)
        leaving = render(self._room.press, copy.edition, copy.manuscript, now=sheet.now)
        self._panels = panels(copy, leaving, case, self._room.store)
        return replace(shown, remarks=self._remarks, panels=self._panels, proved=True)

    def whole(self, prints_url: str) -> Sheet:
        """Return it rendered and proved."""
        return self.proved(self.rendered(prints_url))


def _stamp(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return what tells whether a file below a folder changed: names, sizes, times."""
    told = set()
    for file in folder.rglob("*"):
        with suppress(OSError):  # an editor's own file, gone again
            state = file.stat()
            told.add((str(file), state.st_size, state.st_mtime_ns))
    return frozenset(told)
