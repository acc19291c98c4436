"""A published edition's manuscript → clippings of what it carried. Pure.

A source that a brief or a link names ran as a story; one that a quotation, a figure or a view stands on, and a link in
running words, were only linked. Links into the newsletter's own site are not another's story.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from composer.blocks import Block, Manuscript
from composer.choice import Clipping
from composer.desk.choosing.links import canonical, names_a_page
from composer.desk.choosing.reruns import Asked
from composer.desk.choosing.sketches import sketch
from composer.desk.sourcing import ArticleOf
from composer.model import Article
from composer.proofs.reading import Anchor, read
from composer.text import host

STORIES = ("brief", "link")
RUNNING = ("lede", "prose", "brief", "link", "view", "quote", "why")


def clippings(manuscript: Manuscript, article_of: ArticleOf, own_host: str) -> tuple[Clipping, ...]:
    """Return what an edition carried; `article_of` gives the article behind a source block, where one is known."""
    carriers = {name: block for block in reversed(manuscript.of(*STORIES)) for name in block.all("source")}
    cut: list[Clipping] = []
    for source in manuscript.of("source"):
        carrier = carriers.get(source.id) if source.id else None
        cut.append(_of_source(source, carrier, article_of(source)))
    known = {canonical(url) for clipping in cut for url in clipping.urls}
    for anchor in links_in_words(manuscript, own_host):
        if canonical(anchor.url) not in known:
            known.add(canonical(anchor.url))
            cut.append(_of_anchor(anchor))
    return tuple(cut)


def links_in_words(manuscript: Manuscript, own_host: str) -> Iterator[Anchor]:
    """Yield the links in running words that lead to a page of somebody else's."""
    for block in manuscript.of(*RUNNING):
        for anchor in read(block.body).anchors:
            if names_a_page(canonical(anchor.url)) and host(anchor.url) != own_host:
                yield anchor


def story(source: Block, article: Article | None) -> Asked:
    """Return a source of an edition at work as it is looked for among past ones."""
    return Asked(
        urls=_addresses(source, article),
        title=source.get("title"),
        outlet=source.get("outlet"),
        published=_published(source, article),
        sketch=sketch(article.text or article.summary) if article else frozenset(),
    )


def _of_source(source: Block, carrier: Block | None, article: Article | None) -> Clipping:
    headline = carrier.get("headline") if carrier else ""
    return Clipping(
        place="story" if carrier else "words",
        urls=tuple(dict.fromkeys(url for url in _addresses(source, article) if canonical(url))),
        headline=headline or source.get("title"),
        title=source.get("title"),
        outlet=source.get("outlet"),
        published=_published(source, article),
        sketch=sketch(_words(carrier, article)) if carrier else frozenset(),
    )


def _words(carrier: Block, article: Article | None) -> str:
    """Return the story's own text; where the store has none, our brief of it, whose sentences may stand in it."""
    return (article.text or article.summary if article else "") or read(carrier.body).words


def _of_anchor(anchor: Anchor) -> Clipping:
    return Clipping(
        place="words",
        urls=(anchor.url,),
        headline=anchor.words or anchor.url,
    )


def _addresses(source: Block, article: Article | None) -> tuple[str, ...]:
    return (source.get("url"), *((article.url, *article.also) if article else ()))


def _published(source: Block, article: Article | None) -> datetime | None:
    return _day(source.get("published")) or (article.published if article else None)


def _day(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written[:10]).replace(hour=12, tzinfo=UTC)
    except ValueError:
        return None
