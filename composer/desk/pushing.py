"""An edition as a draft at a newsletter service: put there once, changed there afterwards, never sent.

What is pushed again is the same draft. A draft that somebody edited there is refused, with the difference.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from markupsafe import escape

from composer.desk.revising import Copy
from composer.desk.sheets import Sheet, render
from composer.desk.typesetting import Press
from composer.differences import unified
from composer.errors import ConflictError
from composer.mailing import CLIPPED_BYTES
from composer.model import Print
from composer.ports import Pushes, Service
from composer.rendering.listing import address
from composer.services import Draft, Push, Standing

Act = Literal["create", "update", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What pushing would do, and what stands there now."""

    act: Act
    draft: Draft
    standing: Standing | None
    pictures: int  # that would be put there first
    bytes_there: int  # of the mail's HTML with the service's own wrapper
    refused: str = ""  # why it is not done without `over`

    @property
    def clipped(self) -> bool:
        """Say whether Gmail may clip the mail there."""
        return self.bytes_there >= CLIPPED_BYTES

    def difference(self) -> Iterator[str]:
        """Give the lines of a unified diff from what stands there to what would."""
        was = self.standing.draft if self.standing else Draft(subject="", body="")
        for name, old, new in (
            ("subject", was.subject, self.draft.subject),
            ("text", was.text, self.draft.text if was.text or not self.standing else was.text),
            ("html", was.body, self.draft.body),
        ):
            yield from unified(old, new, name)


def plan(press: Press, copy: Copy, service: Service, pushes: Pushes, now: datetime) -> Plan:
    """Look what stands at a service; return what pushing would do. Nothing is written. Raises what services raise."""
    sheet = render(press, copy.edition, copy.manuscript, now=now)
    draft, waiting = _draft(press, copy, sheet, service, pushes)
    last = pushes.last(copy.edition.id, service.name)
    standing = service.find(draft, last.remote_id if last else "")
    act, refused = _decided(draft, standing, last)
    return Plan(
        act=act,
        draft=draft,
        standing=standing,
        pictures=waiting,
        bytes_there=len(draft.body.encode()) + service.wrapper_bytes,
        refused=refused,
    )


def push(press: Press, copy: Copy, service: Service, pushes: Pushes, now: datetime, *, over: bool = False) -> Plan:
    """Put an edition there as a draft, or change the draft that stands there; return what was done.

    Raises ConflictError for a draft that somebody edited there (unless `over`), and for one that was sent.
    """
    seen = plan(press, copy, service, pushes, now)
    if seen.standing and not seen.standing.editable:
        raise ConflictError(f"{copy.edition.title}: {seen.refused}")
    if seen.refused and not over:
        way = "--dry-run shows the difference, --over writes over it"
        raise ConflictError(f"{copy.edition.title}: {seen.refused}; {way}")
    if seen.act == "nothing" and not seen.pictures:
        return seen
    draft = seen.draft
    if seen.pictures:
        sheet = render(press, copy.edition, copy.manuscript, now=now)
        _upload(sheet, service, pushes, draft)
        draft, _ = _draft(press, copy, sheet, service, pushes)
    done = service.update(seen.standing, draft) if seen.standing else service.create(draft)
    written = Push(
        edition_id=copy.edition.id,
        service=service.name,
        remote_id=done.id,
        ours=draft.digest,
        theirs=done.draft.digest,
    )
    pushes.keep(written)
    return replace(seen, draft=draft, standing=done)


def _decided(draft: Draft, standing: Standing | None, last: Push | None) -> tuple[Act, str]:
    if standing is None:
        return "create", ""
    if not standing.editable:
        return "nothing", f"{standing.url} is no draft any more; what was sent there stays as it is"
    if last is None or last.remote_id != standing.id:
        same = (standing.draft.subject, standing.draft.body) == (draft.subject, draft.body)
        return ("update", "") if same else ("update", f"{standing.url} was not written from this store")
    if standing.draft.digest != last.theirs:
        return "update", f"{standing.url} was edited there since it was pushed"
    return ("nothing", "") if last.ours == draft.digest else ("update", "")


def _draft(press: Press, copy: Copy, sheet: Sheet, service: Service, pushes: Pushes) -> tuple[Draft, int]:
    """Return the draft in the service's dialect, and how many of its pictures are not there yet."""
    settings, message = press.settings, sheet.message
    html, text = (message.html, message.text) if service.takes_mail else (sheet.item.content_html, "")
    waiting = 0
    for one in _pictures(sheet, html):
        there = pushes.picture(service.name, hashlib.sha256(one.content).hexdigest())
        waiting += not there
        html = html.replace(str(escape(one.url)), str(escape(there))) if there else html
    ours = settings.unsubscribe_url if service.dialect.way_out else ""
    body, text = service.dialect.spoken(html, text, (str(escape(ours)), ours))
    draft = Draft(
        subject=message.subject,
        body=body,
        text=text,
        title=copy.edition.title,
        slug=copy.edition.slug,
        preheader=message.preheader,
        summary=copy.manuscript.get("dek"),
        url=address(settings, copy.edition),
        key=copy.edition.uid,
        tags=copy.manuscript.all("tags"),
    )
    return draft, waiting if service.takes_pictures else 0


def _pictures(sheet: Sheet, html: str) -> list[Print]:
    return [one for one in sheet.prints.values() if one.content and str(escape(one.url)) in html]


def _upload(sheet: Sheet, service: Service, pushes: Pushes, draft: Draft) -> None:
    """Put each picture there that is not there yet, once by its content."""
    for one in _pictures(sheet, draft.body):
        sha256 = hashlib.sha256(one.content).hexdigest()
        if not pushes.picture(service.name, sha256):
            pushes.keep_picture(service.name, sha256, service.upload(one))
