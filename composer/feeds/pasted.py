"""Words without a file: what came through a pipe or from the clipboard. Decides by their content what they are."""

import re
from datetime import datetime
from typing import Literal

from composer.errors import WireError
from composer.feeds.addresses import is_web
from composer.feeds.extract import article_in
from composer.feeds.texts import markdown_in
from composer.model import Article

Kind = Literal["address", "page", "markdown", "text"]

_PAGE = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*<(?:!doctype\s+html|[a-z][a-z0-9]*(?:\s[^<>]*)?/?>)", re.IGNORECASE | re.DOTALL
)
_CLOSING_TAG = re.compile(r"</(?:html|body|article|main|section|div|p|h1|h2|ul|table)\s*>", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"\A---[ \t]*\n(?:[\w-]+:.*\n)+---[ \t]*$|^#{1,6}[ \t]+\S|^!?\[[^\]\n]+\]\([^)\s]+\)|\]\(https?://"
    r"|^(?:>|[-*+])[ \t]+\S.*\n(?:>|[-*+])[ \t]",
    re.MULTILINE,
)
_LOOKED_AT = 20_000  # characters


def kind_of(words: str) -> Kind:
    """Say what words are: an address alone, a page's HTML (or a piece of it), Markdown or plain text."""
    bare = words.strip()
    if is_web(bare) and len(bare.split()) == 1:
        return "address"
    if _PAGE.match(bare[:_LOOKED_AT]) and _CLOSING_TAG.search(bare):
        return "page"
    return "markdown" if _MARKDOWN.search(bare[:_LOOKED_AT]) else "text"


def pasted_page(words: str, name: str, url: str, now: datetime) -> Article:
    """Return the article in a page's HTML; `url` is where it was found, if that is known. Raises WireError."""
    try:
        return article_in(words, url, now)
    except WireError as error:
        raise WireError(name, error.sentence) from error


def pasted_markdown(words: str, name: str, now: datetime) -> Article:
    """Return the article in a Markdown text; one without a heading is called by its first words. Raises WireError."""
    return markdown_in(words.strip(), name, "", now)
