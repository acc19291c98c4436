"""The words of a page's article: what the extraction library finds, never what a paywall hides."""

import re
import warnings
from collections.abc import Mapping
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from composer.errors import WireError
from composer.feeds.access import SHARE_LEAST, SHORT_MOST, access_of, without_wall
from composer.feeds.clean import paragraphs, plain, text_of
from composer.feeds.linked import first
from composer.text import count_words, one_line

PARAGRAPH_WORDS_LEAST = 8
MARKUP_MOST = 2_000_000  # characters without scripts: two seconds of work
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def story_text(root: HtmlElement, thing: Mapping[str, Any], meta: Mapping[str, str], *, url: str, summary: str) -> str:
    """Return the article's paragraphs. The copy in JSON-LD serves where the page shows less, and is open to all.

    Behind a paywall it is what stands before the wall, and where nothing does, the summary. Raises WireError.
    """
    shown = _extracted(root, url)
    if access_of(root, thing, meta, shown) == "paywalled":
        short = _shown_paragraphs(root) if count_words(shown) <= SHORT_MOST else ""
        return without_wall(short or shown) or summary
    told = text_of(first(thing.get("articleBody")))
    return told if count_words(told) * SHARE_LEAST > count_words(shown) else shown


def _extracted(root: HtmlElement, url: str) -> str:
    markup = etree.tostring(root, encoding="unicode", method="html")  # without scripts: JSON-LD is not shown
    if len(markup) > MARKUP_MOST:
        raise WireError(url, f"too large to be an article: {len(markup) / 1_000_000:.1f} MB of markup")
    with quiet():
        import trafilatura  # noqa: PLC0415 (a seventh of a second, for pages alone)

        found = trafilatura.bare_extraction(
            markup,
            url=url or None,
            fast=True,
            include_comments=False,
            with_metadata=False,
        )
    return paragraphs(plain(str(getattr(found, "text", "") or "")).replace("\n", "\n\n"))


def _shown_paragraphs(root: HtmlElement) -> str:
    """Return the paragraphs of a page that is too short for the library: it runs them together, headline and all."""
    for story in (*root.iter("article"), *root.iter("main"), root):
        found = [said for tag in story.iter("p") if count_words(said := said_by(tag)) >= PARAGRAPH_WORDS_LEAST]
        if found:
            return "\n\n".join(dict.fromkeys(found))
    return ""


def length_of(text: str) -> int:
    """Count words; scripts that write no spaces have about two letters a word."""
    return max(count_words(text), len(_UNSPACED.findall(text)) // 2)


def quiet() -> "warnings.catch_warnings[None]":
    """Keep the library's downloader, which we never use, from complaining about a proxy library."""
    return warnings.catch_warnings(action="ignore")


def said_by(element: HtmlElement) -> str:
    """Return an element's words on one line."""
    return one_line(plain("".join(str(words) for words in element.itertext())))
