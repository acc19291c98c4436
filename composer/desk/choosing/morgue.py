"""The morgue: what past editions carried, kept up to date from what was published, and asked before a story runs.

It follows the publications: whatever was published and is not cut yet is cut when somebody asks. So it is whole after
an upgrade, after a killed publication and after a restored copy, and `rebuild` makes it anew. What reads manuscripts
and links is imported only where something was published: listing articles must not wait for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from composer.blocks import Manuscript
from composer.choice import Clipping, Rerun
from composer.desk.sourcing import ArticleOf, article_behind, articles_behind
from composer.model import Article, Edition
from composer.ports import Store
from composer.settings import Settings
from composer.text import host

if TYPE_CHECKING:
    from composer.desk.choosing.reruns import Archive, Asked

FEW = 100  # articles whose texts are sketched on the spot; for more the kept sketches are read


@dataclass(frozen=True, kw_only=True)
class Morgue:
    """What past editions carried, as it can be asked. Make one with `open_morgue`."""

    store: Store
    settings: Settings

    @cached_property
    def clippings(self) -> tuple[Clipping, ...]:
        """Return all of it."""
        return self.store.morgue.all()

    @cached_property
    def _archive(self) -> "Archive":
        from composer.desk.choosing.reruns import Archive  # noqa: PLC0415 (see above)

        return Archive(self.clippings, self.settings.timezone)

    def runs(self, article: Article, sketch: frozenset[int] | None = None) -> tuple[Rerun, ...]:
        """Return where an article's story ran, once an edition, the surest sign first. `sketch` spares making one."""
        if not self.clippings:
            return ()
        from composer.desk.choosing.reruns import asked  # noqa: PLC0415 (see above)
        from composer.desk.choosing.sketches import sketch as drawn  # noqa: PLC0415 (as above)

        return self._archive.runs(asked(article, drawn(article.text or article.summary) if sketch is None else sketch))

    def runs_of_link(self, url: str) -> tuple[Rerun, ...]:
        """Return where a link ran; what the store knows of its article helps to recognise it."""
        if not self.clippings:
            return ()
        from composer.desk.choosing.reruns import Asked  # noqa: PLC0415 (see above)

        article = self.store.articles.find(url)
        return self.runs(article) if article else self._archive.runs(Asked(urls=(url,)))

    def among(self, articles: Sequence[Article]) -> Mapping[int, Rerun]:
        """Return those of some articles that ran, by number."""
        if not self.clippings:
            return {}
        kept = _sketches(self.store, articles) if len(articles) > FEW else {}
        found = {one.id: self.runs(one, kept.get(one.id)) for one in articles}
        return {number: runs[0] for number, runs in found.items() if runs}

    def within(
        self, manuscript: Manuscript, edition: Edition, article_of: ArticleOf | None = None
    ) -> Mapping[str, Rerun]:
        """Return what of an edition ran in another: a source by `src:` and its id, a link in words by its address.

        Its own earlier revisions and the edition that it translates (header `translation_of`) do not count.
        `article_of` gives the article behind a source block where the caller has looked them up already.
        """
        from composer.desk.choosing.likeness import TITLE_DAYS  # noqa: PLC0415 (see above)
        from composer.desk.choosing.reruns import Archive, trace_of  # noqa: PLC0415 (as above)

        stories = tuple(self._stories(manuscript, article_of or articles_behind(self.store)))
        near = self.store.morgue.near([trace_of(story) for _, story in stories], TITLE_DAYS.days)
        if not near:
            return {}
        besides = frozenset(self._own(manuscript, edition))
        archive = Archive(near, self.settings.timezone)
        told = ((key, archive.runs(story, besides)) for key, story in stories)
        return {key: runs[0] for key, runs in told if runs}

    def _own(self, manuscript: Manuscript, edition: Edition) -> Iterator[int]:
        yield edition.id
        if original := manuscript.get("translation_of"):
            yield from (one.id for one in self.store.editions.named(original))

    def _stories(self, manuscript: Manuscript, article_of: ArticleOf) -> Iterator[tuple[str, "Asked"]]:
        from composer.desk.choosing.cuttings import links_in_words, story  # noqa: PLC0415 (see above)
        from composer.desk.choosing.reruns import Asked  # noqa: PLC0415 (as above)

        for source in manuscript.of("source"):
            yield f"src:{source.id}", story(source, article_of(source))
        for anchor in links_in_words(manuscript, host(self.settings.base_url)):
            yield anchor.url, Asked(urls=(anchor.url,))


def open_morgue(store: Store, settings: Settings) -> Morgue:
    """Bring the morgue up to date with what was published and open it."""
    file_new(store, settings)
    return Morgue(store=store, settings=settings)


def file_new(store: Store, settings: Settings) -> int:
    """Cut the published revisions that nobody has cut yet; return how many there were."""
    fresh = store.morgue.unfiled()
    if fresh:
        from composer.desk.choosing.cuttings import clippings  # noqa: PLC0415 (see above)
        from composer.desk.choosing.reruns import traced  # noqa: PLC0415 (as above)
        from composer.manuscript import load  # noqa: PLC0415 (as above)
    for edition_id, revision in fresh:
        manuscript = load(store.editions.revision(edition_id, revision).text).manuscript
        cut = clippings(manuscript, partial(article_behind, store), host(settings.base_url))
        ran_at = min(one.published_at for one in store.editions.publications(edition_id))
        store.morgue.file(edition_id, revision, cut, [traced(replace(one, ran_at=ran_at)) for one in cut])
    return len(fresh)


def rebuild(store: Store, settings: Settings) -> int:
    """Forget every clipping and cut all published revisions again; return how many there were."""
    store.morgue.empty()
    return file_new(store, settings)


def _sketches(store: Store, articles: Sequence[Article]) -> Mapping[int, frozenset[int]]:
    from composer.desk.choosing.stories import sketched  # noqa: PLC0415 (see above)

    return sketched(store, articles)
