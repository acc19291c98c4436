"""From a manuscript to what readers get: rendering, proof, and the parcels that leave the house.

Everything is rendered from a revision's text and the edition's own times, so the same revision gives the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from composer.blocks import Manuscript
from composer.charts import Palette, chart, chart_key
from composer.desk.choosing.morgue import file_new, open_morgue
from composer.desk.evidence import research
from composer.desk.past import languages, past
from composer.desk.picturing import named
from composer.desk.revising import Copy, Desk
from composer.errors import ComposerError, ProofError
from composer.manuscript import load
from composer.model import (
    Channel,
    Edition,
    FeedItem,
    File,
    Message,
    Page,
    Parcel,
    Print,
    Profile,
    Publication,
    Receipt,
    Remark,
)
from composer.ports import Darkroom, Outlet, Store
from composer.proofs import Case, proof
from composer.proofs.galley import HTML, LETTER, PAGE, TEXT, Galley
from composer.proofs.mail import HEAVY_BYTES
from composer.rendering import Theme, arrange, article, email, feed_item, index, page, plaintext, storytext
from composer.rendering.catalogues import spoken_for
from composer.rendering.envelope import to_bytes
from composer.rendering.issue import Issue
from composer.rendering.sides import direction
from composer.rendering.syndication import atom, json_feed, rss, sitemap
from composer.rendering.weights import Weights, weigh
from composer.settings import Settings

CHANNEL = "outbox"
FEEDS = (("feed.json", json_feed), ("atom.xml", atom), ("feed.xml", rss))  # feed.xml last: it announces the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What renders editions."""

    settings: Settings
    darkroom: Darkroom
    theme: Callable[[str], Theme]  # by name; raises ThemeError, NotFoundError
    profile: Callable[[str], Profile]  # by name; raises SettingsError, NotFoundError


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One edition, rendered for every reader."""

    message: Message
    page: Page
    item: FeedItem
    prints: Mapping[str, Print]  # by the src that the manuscript names
    issue: Issue  # what all of them were printed from
    now: datetime  # the moment that an edition takes that is not published yet
    prints_url: str = ""  # where its photos lie, when that is not beside the page


def address(settings: Settings, edition: Edition) -> str:
    """Return where an edition lies on the web."""
    return f"{settings.base_url}/editions/{edition.slug}/"


def render(press: Press, edition: Edition, manuscript: Manuscript, *, now: datetime, prints_url: str = "") -> Sheet:
    """Render an edition. Its own times are printed; an edition that is not published yet takes `now`.

    `prints_url` (ending in "/") is where its photos will lie; by default beside the page.
    """
    url = address(press.settings, edition)
    theme = press.theme(manuscript.get("theme", press.settings.theme))
    prints = develop(press.darkroom, manuscript, prints_url or url)
    prints |= draw(press, manuscript, theme, prints_url or url)
    published = edition.published_at or now
    issue = arrange(
        manuscript,
        press.settings,
        prints=prints,
        url=url,
        published=published,
        updated=edition.updated_at or published,
    )
    body = article(issue, theme)
    return Sheet(
        message=email(issue, theme, press.settings, plaintext(issue)),
        page=page(issue, body, theme, press.settings),
        item=feed_item(issue, body, storytext(issue), press.settings, guid=guid(press.settings, edition)),
        prints=prints,
        issue=issue,
        now=now,
        prints_url=prints_url,
    )


def guid(settings: Settings, edition: Edition) -> str:
    """Return an edition's identity in feeds: a `tag:` URI (RFC 4151) that no rename or move ever changes."""
    return f"{_tag(settings)}/{edition.uid}"


def develop(darkroom: Darkroom, manuscript: Manuscript, base_url: str) -> dict[str, Print]:
    """Return a print of every photo that a manuscript names."""
    return {src: darkroom.develop(src, base_url) for src in named(manuscript)}


def draw(press: Press, manuscript: Manuscript, theme: Theme, base_url: str) -> dict[str, Print]:
    """Return a print of every figure that is drawn, by its `chart_key`: in the theme's light colours."""
    palette = Palette(**{item.name: str(theme.tokens.light[item.name]) for item in fields(Palette)})
    side = manuscript.get("dir") or direction(manuscript.get("lang", press.settings.language))
    found = ((block, chart(block, palette, rtl=side == "rtl")) for block in manuscript.of("figure"))
    return {
        (key := chart_key(block)): replace(press.darkroom.draw(asked, base_url), src=key)
        for block, asked in found
        if asked is not None
    }


