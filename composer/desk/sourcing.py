"""Which article of the store a source block of a manuscript stands for. The one place that reads `article:` and `url:`.

It is light on purpose: listing articles asks the morgue, and must not wait for what reads manuscripts.
"""

from collections.abc import Callable
from functools import cache, partial

from composer.blocks import Block
from composer.errors import NotFoundError
from composer.model import Article
from composer.ports import Store

ArticleOf = Callable[[Block], Article | None]
_DIGITS_MOST = 18  # of an article's number: more than a store ever gives


def article_number(source: Block) -> int | None:
    """Return the number that a source block gives its article, or None when it has none or what it has is no number."""
    words = source.get("article")
    return int(words) if words.isascii() and words.isdigit() and len(words) <= _DIGITS_MOST else None


def article_behind(store: Store, source: Block) -> Article | None:
    """Return the article that a source block stands for, by its number, else by its address.

    In a restored store a number may be another article's: where the block has an address or a title, the number counts
    only with the same one.
    """
    number, url = article_number(source), source.get("url")
    numbered = None if number is None else _get(store, number)
    if numbered and _is_meant(numbered, source):
        return numbered
    return store.articles.find(url) if url else None


def articles_behind(store: Store) -> ArticleOf:
    """Return `article_behind` as one proof asks it: the store looks each source block up once."""
    return cache(partial(article_behind, store))


def _is_meant(article: Article, source: Block) -> bool:
    url, title = source.get("url"), source.get("title")
    return not (url or title) or url in {article.url, *article.also} or title == article.title


def _get(store: Store, number: int) -> Article | None:
    try:
        return store.articles.get(number)
    except NotFoundError:
        return None
