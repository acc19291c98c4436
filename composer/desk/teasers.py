"""Whether an article only teases: its feed gave less than its page holds."""

import re

from composer.model import Article
from composer.text import count_words, host

LENGTH_MOST = 3_000  # characters; a longer text is whole
WORDS_MOST = 120  # a text that only repeats the summary, and is no longer, teases
BROKEN_OFF_WORDS_MOST = 300  # the same, for a text that says itself that it goes on elsewhere
_FEW = 4  # words

_GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\]|"
    r"\b(?:read (?:more|on|the (?:full|whole|rest)[^\n]{0,60})|continue reading[^\n]{0,80}|full (?:story|article)"
    r"|weiterlesen|mehr lesen|lire la suite|leer m[áa]s|читать (?:далее|дальше|полностью)|читати далі"
    r"|the post [^\n]{0,200} appeared first on [^\n]{0,100}))[\s.…»›→>\])]*$",
    re.IGNORECASE,
)


def is_teaser(article: Article) -> bool:
    """Say whether a feed gave less than its article: no text, one that breaks off, or the summary over again."""
    if article.access or not host(article.url) or len(article.text) > LENGTH_MOST:
        return False  # its page was looked at already, or it has none
    text = article.text
    if not count_words(text, most=1):
        return True
    if _GOES_ON.search(text.rstrip()[-320:]):
        return count_words(text, most=BROKEN_OFF_WORDS_MOST + 1) <= BROKEN_OFF_WORDS_MOST
    return _says_no_more(text, article.summary) and count_words(text, most=WORDS_MOST) < WORDS_MOST


def _says_no_more(text: str, summary: str) -> bool:
    """Say whether two texts have the same words in the same order; few of them tell most texts apart."""
    begun = text.split(maxsplit=_FEW)[:_FEW] == summary.split(maxsplit=_FEW)[:_FEW]
    return begun and text.split() == summary.split()


def without_going_on(words: str) -> str:
    """Take off what says that the words go on elsewhere."""
    return _GOES_ON.sub("", words)
