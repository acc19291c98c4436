"""HTML → plain paragraphs, HTML → safe HTML. Whatever a publisher sends, nothing hangs, crashes or runs."""

import html
import re

import nh3
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from composer.feeds.fastflow import fast_flow, fast_flow_of_usual
from composer.feeds.flow import BLOCKS, CELLS, LINES, SILENT, flow
from composer.feeds.letters import is_usual

DEPTH_MOST = 150
ATTRIBUTES_MOST = 200
_FORBIDDEN = re.compile(  # controls but tab and line end; bidi overrides and isolates; non-characters; lone surrogates
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_LINE_ENDS = ("\r", "\x85", "\u2028", "\u2029")
_SPACES = re.compile(r"[^\S\n]+")
_TAG_HEAD = re.compile(r"<[a-zA-Z][^<>]{400,}")  # 200 attributes cannot be shorter
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(r"[\s/=]+")
_TAG = re.compile(r"<[^<>]*>")
_OPENING_OR_CLOSING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEVER_DEEP = frozenset(
    "area br col dd dt embed hr img input li link meta option p param source td th tr track wbr".split()  # noqa: SIM905 (one name a line would hide the list's shape)
)
_INLINE = frozenset(
    "a abbr acronym applet b bdi bdo big blink cite code del dfn em font frame frameset i ins kbd mark marquee nobr "  # noqa: SIM905 (as above)
    "object picture q ruby s samp small span strike strong sub sup time tt u var".split()
)
_KNOWN = (BLOCKS | LINES | CELLS | SILENT | _NEVER_DEEP | _INLINE) - {"title"}
_KNOWN_TAG = re.compile(
    rf"<!--|</?(?:{'|'.join(sorted(_KNOWN, key=len, reverse=True))})(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_SILENT_TITLE = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_GAPS = re.compile(r"[\s\x00-\x20\x7f-\xa0]+")
_TRACKER_SIZE = frozenset({"0", "1", "0px", "1px"})


def _kept(_tag: str, name: str, value: str) -> str | None:
    """Say what is kept of an attribute; a URL whose scheme hides behind white space or control characters is not."""
    words = plain(value)
    scheme = _SCHEME.match(_GAPS.sub("", words)) if name in {"href", "src"} else None
    return words if scheme is None or scheme.group(1).lower() in _SCHEMES else None


_CLEANER = nh3.Cleaner(
    tags=set(
        "a abbr b blockquote br cite code dd del dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark ol "  # noqa: SIM905 (as above)
        "p pre q s small strong sub sup table tbody td tfoot th thead tr ul".split()
    ),
    attributes={"a": {"href", "title"}, "img": {"src", "alt", "width", "height"}, "td": {"colspan"}, "th": {"colspan"}},
    url_schemes=set(_SCHEMES),
    attribute_filter=_kept,
    clean_content_tags={"script", "style"},
    link_rel="noopener noreferrer",
)


def plain(words: str) -> str:
    """Take out control characters, bidi overrides and lone surrogates; every line end becomes a line feed."""
    if words.isprintable():
        return words
    if is_usual(words):
        return words
    if any(end in words for end in _LINE_ENDS):
        words = _LINE_END.sub("\n", words)
    return _FORBIDDEN.sub("", words)


def title_of(words: str, *, markup: bool = True) -> str:
    """Return a title on one line: HTML tags off and entities decoded once, or left as they are when it is no markup."""
    if markup and ("<" in words or "&" in words):
        words = html.unescape(_KNOWN_TAG.sub("", _SILENT_TITLE.sub("", words)))
    return " ".join(plain(words).split())


def safe_html(markup: str) -> str:
    """Return HTML with nothing in it that runs, tracks or styles. Links are http, https or mailto."""
    words = plain(markup)
    return plain(_CLEANER.clean(_without_trackers(_flat(words) if is_harmful(words) else words)))


def _without_trackers(markup: str) -> str:
    return re.sub(r"<img\b[^<>]*>", lambda tag: "" if _is_tracker_tag(tag.group()) else tag.group(), markup)


def _is_tracker_tag(tag: str) -> bool:
    sizes = re.findall(r"\b(?:width|height)\s*[=:]\s*[\"']?\s*(\d+(?:px)?)", tag, re.IGNORECASE)
    return any(size in _TRACKER_SIZE for size in sizes)


def is_tracker(image: HtmlElement) -> bool:
    """Say whether an image is a tracking pixel: one pixel high or wide, or none."""
    sizes = (image.get("width", ""), image.get("height", ""))
    return any(size.strip() in _TRACKER_SIZE for size in sizes) or _is_tracker_tag(image.get("style", ""))


def is_harmful(markup: str) -> bool:
    """Say whether tags nest deeper, or hold more attributes, than parsers can be trusted with."""
    if any(len(_ATTRIBUTE.findall(_QUOTED.sub("", tag))) > ATTRIBUTES_MOST for tag in _TAG_HEAD.findall(markup)):
        return True
    opened = markup.count("<") - markup.count("</")
    return opened > DEPTH_MOST and _nests_deep(markup)


def _nests_deep(markup: str) -> bool:
    depth = 0
    for found in _OPENING_OR_CLOSING.finditer(markup):
        if found.group(2).lower() not in _NEVER_DEEP:
            depth = max(0, depth + (-1 if found.group(1) else 1))
        if depth > DEPTH_MOST:
            return True
    return False


def _flat(markup: str) -> str:
    return html.escape(html.unescape(_TAG.sub(" ", markup)), quote=False)


def tree(markup: str) -> HtmlElement | None:
    """Parse HTML of any quality; None when there is nothing in it."""
    words = plain(markup)
    words = _flat(words) if is_harmful(words) else words
    try:
        return document_fromstring(words.encode("utf-8"), parser=etree.HTMLParser(encoding="utf-8", no_network=True))  # type: ignore[arg-type]
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def inner_tree(markup: str) -> HtmlElement | None:
    """Parse HTML that stands inside a page; a parser would take what follows a leading `<style>` for its head."""
    return tree(f"<html><body>{markup}")


def has_markup(words: str) -> bool:
    """Say whether words hold an HTML tag."""
    return _KNOWN_TAG.search(words) is not None


def text_of(words: str) -> str:
    """Return the plain paragraphs of HTML, or of words without a tag, parted by blank lines; list items are lines."""
    if not has_markup(words):
        return paragraphs(html.unescape(words))
    fast = fast_flow(plain(words))
    return text_in(inner_tree(words)) if fast is None else fast


def text_of_usual(words: str) -> str:
    """Do what `text_of` does for words of usual letters (see `letters.is_usual`)."""
    if not has_markup(words):
        return paragraphs(html.unescape(words))
    fast = fast_flow_of_usual(words)
    return text_in(inner_tree(words)) if fast is None else fast


def text_in(root: HtmlElement | None) -> str:
    """Return the plain paragraphs of HTML that was parsed."""
    return "" if root is None else plain(flow(root))


def paragraphs(words: str) -> str:
    """Return plain words with their paragraphs parted by one blank line each."""
    parts = re.split(r"\n\s*\n", plain(words))
    lines = ([_SPACES.sub(" ", line).strip() for line in part.split("\n")] for part in parts)
    return "\n\n".join(filter(None, ("\n".join(filter(None, part)) for part in lines)))
