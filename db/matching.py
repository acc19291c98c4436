"""Which of a visit's articles are known already. Pure; must not know SQL.

A guid is an article's identity. Publishers change guids, so a link is the next best one; but some feeds give the same
link to every item, so a link counts only where it points at one article and that one's own guid is gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from composer.model import Article

_Key = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class Match:
    """An article to keep, and the one it stands for already."""

    article: Article
    known: Article | None

    @property
    def is_unchanged(self) -> bool:
        """Say whether keeping it would change nothing."""
        return self.article == self.known


def match(batch: Sequence[Article], known: Iterable[Article]) -> tuple[Match, ...]:
    """Pair every article of a batch with the one it stands for; of several with one guid the first counts.

    `known` holds at least every kept article that shares a guid or a link with one of the batch, within its source.
    """
    here = {_key(one): one for one in reversed(batch)}
    kept = {_key(one): one for one in known}
    sharers: dict[_Key, set[_Key]] = defaultdict(set)
    for one in (*kept.values(), *here.values()):
        sharers[one.source_id, one.url].add(_key(one))
    firsts = (here[key] for key in dict.fromkeys(map(_key, batch)))
    return tuple(_pair(one, kept.get(_key(one)) or _moved(one, here, kept, sharers)) for one in firsts)


def _pair(article: Article, known: Article | None) -> Match:
    if known is None:
        return Match(article, None)
    return Match(replace(article, id=known.id, state=known.state, first_seen=known.first_seen), known)


def _moved(
    article: Article,
    here: Mapping[_Key, Article],
    kept: Mapping[_Key, Article],
    sharers: Mapping[_Key, set[_Key]],
) -> Article | None:
    """Return the article that seems to have changed its guid into this one's."""
    others = sharers[article.source_id, article.url] - {_key(article)}
    if not article.url or len(others) != 1 or others & here.keys():
        return None
    return kept[others.pop()]


def _key(article: Article) -> _Key:
    return article.source_id, article.guid
