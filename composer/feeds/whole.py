"""Whether an article only teases, and what its page adds to it. Pure: `pages` does the visiting."""

import re
from dataclasses import replace

from composer.feeds.addresses import is_web
from composer.model import Article
from composer.text import count_words, one_line

TEASER_WORDS_MOST = 120  # a text that only repeats the summary, and is no longer, teases
BROKEN_OFF_WORDS_MOST = 300  # the same, for a text that says itself that it goes on elsewhere

_GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\]|"
    r"\b(?:read (?:more|on|the (?:full|whole|rest)[^\n]{0,60})|continue reading[^\n]{0,80}|full (?:story|article)"
    r"|weiterlesen|mehr lesen|lire la suite|leer m[áa]s|читать (?:далее|дальше|полностью)|читати далі"
    r"|the post [^\n]{0,200} appeared first on [^\n]{0,100}))[\s.…»›→>\])]*$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[\W_]+")
_SHINGLE = 5  # letters
_ALIKE_LEAST = 0.4  # share of the letters in a row of the shorter of the two that the other holds


def is_teaser(article: Article) -> bool:
    """Say whether a feed gave less than its article: no text, one that breaks off, or the summary over again."""
    words = count_words(article.text)
    if article.access or not is_web(article.url):
        return False  # its page was looked at already, or it has none
    if words == 0:
        return True
    if words <= BROKEN_OFF_WORDS_MOST and _GOES_ON.search(article.text.rstrip()[-320:]):
        return True
    return words < TEASER_WORDS_MOST and one_line(article.text) == one_line(article.summary)


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
    asked = _shingles(_GOES_ON.sub("", f"{article.title} {article.summary or article.text}"))
    held = _shingles(f"{page.title} {page.summary} {page.text}")
    return not asked or len(asked & held) >= _ALIKE_LEAST * min(len(asked), len(held))


def _shingles(words: str) -> frozenset[str]:
    letters = _LETTERS.sub("", words.casefold())
    return frozenset(letters[place : place + _SHINGLE] for place in range(len(letters) - _SHINGLE + 1))
