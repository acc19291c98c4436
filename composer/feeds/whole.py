"""What a page adds to an article that its feed only teased. Pure: `pages` does the visiting."""

import re
from dataclasses import replace

from composer.desk.teasers import without_going_on
from composer.model import Article
from composer.text import count_words, one_line

_LETTERS = re.compile(r"[\W_]+")
_SHINGLE = 5  # letters
_ALIKE_LEAST = 0.4  # share of the letters in a row of the shorter of the two that the other holds


def completed(article: Article, page: Article) -> Article:
    """Return an article with its page's text, and with what else its feed did not say.

    A page that tells another story (a consent form, a home page) gives nothing; one that holds less than the feed gives
    no text.
    """
    if not _is_same_story(article, page):
        return article
    longer = count_words(page.text) > count_words(article.text)
    return replace(
        article,
        text=page.text if longer else article.text,
        summary=article.summary or (one_line(article.text) if longer else "") or page.summary,
        title=article.title or page.title,
        outlet=article.outlet or page.outlet,
        authors=article.authors or page.authors,
        published=article.published or page.published,
        lang=article.lang or page.lang,
        picture=article.picture or page.picture,
        access=page.access,
        also=tuple(dict.fromkeys(url for url in (*article.also, page.url, *page.also) if url and url != article.url)),
    )


def _is_same_story(article: Article, page: Article) -> bool:
    asked = _shingles(without_going_on(f"{article.title} {article.summary or article.text}"))
    held = _shingles(f"{page.title} {page.summary} {page.text}")
    return not asked or len(asked & held) >= _ALIKE_LEAST * min(len(asked), len(held))


def _shingles(words: str) -> frozenset[str]:
    letters = _LETTERS.sub("", words.casefold())
    return frozenset(letters[place : place + _SHINGLE] for place in range(len(letters) - _SHINGLE + 1))
