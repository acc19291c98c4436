"""From the wire to the store: following sources, collecting what they bring, adding single articles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from composer.errors import ConflictError, NotFoundError
from composer.model import Article, Collected, Proposal, Saved, Source
from composer.ports import Store, Wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What following an address did."""

    added: tuple[Source, ...]
    known: tuple[Source, ...]  # followed already


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """One source's result: what its visit brought, and what of it was new to the store."""

    collected: Collected
    saved: Saved


def follow(store: Store, wire: Wire, address: str) -> Followed:
    """Keep every source that an address stands for. Raises WireError."""
    added, known = [], []
    for source in wire.discover(address):
        try:
            added.append(store.sources.add(source))
        except ConflictError:
            known.append(source)
    return Followed(added=tuple(added), known=tuple(known))


def gather(store: Store, wire: Wire, sources: Sequence[Source]) -> Iterator[Gathered]:
    """Visit sources and keep what they bring; each source stands for itself, none stops another."""
    for collected in wire.collect(sources):
        saved = store.articles.save(collected.articles) if collected.articles else Saved()
        store.sources.save(collected.source)
        yield Gathered(collected=collected, saved=saved)


def add(store: Store, article: Article, now: datetime) -> tuple[Article, Saved]:
    """Keep an article that the editor brought by hand; return it with its number."""
    dated = replace(article, first_seen=article.first_seen or now)
    saved = store.articles.save([dated])
    kept = store.articles.find(dated.guid)
    if kept is None:
        raise NotFoundError(f"{article.title}: the store did not keep it; another article holds the same address")
    return kept, saved


def from_proposal(proposal: Proposal, *, guid: str, title: str = "", outlet: str = "") -> Article:
    """Make an article of a text that the editor confirmed."""
    return Article(guid=guid, title=title or proposal.title, outlet=outlet, text=proposal.text)
