"""From a manuscript to what readers get: rendering, proof, and the parcels that leave the house.

Everything is rendered from a revision's text and the edition's own times, so the same revision gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from composer.cards import Card, CardQuery
from composer.desk.approving import refuse_unapproved
from composer.desk.archiving import (
    Stacks,
    main_feeds,
    open_stacks,
    page_folder,
    page_path,
    pointers,
    site_folder,
    touched,
)
from composer.desk.catalogue import CHANNEL, settle, unlisted
from composer.desk.choosing.morgue import file_new, open_morgue
from composer.desk.evidence import research
from composer.desk.past import languages, past
from composer.desk.revising import Copy, Desk
from composer.desk.sheets import Sheet, render, weigh_mail
from composer.desk.shipping import Dock
from composer.desk.sourcing import articles_behind
from composer.desk.typesetting import Press, Typeset, guid, typeset
from composer.errors import ComposerError, ConflictError, OutboxError, ProofError
from composer.journal import Plan
from composer.lifecycle import Event, Step, after, stepped
from composer.manuscript import load
from composer.model import Edition, Message, Publication, Remark
from composer.parcels import File, Parcel, Receipt
from composer.ports import Store
from composer.proofs import Case, proof
from composer.proofs.galley import HTML, LETTER, PAGE, TEXT, Galley
from composer.proofs.mail import HEAVY_BYTES
from composer.rendering.catalogues import spoken_for
from composer.rendering.envelope import to_bytes
from composer.rendering.listing import card_of
from composer.settings import Settings

_CLOCKS_APART = timedelta(minutes=10)  # between two machines that work on one newsletter


def prove(press: Press, copy: Copy, sheet: Sheet, store: Store) -> tuple[Remark, ...]:
    """Return every remark on an edition: on the very bytes that would go out, on its sources, on what ran before."""
    return proof(case_of(press, copy, sheet, store))


def remarks_on(press: Press, copy: Copy, store: Store, now: datetime) -> tuple[Remark, ...]:
    """Render an edition and return every remark on it. Raises ThemeError."""
    return prove(press, copy, render(press, copy.edition, copy.manuscript, now=now), store)


def case_of(press: Press, copy: Copy, sheet: Sheet, store: Store) -> Case:
    """Gather what proof looks at: an edition, rendered, and all that the store knows of it."""
    behind = articles_behind(store)
    return Case(
        manuscript=copy.manuscript,
        problems=copy.problems,
        profile=press.profile(copy.manuscript.get("profile", press.settings.profile)),
        settings=press.settings,
        words_in=spoken_for(copy.manuscript.get("lang", press.settings.language), press.settings.root),
        prints=sheet.prints,
        message=sheet.message,
        reruns=open_morgue(store, press.settings).within(copy.manuscript, copy.edition, behind),
        drifts=copy.drifts,
        research=research(store, copy.manuscript, behind),
        past=past(store, press.settings, copy.edition, copy.manuscript),
        languages=languages(store, copy.manuscript, behind),
        galley=pull(press, copy, sheet, store),
    )


def pull(press: Press, copy: Copy, sheet: Sheet, store: Store) -> Galley:
    """Write in memory what publishing would write, twice, and return it with the files that came out differently.

    The feeds hold this edition alone; the photos lie where readers will get them, wherever the sheet's do.
    """
    again = render(press, copy.edition, copy.manuscript, now=sheet.now)
    leaving = render(press, copy.edition, copy.manuscript, now=sheet.now) if sheet.prints_url else sheet
    files, other = _written(press.settings, leaving), _written(press.settings, again)
    letter, refused = _letter_or_why(press.settings, copy, leaving)
    others = (one for one in store.editions.named(copy.edition.uid) if one.id != copy.edition.id and one.published_at)
    return Galley(
        files={**files, **letter},
        guid=guid(press.settings, copy.edition),
        taken=frozenset(guid(press.settings, one) for one in others),
        now=sheet.now,
        refused=refused,
        weights=_heaviest(copy, sheet),
        unsteady=tuple(name for name, content in files.items() if content != other[name]),
    )


def _heaviest(copy: Copy, sheet: Sheet) -> tuple[tuple[str, int], ...]:
    """Return the blocks by weight where the mail is heavy; a light one need not be weighed."""
    if len(sheet.message.html.encode(errors="replace")) < HEAVY_BYTES:
        return ()
    parts = weigh_mail(copy, sheet).heaviest
    return tuple((f"{part.name} at line {part.block.line}", part.size) for part in parts if part.block)


def _written(settings: Settings, sheet: Sheet) -> dict[str, bytes]:
    """Return the files of an edition that proof looks at, but for the letter."""
    feeds = {file.path.removeprefix("site/"): file.content for file in main_feeds(settings, [sheet.item])}
    return {
        PAGE: sheet.page.html.encode(errors="replace"),
        HTML: sheet.message.html.encode(errors="replace"),
        TEXT: sheet.message.text.encode(errors="replace"),
        **feeds,
    }


def _letter_or_why(settings: Settings, copy: Copy, sheet: Sheet) -> tuple[dict[str, bytes], str]:
    """Return the letter as a file, or why it cannot be written."""
    try:
        return {LETTER: _letter(settings, copy, sheet.message, copy.edition.updated_at or sheet.item.published)}, ""
    except ComposerError as error:
        return {}, str(error)


def publish(press: Press, dock: Dock, copy: Copy, who: str = "") -> Receipt:
    """Put an edition into the outbox with every feed, one publication after another.

    Raises ProofError while an error stands or an approval is wanted and missing; ConflictError when it was saved
    meanwhile, is in review or put aside, or the outbox was changed by hand; OutboxError. After a crash, doing it again
    ends what was begun, at the time that readers saw. `who` is the name for the log.
    """
    with dock.outlet.turn():
        now = _now(dock.desk, copy)
        return _send_out(press, dock, copy, now, _fit_step(press, dock.desk, copy, now), who)


def rehearse(press: Press, dock: Dock, copy: Copy) -> tuple[tuple[str, bytes | None, bytes], ...]:
    """Return each file of the outbox that publishing would change: path, what stands there, what would.

    Nothing is written. Raises as `publish` does.
    """
    now = _now(dock.desk, copy)
    step = _fit_step(press, dock.desk, copy, now)
    _, parcel, _ = _packed(press, dock, copy, now, step, unlisted(dock.desk.store, press.settings))
    return tuple(dock.rehearse(parcel))


def _fit_step(press: Press, desk: Desk, copy: Copy, now: datetime) -> Step:
    """Return the step that publishing is now. Raises ConflictError, ProofError for what may not go out."""
    _refuse_changed(desk, copy)
    before = desk.store.editions.publication(copy.edition.id, CHANNEL)
    step: Step = "corrected" if before and _tells_more(desk, copy, before) else "published"
    after(copy.edition, step)
    refuse_unapproved(press.settings, desk.store, copy)
    errors = [remark for remark in remarks_on(press, copy, desk.store, now) if remark.severity == "error"]
    if errors:
        count = "1 error stands" if len(errors) == 1 else f"{len(errors)} errors stand"
        raise ProofError(f"{copy.edition.title}: {count}; `currents proof {copy.edition.id}` names them")
    return step


def withdraw(press: Press, dock: Dock, copy: Copy, who: str = "") -> Receipt:
    """Put an edition's text out as its retraction: page, lists and feeds change, its mail stays as it went out.

    Nothing is proved: the notice is all there is. Raises ConflictError, OutboxError.
    """
    with dock.outlet.turn():
        now = _now(dock.desk, copy)
        _refuse_changed(dock.desk, copy)
        return _send_out(press, dock, copy, now, "retracted", who)


def _send_out(press: Press, dock: Dock, copy: Copy, now: datetime, step: Step, who: str) -> Receipt:
    desk = dock.desk
    late = unlisted(desk.store, press.settings)
    edition, parcel, moment = _packed(press, dock, copy, now, step, late)
    before = desk.store.editions.publication(edition.id, CHANNEL)
    again = "once more" if before and before.revision == copy.revision.number else ""
    event = stepped(copy.edition, copy.revision, step, moment, who=who, words=again)
    with dock.shipping(parcel, event.at, edition.id, copy.revision.number) as receipt:
        _record(desk, edition, copy, receipt, event)
    settle(desk.store, press.settings, [*(card.number for card in late), edition.id])
    file_new(desk.store, press.settings)
    return receipt


def _packed(
    press: Press, dock: Dock, copy: Copy, now: datetime, step: Step, late: Sequence[Card]
) -> tuple[Edition, Parcel, datetime]:
    """Return an edition as it will stand in the store, all that it changes in the outbox, and the moment it goes by."""
    begun = dock.plan(copy.edition.id, f"{page_path(copy.edition.slug)}/index.html")
    edition = replace(_dated(copy, now, dock.desk, begun), status=after(copy.edition, step))
    parcel = _parcel(press, dock.desk, edition, copy, late)
    return edition, replace(parcel, letters=()) if step == "retracted" else parcel, edition.updated_at or now


def _tells_more(desk: Desk, copy: Copy, before: Publication) -> bool:
    """Say whether readers are told of more corrections than in what went out before."""
    text = desk.store.editions.revision(before.edition_id, before.revision).text
    return len(copy.manuscript.corrections) > len(load(text).manuscript.corrections)


def _now(desk: Desk, copy: Copy) -> datetime:
    """Return the time; raise OutboxError when the clock was turned back, for readers would see that time for ever."""
    now = desk.clock().replace(microsecond=0)
    if now + _CLOCKS_APART < copy.revision.saved_at:
        raise OutboxError(
            f"this machine's clock says {now:%Y-%m-%d %H:%M} UTC, but revision {copy.revision.number} was saved at "
            f"{copy.revision.saved_at:%Y-%m-%d %H:%M}; set the clock, then publish again (nothing was published)"
        )
    return now


def _refuse_changed(desk: Desk, copy: Copy) -> None:
    """Raise ConflictError when somebody saved, and maybe published, while this publication waited for its turn."""
    newest = desk.store.editions.get(copy.edition.id).revision
    if newest != copy.revision.number:
        raise ConflictError(
            f"{copy.edition.title}: revision {newest} was saved meanwhile; look at it, then publish again"
        )


def republish(press: Press, dock: Dock) -> Receipt:
    """Write every list, the search and all feeds again from what is published. Raises ConflictError, OutboxError."""
    with dock.outlet.turn():
        stacks, cards = _drawn_anew(press, dock)
        return _deliver_all(dock, Parcel(pointers=pointers(stacks, naming=cards)), cards)


def reprint(press: Press, dock: Dock) -> tuple[Receipt, tuple[str, ...]]:
    """Write the page of every published edition again as well; return the titles of those left as they are.

    A page is left when a photo of it can no longer be shown. Mails stay as they went out. Raises ConflictError,
    OutboxError.
    """
    with dock.outlet.turn():
        stacks, cards = _drawn_anew(press, dock)
        made = [(card, page_folder(stacks, card)) for card in cards]
        folders = tuple(folder for _, folder in made if folder)
        receipt = _deliver_all(dock, Parcel(folders=folders, pointers=pointers(stacks, naming=cards)), cards)
        return receipt, tuple(card.title for card, folder in made if not folder)


def _drawn_anew(press: Press, dock: Dock) -> tuple[Stacks, tuple[Card, ...]]:
    """Return everything that is out, and the cards of all of it, after drawing them up again."""
    dock.desk.store.cards.empty()
    stacks = open_stacks(press, dock.desk.store)
    return stacks, stacks.catalogue.find(CardQuery())


def _deliver_all(dock: Dock, parcel: Parcel, cards: Sequence[Card]) -> Receipt:
    with dock.shipping(parcel, dock.desk.clock()) as receipt:
        dock.desk.store.cards.listed(card.number for card in cards)
        return receipt


def _dated(copy: Copy, now: datetime, desk: Desk, begun: Plan | None) -> Edition:
    """Give an edition its times: the first publication never moves, the last one only when the words changed.

    What a crash left half done is first seen at the time of its plan, and no later while its words are the same.
    """
    before = desk.store.editions.publication(copy.edition.id, CHANNEL)
    same = begun is not None and begun.revision == copy.revision.number
    then = begun.moment if begun and same else now
    if before is None:
        return replace(copy.edition, published_at=begun.moment if begun else now, updated_at=then)
    if before.revision == copy.revision.number:
        return copy.edition
    return replace(copy.edition, updated_at=then)


def _record(desk: Desk, edition: Edition, copy: Copy, receipt: Receipt, event: Event) -> None:
    before = desk.store.editions.publication(edition.id, CHANNEL)
    if before and (before.revision, before.sha256) == (copy.revision.number, receipt.manifest_sha256):
        return
    publication = Publication(
        edition_id=edition.id,
        revision=copy.revision.number,
        channel=CHANNEL,
        sha256=receipt.manifest_sha256,
        published_at=event.at,
    )
    desk.store.editions.record(publication, edition, event)


def _parcel(press: Press, desk: Desk, edition: Edition, copy: Copy, late: Sequence[Card]) -> Parcel:
    """Pack an edition with the pages beside it, and the lists and feeds that name it, did until now, or are late."""
    before = open_stacks(press, desk.store)
    card = card_of(edition, copy.revision.number, copy.manuscript, press.settings)
    ready = typeset(press, edition, copy.manuscript, now=card.published)
    now = before.with_edition(card, ready)
    former = before.catalogue.first(CardQuery(number=card.number))
    beside = (page_folder(now, other) for other in touched(now, before, card, former))
    return Parcel(
        folders=(
            site_folder(ready, card, now.place(card)),
            *(folder for folder in beside if folder),
        ),
        pointers=pointers(now, naming=(card, *([former] if former else []), *late)),
        letters=(_mail_folder(press, edition, copy, ready),),
    )


def _mail_folder(press: Press, edition: Edition, copy: Copy, ready: Typeset) -> tuple[str, tuple[File, ...]]:
    message = ready.message()
    when = edition.updated_at or datetime.fromisoformat(ready.issue.published)
    return (
        f"mail/{edition.slug}",
        (
            File(path="email.html", content=message.html.encode()),
            File(path="email.txt", content=message.text.encode()),
            File(path="email.eml", content=_letter(press.settings, copy, message, when)),
        ),
    )


def _letter(settings: Settings, copy: Copy, message: Message, when: datetime) -> bytes:
    return to_bytes(
        message,
        date=when,
        message_id=f"<{copy.edition.uid.lower()}.{copy.revision.sha256[:12]}@{settings.tag_authority}>",
        to=message.from_address,  # to ourselves, as when readers are in Bcc: filters count a mail to nobody
    )
