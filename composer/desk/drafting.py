"""From picked articles to a manuscript. What becomes of it then is `revising`'s."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, count

from composer.blocks import FORMAT, Block, Field, Manuscript, Value
from composer.desk.revising import Copy, Desk, copy_of, revision_of, take_in
from composer.desk.standing import hold, stood_on
from composer.errors import UsageError
from composer.manuscript import dump, load, stamp
from composer.model import Article, Edition, Profile
from composer.ports import Store
from composer.settings import Settings
from composer.summaries import summarise
from composer.text import one_line, slug

__all__ = ["Copy", "Desk", "begin", "compose", "identified", "literal", "names", "take_in", "used_articles"]

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|]|&(?=#?\w+;)|^(?:#{1,6}(?=\s|$)|[+~=:-])|^\d+(?=[.)]))", re.MULTILINE)
PHOTO_WIDTH = "1200"
PHOTO_HEIGHT = "800"


def compose(title: str, articles: Sequence[Article], *, settings: Settings, profile: Profile, today: date) -> str:
    """Lay out a new edition's manuscript: its slots, every pick as a brief, and TK where only an editor can write."""
    names = {article.id: _source_id(article) for article in articles}
    blocks = [
        block
        for kind in profile.layout
        for block in (
            [_brief(article, names[article.id], profile) for article in articles]
            if kind == "brief"
            else [_place(kind, settings, profile)]
        )
    ]
    if not articles:
        blocks = [block for block in blocks if block.kind != "section"]
    sources = [_source(article, names[article.id], today) for article in articles]
    header = _header(title, settings, profile, today)
    return dump(Manuscript(header=header, blocks=(*blocks, *sources)))


def begin(desk: Desk, text: str, *, uid: str) -> Copy:
    """Keep a manuscript as a new edition. A text that carries an `id` keeps it. Raises ConflictError, UsageError."""
    written = identified(text, uid, names(desk.store))
    manuscript = load(written).manuscript
    name = manuscript.get("slug")
    edition = Edition(
        uid=manuscript.get("id"),
        slug=name,
        title=manuscript.get("title"),
        filename=f"{name}.md",
        revision=1,
        created_at=desk.clock(),
    )
    revision = revision_of(desk, edition, written, message="begun")
    kept = desk.store.editions.create(replace(edition, filed=revision.sha256), revision)
    desk.drawer.write(kept.filename, written)
    hold(desk.store, stood_on(manuscript), desk.clock())
    return copy_of(kept, replace(revision, edition_id=kept.id))


def used_articles(store: Store) -> frozenset[int]:
    """Return the numbers of the articles that an edition stands on already."""
    newest = (store.editions.revision(edition.id, edition.revision) for edition in store.editions.all())
    return frozenset(number for kept in newest for number in stood_on(load(kept.text).manuscript))


def literal(words: str) -> str:
    """Escape words so that Markdown shows them as they are."""
    return _MARKDOWN.sub(r"\\\1", words)


def names(store: Store) -> frozenset[str]:
    """Return every name that an edition has, or that its file has."""
    editions = store.editions.all()
    return frozenset(name for edition in editions for name in (edition.slug, edition.filename.removesuffix(".md")))


def identified(text: str, uid: str, taken: frozenset[str]) -> str:
    """Give a manuscript the id and slug that it lacks. Raises UsageError when it has no title."""
    manuscript = load(text).manuscript
    title = manuscript.get("title")
    if not title:
        raise UsageError("the manuscript has no title; write `title: …` between its first two --- lines")
    values: dict[str, Value] = {}
    if not manuscript.get("id"):
        values["id"] = uid
    if not manuscript.get("slug") or manuscript.get("slug") != slug(manuscript.get("slug")):
        values["slug"] = _free(slug(manuscript.get("slug")) or slug(title) or "edition", taken)
    return stamp(text, values) if values else text


def _free(name: str, taken: frozenset[str]) -> str:
    """Return a name that no edition has: the name itself, else name-2, name-3 …."""
    return next(one for one in chain([name], (f"{name}-{number}" for number in count(2))) if one not in taken)


def _header(title: str, settings: Settings, profile: Profile, today: date) -> tuple[Field, ...]:
    values: tuple[tuple[str, Value], ...] = (
        ("format", FORMAT),
        ("lang", settings.language),
        ("title", title),
        ("dek", "TK One or two sentences under the headline."),
        ("subject", title),
        ("preheader", "TK What the inbox shows after the subject, 40 to 100 characters."),
        ("byline", ("TK",)),
        ("dateline", "TK"),
        ("date", today.isoformat()),
        ("profile", profile.name),
    )
    return tuple(Field(key=key, value=value) for key, value in values)


def _place(kind: str, settings: Settings, profile: Profile) -> Block:
    """Lay out one slot that the editor will fill."""
    slot = profile.slot(kind)
    hint = (slot.hint if slot else "") or "TK"
    if kind == "photo":
        return _block(kind, "", src=hint, width=PHOTO_WIDTH, height=PHOTO_HEIGHT, alt=hint, caption=hint, credit=hint)
    if kind == "pullquote":
        return _block(kind, hint, origin="display")
    if kind == "credits":
        return _block(kind, "", editing=(hint,))
    if kind == "signup":
        ask = f"Was this forwarded to you? {settings.name} comes by mail."
        return _block(kind, "", text=ask, label=f"Sign up for {settings.name}", url=settings.base_url)
    return _block(kind, hint)


def _brief(article: Article, source_id: str, profile: Profile) -> Block:
    summary = summarise(article.text or article.summary, profile.summary_words).text
    outlet = article.outlet or "TK"
    return _block(
        "brief",
        literal(summary) or "TK The feed gave no text; read the story and say it in your own words.",
        headline=one_line(article.title),
        source=(source_id,),
        attribution=f"{outlet} reports",
    )


def _source(article: Article, source_id: str, today: date) -> Block:
    values: dict[str, Value] = {"title": article.title, "outlet": article.outlet or "TK", "url": article.url or "TK"}
    if article.authors:
        values["author"] = article.authors
    if article.published:
        values["published"] = article.published.date().isoformat()
    values["accessed"] = today.isoformat()
    values["article"] = str(article.id)
    return replace(_block("source", "", **values), id=source_id)


def _source_id(article: Article) -> str:
    return f"{slug(article.outlet, 24) or 'source'}-{article.id}"


def _block(kind: str, body: str, **values: Value) -> Block:
    return Block(kind=kind, body=body, fields=tuple(Field(key=key, value=value) for key, value in values.items()))