def prove(press: Press, copy: Copy, sheet: Sheet, store: Store) -> tuple[Remark, ...]:
    """Return every remark on an edition: on the very bytes that would go out, on its sources, on what ran before."""
    return proof(case_of(press, copy, sheet, store))


def case_of(press: Press, copy: Copy, sheet: Sheet, store: Store) -> Case:
    """Gather what proof looks at: an edition, rendered, and all that the store knows of it."""
    return Case(
        manuscript=copy.manuscript,
        problems=copy.problems,
        profile=press.profile(copy.manuscript.get("profile", press.settings.profile)),
        settings=press.settings,
        words_in=spoken_for(copy.manuscript.get("lang", press.settings.language), press.settings.root),
        prints=sheet.prints,
        message=sheet.message,
        reruns=open_morgue(store, press.settings).within(copy.manuscript, copy.edition),
        drifts=copy.drifts,
        research=research(store, copy.manuscript),
        past=past(store, press.settings, copy.edition, copy.manuscript, CHANNEL),
        languages=languages(store, copy.manuscript),
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
    others = (edition for edition in store.editions.all() if edition.id != copy.edition.id and edition.published_at)
    return Galley(
        files={**files, **letter},
        guid=guid(press.settings, copy.edition),
        taken=frozenset(guid(press.settings, edition) for edition in others),
        now=sheet.now,
        refused=refused,
        weights=_heaviest(press, copy, sheet),
        unsteady=tuple(name for name, content in files.items() if content != other[name]),
    )


def weigh_mail(press: Press, copy: Copy, sheet: Sheet) -> Weights:
    """Weigh a rendered edition's mail part by part. Raises ThemeError."""
    return weigh(sheet.issue, _theme(press, copy.manuscript), copy.manuscript)


def _heaviest(press: Press, copy: Copy, sheet: Sheet) -> tuple[tuple[str, int], ...]:
    """Return the blocks by weight where the mail is heavy; a light one need not be weighed."""
    if len(sheet.message.html.encode(errors="replace")) < HEAVY_BYTES:
        return ()
    parts = weigh_mail(press, copy, sheet).heaviest
    return tuple((f"{part.name} at line {part.block.line}", part.size) for part in parts if part.block)


def _theme(press: Press, manuscript: Manuscript) -> Theme:
    return press.theme(manuscript.get("theme", press.settings.theme))


def _written(settings: Settings, sheet: Sheet) -> dict[str, bytes]:
    """Return the files of an edition that proof looks at, but for the letter."""
    feeds = {file.path.removeprefix("site/"): file.content for file in _feeds(settings, [sheet.item])}
    return {
        PAGE: sheet.page.html.encode(errors="replace"),
        HTML: sheet.message.html.encode(errors="replace"),
        TEXT: sheet.message.text.encode(errors="replace"),
        **feeds,
    }


def _letter_or_why(settings: Settings, copy: Copy, sheet: Sheet) -> tuple[dict[str, bytes], str]:
    """Return the letter as a file, or why it cannot be written."""
    try:
        return {LETTER: _letter(settings, copy.edition, copy, sheet)}, ""
    except ComposerError as error:
        return {}, str(error)


def publish(press: Press, desk: Desk, outlet: Outlet, copy: Copy) -> Receipt:
    """Put an edition into the outbox with every feed. Raises ProofError while an error stands, OutboxError."""
    now = desk.clock().replace(microsecond=0)
    sheet = render(press, copy.edition, copy.manuscript, now=now)
    errors = [remark for remark in prove(press, copy, sheet, desk.store) if remark.severity == "error"]
    if errors:
        count = "1 error stands" if len(errors) == 1 else f"{len(errors)} errors stand"
        raise ProofError(f"{copy.edition.title}: {count}; `currents proof {copy.edition.id}` names them")
    edition = _dated(desk, copy, now)
    sheet = render(press, edition, copy.manuscript, now=now)
    receipt = outlet.deliver(_parcel(press, desk, {edition.id: (edition, sheet)}, [(edition, copy, sheet)]))
    _record(desk, edition, copy, receipt)
    file_new(desk.store, press.settings)
    return receipt


def republish(press: Press, desk: Desk, outlet: Outlet) -> Receipt:
    """Write the index and the feeds again from what is published. Raises OutboxError."""
    return outlet.deliver(_parcel(press, desk, {}, []))


def _dated(desk: Desk, copy: Copy, now: datetime) -> Edition:
    """Give an edition its times: the first publication never moves, the last one only when the words changed."""
    before = desk.store.editions.publication(copy.edition.id, CHANNEL)
    if before is None:
        return replace(copy.edition, status="published", published_at=now, updated_at=now)
    if before.revision == copy.revision.number:
        return copy.edition
    return replace(copy.edition, updated_at=now)


def _record(desk: Desk, edition: Edition, copy: Copy, receipt: Receipt) -> None:
    before = desk.store.editions.publication(edition.id, CHANNEL)
    if before and (before.revision, before.sha256) == (copy.revision.number, receipt.manifest_sha256):
        return
    publication = Publication(
        edition_id=edition.id,
        revision=copy.revision.number,
        channel=CHANNEL,
        sha256=receipt.manifest_sha256,
        published_at=edition.updated_at or desk.clock(),
    )
    desk.store.editions.record(publication, edition)


def _parcel(
    press: Press,
    desk: Desk,
    fresh: Mapping[int, tuple[Edition, Sheet]],
    leaving: Sequence[tuple[Edition, Copy, Sheet]],
) -> Parcel:
    """Pack the folders of the editions that leave, and the index and feeds over everything published."""
    out = {**_published(press, desk, skip=fresh.keys()), **fresh}
    newest = sorted(out.values(), key=_newest_first, reverse=True)
    items = [sheet.item for _, sheet in newest]
    folders = [folder for edition, copy, sheet in leaving for folder in _folders(press.settings, edition, copy, sheet)]
    return Parcel(folders=tuple(folders), pointers=_pointers(press, items))


def _newest_first(pair: tuple[Edition, Sheet]) -> tuple[datetime, int]:
    edition, sheet = pair
    return sheet.item.published, edition.id


def _published(press: Press, desk: Desk, skip: Iterable[int]) -> dict[int, tuple[Edition, Sheet]]:
    """Render every published edition from the revision that went out, not from what lies on the desk now."""
    shelf = desk.store.editions
    out = {}
    for edition in shelf.all():
        publication = shelf.publication(edition.id, CHANNEL)
        if publication is None or edition.id in skip:
            continue
        manuscript = load(shelf.revision(edition.id, publication.revision).text).manuscript
        out[edition.id] = (edition, render(press, edition, manuscript, now=publication.published_at))
    return out


def _folders(settings: Settings, edition: Edition, copy: Copy, sheet: Sheet) -> list[tuple[str, tuple[File, ...]]]:
    prints = {one.name: File(path=one.name, content=one.content) for one in sheet.prints.values() if one.content}
    site = (File(path="index.html", content=sheet.page.html.encode()), *prints.values())
    letter = _letter(settings, edition, copy, sheet)
    mail = (
        File(path="email.html", content=sheet.message.html.encode()),
        File(path="email.txt", content=sheet.message.text.encode()),
        File(path="email.eml", content=letter),
    )
    return [(f"site/editions/{edition.slug}", site), (f"mail/{edition.slug}", mail)]


def _letter(settings: Settings, edition: Edition, copy: Copy, sheet: Sheet) -> bytes:
    return to_bytes(
        sheet.message,
        date=edition.updated_at or sheet.item.published,
        message_id=f"<{edition.uid.lower()}.{copy.revision.sha256[:12]}@{settings.tag_authority}>",
        to=sheet.message.from_address,  # to ourselves, as when readers are in Bcc: filters count a mail to nobody
    )


def _pointers(press: Press, items: Sequence[FeedItem]) -> tuple[File, ...]:
    settings = press.settings
    theme = press.theme(settings.theme)
    addresses = [(f"{settings.base_url}/", max((item.updated for item in items), default=None))]
    addresses += [(item.url, item.updated) for item in items]
    return (
        File(path="site/index.html", content=index(items, theme, settings).encode()),
        File(path="site/sitemap.xml", content=sitemap([(url, when) for url, when in addresses if when])),
        *_feeds(settings, items),
    )


def _feeds(settings: Settings, items: Sequence[FeedItem]) -> list[File]:
    channel = Channel(
        title=settings.name,
        description=settings.tagline or settings.name,
        home_url=f"{settings.base_url}/",
        feed_url="",
        lang=settings.language,
        guid=_tag(settings),
        items=tuple(items[: settings.feed_items]),
    )
    return [
        File(path=f"site/{name}", content=write(replace(channel, feed_url=f"{settings.base_url}/{name}")))
        for name, write in FEEDS
    ]


def _tag(settings: Settings) -> str:
    return f"tag:{settings.tag_authority},{settings.tag_year}:{settings.tag_name}"
