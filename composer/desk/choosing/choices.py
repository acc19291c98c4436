"""Which articles a new edition takes, and why: those asked for, those picked, and, if wanted, those suggested."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from composer.choice import Rerun, Suggestion
from composer.desk.choosing.morgue import Morgue, open_morgue
from composer.desk.choosing.suggesting import suggest
from composer.desk.standing import used_articles
from composer.model import Article, ArticleQuery
from composer.ports import Store
from composer.settings import Settings

SINCE = timedelta(days=7)
SPARE = 50  # suggestions looked at beyond those wanted, for some may have run
_PICKED_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An article that an edition takes."""

    article: Article
    by: Literal["asked", "picked", "suggested"]
    suggestion: Suggestion | None = None  # why it was suggested
    rerun: Rerun | None = None  # that its story ran already


def choose(store: Store, settings: Settings, numbers: Sequence[int]) -> tuple[Choice, ...]:
    """Return the articles of these numbers, or those that are picked and that no edition has used, oldest pick first.

    Raises NotFoundError.
    """
    morgue = open_morgue(store, settings)
    if numbers:
        asked = [store.articles.get(number) for number in dict.fromkeys(numbers)]
        return tuple(Choice(article=one, by="asked", rerun=_ran(morgue, one)) for one in asked)
    used = used_articles(store)
    picked = store.articles.list(ArticleQuery(states=("picked",), limit=_PICKED_MOST))
    left = (one for one in reversed(picked) if one.id not in used)
    return tuple(Choice(article=one, by="picked", rerun=_ran(morgue, one)) for one in left)


def choose_from_suggestions(
    store: Store, settings: Settings, numbers: Sequence[int], *, most: int, now: datetime
) -> tuple[Choice, ...]:
    """Return the articles of these numbers, all that are picked, and the best suggestions of the last seven days.

    `most` is how many in all; what was asked for and picked is never left out for it. A story that ran already is not
    taken unless it was asked for or picked. Raises NotFoundError.
    """
    asked = choose(store, settings, numbers) if numbers else ()
    found = suggest(store, settings, now=now, since=now - SINCE, limit=most + SPARE, pins=frozenset(numbers))
    taken = {choice.article.id: choice for choice in asked}
    for choice in _suggested(found):
        if len(taken) >= most and choice.by == "suggested":
            break
        taken.setdefault(choice.article.id, choice)
    return tuple(taken.values())


def _suggested(found: Sequence[Suggestion]) -> Iterator[Choice]:
    for one in found:
        if one.is_pin:
            yield from (Choice(article=article, by="picked", suggestion=one, rerun=one.rerun) for article in one.picks)
        elif one.rerun is None or not one.rerun.is_story:
            yield Choice(article=one.article, by="suggested", suggestion=one, rerun=one.rerun)


def _ran(morgue: Morgue, article: Article) -> Rerun | None:
    return next(iter(morgue.runs(article)), None)
