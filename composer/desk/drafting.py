"""From picked articles to a manuscript. What becomes of it then is `revising`'s."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import chain, count

from composer.blocks import TK, Block, Manuscript, Value
from composer.desk.laying import header, hint_of, lay_out, made
from composer.desk.revising import Copy, Desk, copy_of, revision_of
from composer.desk.standing import hold, stood_on
from composer.errors import UsageError
from composer.manuscript import dump, load, stamp
from composer.model import Article, Edition, Profile
from composer.ports import Store
from composer.rendering.words import say
from composer.settings import Settings
from composer.summaries import summarise
from composer.text import count_words, one_line, reading_minutes, slug

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|]|&(?=#?\w+;)|^(?:#{1,6}(?=\s|$)|[+~=:-])|^\d+(?=[.)]))", re.MULTILINE)
_TEASER_WORDS_MOST = 200  # a shorter text may be a teaser: how long the original is, is not known then


def compose(title: str, articles: Sequence[Article], *, settings: Settings, profile: Profile, today: date) -> str:
    """Lay out a new edition's manuscript: its slots, every pick as a brief, and TK where only an editor can write."""
    made = [brief_of(article, settings, profile, today) for article in articles]
    picks, sources = [pick for pick, _ in made], [source for _, source in made]
    head = header(profile, today, lang=settings.language, title=title)
    return dump(Manuscript(header=head, blocks=(*lay_out(picks, settings, profile), *sources)))


def begin(desk: Desk, text: str, *, uid: str) -> Copy:
    """Keep a manuscript as a new edition. A text that carries an `id` keeps it. Raises ConflictError, UsageError."""
    written = identified(text, uid, partial(is_taken, desk.store))
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


def literal(words: str) -> str:
    """Escape words so that Markdown shows them as they are."""
    return _MARKDOWN.sub(r"\\\1", words)


def is_taken(store: Store, name: str) -> bool:
    """Say whether an edition has a name, or its file has it."""
    return any(name in names_of(one) for one in store.editions.named(name))


def names_of(edition: Edition) -> frozenset[str]:
    """Return the names that an edition and its file keep from others."""
    return frozenset({edition.slug, edition.filename.removesuffix(".md")})


def identified(text: str, uid: str, taken: Callable[[str], bool]) -> str:
    """Give a manuscript the id and slug that it lacks. Raises UsageError when it has no title."""
    manuscript = load(text).manuscript
    title = manuscript.get("title")
    if not title:
        raise UsageError("the manuscript has no title; write `title: …` between its first two --- lines")
    values: dict[str, Value] = {}
    if not manuscript.get("id"):
        values["id"] = uid
    if not manuscript.get("slug") or manuscript.get("slug") != slug(manuscript.get("slug")):
        values["slug"] = free_name(slug(manuscript.get("slug")) or slug(title) or "edition", taken)
    return stamp(text, values) if values else text


def free_name(name: str, taken: Callable[[str], bool]) -> str:
    """Return a name that no edition has: the name itself, else name-2, name-3 …."""
    return next(one for one in chain([name], (f"{name}-{number}" for number in count(2))) if not taken(one))


def summary_words(profile: Profile) -> int:
    """Return how many words a brief's summary may have: what the profile aims at, within what its slot holds."""
    slot = profile.slot("brief")
    most = slot.words_most if slot else None
    return profile.summary_words if most is None else min(profile.summary_words, most)


def brief_of(article: Article, settings: Settings, profile: Profile, today: date) -> tuple[Block, Block]:
    """Return what an article becomes in an edition, as the profile has it: its brief or link, and its source."""
    name = _source_id(article)
    return _pick(article, name, settings.language, profile), _source(article, name, today)


def _pick(article: Article, source_id: str, lang: str, profile: Profile) -> Block:
    """Make an article the kind of block that the profile makes of picks."""
    headline, minutes = one_line(article.title), _minutes(article) if profile.minutes else {}
    if profile.picks == "link":
        return made("link", hint_of(profile, "link"), headline=headline, source=source_id, **minutes)
    return made(
        "brief",
        _summary(article, profile),
        headline=headline,
        source=(source_id,),
        attribution=say(lang, "report.one", article.outlet or TK),
        **minutes,
    )


def _summary(article: Article, profile: Profile) -> str:
    text = article.text or article.summary
    gave = "No sentence of the story can stand by itself" if text else "The feed gave no text"
    told = literal(summarise(text, summary_words(profile)).text)
    return told or f"{TK} {gave}; read the story and say it in your own words."


def _minutes(article: Article) -> dict[str, Value]:
    """Say how long an original takes to read, where its whole text is known."""
    words = count_words(article.text)
    whole = words >= _TEASER_WORDS_MOST and article.access != "paywalled"
    return {"minutes": str(reading_minutes(words, article.lang))} if whole else {}


def _source(article: Article, source_id: str, today: date) -> Block:
    values: dict[str, Value] = {"title": article.title, "outlet": article.outlet or TK, "url": article.url or TK}
    if article.authors:
        values["author"] = article.authors
    if article.published:
        values["published"] = article.published.date().isoformat()
    values["accessed"] = today.isoformat()
    values["article"] = str(article.id)
    return replace(made("source", "", **values), id=source_id)


def _source_id(article: Article) -> str:
    return f"{slug(article.outlet, 24) or 'source'}-{article.id}"
