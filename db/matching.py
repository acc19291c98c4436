"""Which of a visit's articles are known already. Pure; must not know SQL.

A guid is an article's identity. Publishers change guids, so a link is the next best one; but some feeds give the same
link to every item, so a link counts only where it points at one article and that one's own guid is gone. Last comes
what it says, under the same rule. `http:` and `https:` are one in both. An article that was added by hand and one of a
feed are the same when their link is, and nobody else's.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from composer.model import Article
from db.digests import Digests

_TELLING_LETTERS = 100  # shorter texts are alike by chance: "Open thread."
_T = TypeVar("_T")
_Likeness = Callable[["Arrival | Known"], Hashable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is read of a kept article to tell whether another is the same, and whether it says the same."""

    id: int
    source_id: int | None
    guid: str
    url: str
    words: bytes | None = None  # hashes of what its feed said last; None: it said nothing yet
    digest: bytes | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """An article to keep, with its digests. Each is itself, whatever others say."""

    article: Article
    digests: Digests

    @property
    def tells(self) -> bool:
        """Say whether it is long enough to be known by its words alone."""
        return len(self.article.text) >= _TELLING_LETTERS


@dataclass(frozen=True, slots=True)
class Match:
    """An article to keep, and the one it stands for already."""

    arrival: Arrival
    known: Known | None

    @property
    def is_unchanged(self) -> bool:
        """Say whether its feed says just what it said last time."""
        known, article = self.known, self.arrival.article
        same = known is not None and (known.source_id, known.guid) == (article.source_id, article.guid)
        return same and known is not None and known.digest == self.arrival.digests.whole


def folded(address: str) -> str:
    """Return a guid or link with `http:` read as `https:`."""
    return f"https://{address[7:]}" if address.startswith("http://") else address


def spellings(address: str) -> tuple[str, ...]:
    """Return everything that folds into the same."""
    bare = folded(address)
    return (bare, f"http://{bare[8:]}") if bare.startswith("https://") else (bare,)


def firsts(batch: Iterable[Arrival]) -> tuple[Arrival, ...]:
    """Return a batch without what stands in it twice: of several with one guid the first counts."""
    once: dict[Hashable, Arrival] = {}
    for one in batch:
        once.setdefault(_key(one.article), one)
    return tuple(once.values())


def by_guid(batch: Iterable[Arrival], kept: Iterable[Known]) -> dict[Arrival, Known]:
    """Pair articles with those that have the same guid, the very same before one with the other scheme."""
    exact = {(one.source_id, one.guid): one for one in kept}
    loose = {_key(one): one for one in exact.values()}
    pairs = {}
    for one in batch:
        article = one.article
        if known := exact.get((article.source_id, article.guid)) or loose.get(_key(article)):
            pairs[one] = known
    return pairs


def match(batch: Sequence[Arrival], paired: Mapping[Arrival, Known], alike: Iterable[Known]) -> tuple[Match, ...]:
    """Pair every article with the one it stands for, if any; `paired` are those whose guid is known.

    `alike` holds every kept article that shares a link or words with one of the others.
    """
    found = dict(paired)
    alike = tuple(alike)
    if not alike and not found:
        return tuple(Match(one, None) for one in batch)
    kept = {one.id: one for one in (*alike, *paired.values())}
    taken = {one.id for one in paired.values()}
    for source_id, ones in _grouped(batch, lambda one: one.article.source_id).items():
        for key, others in _likenesses(source_id, list(kept.values())):
            for one, known in _alone(ones, others, key):
                if one not in found and known.id not in taken:
                    found[one] = known
                    taken.add(known.id)
    return tuple(Match(one, found.get(one)) for one in batch)


def _likenesses(source_id: Hashable, kept: Sequence[Known]) -> Iterator[tuple[_Likeness, list[Known]]]:
    """Yield what makes an article of a source the same as a kept one, the strongest first, and which are looked at."""
    own = [one for one in kept if one.source_id == source_id]
    yield _link, own
    yield _link, [one for one in kept if (one.source_id is None) != (source_id is None)]
    yield _words, own


def _alone(batch: Iterable[Arrival], kept: Iterable[Known], key: _Likeness) -> Iterator[tuple[Arrival, Known]]:
    """Yield what is alike where it is alone on both sides."""
    arriving, standing = _grouped(batch, key), _grouped(kept, key)
    for likeness, ones in arriving.items():
        others = standing.get(likeness, [])
        if likeness and len(ones) == len(others) == 1:
            yield ones[0], others[0]


def _grouped(many: Iterable[_T], key: Callable[[_T], Hashable]) -> dict[Hashable, list[_T]]:
    groups: dict[Hashable, list[_T]] = defaultdict(list)
    for one in many:
        groups[key(one)].append(one)
    return groups


def _link(one: Arrival | Known) -> Hashable:
    return folded(one.article.url if isinstance(one, Arrival) else one.url)


def _words(one: Arrival | Known) -> Hashable:
    if isinstance(one, Known):
        return one.words
    return one.digests.words if one.tells else None


def _key(article: Article | Known) -> Hashable:
    return article.source_id, folded(article.guid)
