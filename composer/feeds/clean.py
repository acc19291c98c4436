"""HTML → plain paragraphs, HTML → safe HTML. Whatever a publisher sends, nothing hangs, crashes or runs."""

import html
import re
from collections.abc import Iterator

import nh3
from lxml import etree
from lxml.html import HtmlElement, document_fromstring

DEPTH_MOST = 150
ATTRIBUTES_MOST = 200
_FORBIDDEN = re.compile(  # controls but tab and line end; bidi overrides and isolates; non-characters; lone surrogates
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_TAG_HEAD = re.compile(r"<[a-zA-Z][^<>]{1000,}")  # 200 attributes cannot be shorter
_TAG = re.compile(r"<[^<>]*>")
_OPENING_OR_CLOSING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LINE = frozenset({"li", "tr", "dt", "dd"})
_SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "head",
        "title",
        "textarea",
        "select",
        "button",
        "audio",
        "video",
        "canvas",
        "figcaption",
    ]
)
_NEVER_DEEP = frozenset(
    [
        "area",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
    ]
)
_KNOWN = (
    _BLOCK
    | _SILENT
    | _NEVER_DEEP
    | frozenset(
        [
            "a",
            "abbr",
            "acronym",
            "b",
            "big",
            "cite",
            "code",
            "del",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "mark",
            "q",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "tt",
            "u",
            "var",
            "picture",
            "figcaption",
        ]
    )
) - {"title"}
_KNOWN_TAG = re.compile(
    rf"<!--|</?(?:{'|'.join(sorted(_KNOWN, key=len, reverse=True))})(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_SILENT_TITLE = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TRACKER_SIZE = frozenset({"0", "1", "0px", "1px"})

_CLEANER = nh3.Cleaner(
    tags={
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "cite",
        "code",
        "dd",
        "del",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    },
    attributes={"a": {"href", "title"}, "img": {"src", "alt", "width", "height"}, "td": {"colspan"}, "th": {"colspan"}},
    url_schemes={"http", "https", "mailto"},
    clean_content_tags={"script", "style"},
    link_rel="noopener noreferrer",
)


def plain(words: str) -> str:
    """Take out control characters, bidi overrides and lone surrogates; every line end becomes a line feed."""
    return _FORBIDDEN.sub("", _LINE_END.sub("\n", words))


def title_of(words: str, *, markup: bool = True) -> str:
    """Return a title on one line: HTML tags off and entities decoded once, or left as they are when it is no markup."""
    if markup:
        words = html.unescape(_KNOWN_TAG.sub("", _SILENT_TITLE.sub("", words)))
    return _SPACES.sub(" ", plain(words).replace("\n", " ")).strip()


def safe_html(markup: str) -> str:
    """Return HTML with nothing in it that runs, tracks or styles. Links are http, https or mailto."""
    words = plain(markup)
    return _CLEANER.clean(_without_trackers(_flat(words) if is_harmful(words) else words))


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
    if any(tag.count("=") > ATTRIBUTES_MOST for tag in _TAG_HEAD.findall(markup)):
        return True
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


def has_markup(words: str) -> bool:
    """Say whether words hold an HTML tag."""
    return _KNOWN_TAG.search(words) is not None


def text_of(words: str) -> str:
    """Return the plain paragraphs of HTML, or of words without a tag, parted by blank lines; list items are lines."""
    if not has_markup(words):
        return paragraphs(html.unescape(words))
    root = tree(words)
    return "" if root is None else _joined(list(_pieces(root)))


def paragraphs(words: str) -> str:
    """Return plain words with their paragraphs parted by one blank line each."""
    parts = re.split(r"\n\s*\n", plain(words))
    lines = ([_SPACES.sub(" ", line).strip() for line in part.split("\n")] for part in parts)
    return "\n\n".join(filter(None, ("\n".join(filter(None, part)) for part in lines)))


Piece = tuple[str, bool]  # (words of a paragraph, it is a line of a list or table)


def _joined(pieces: list[Piece]) -> str:
    text, was_line = "", False
    for words, is_line in pieces:
        gap = "\n" if is_line and was_line else "\n\n"
        text += (gap if text else "") + words
        was_line = is_line
    return text


def _pieces(root: HtmlElement) -> Iterator[Piece]:
    """Walk a tree without recursion and give its paragraphs."""
    words: list[str] = []
    lines = pres = silent = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        step = 1 if event == "start" else -1 if event == "end" else 0
        silent += step * (tag in _SILENT)
        if tag in _BLOCK and tag not in {"td", "th"}:
            yield from _paragraphs("".join(words), is_line=lines > 0)
            words.clear()
        lines += step * (tag in _LINE)
        pres += step * (tag == "pre")
        if event == "start" and not silent:
            words.append(_inner(tag, node.text or "", kept=pres > 0))
        if event != "start" and not silent:
            words.append(" " if tag in {"td", "th"} else "")
            words.append(_flow(node.tail or "", kept=pres > 0))
    yield from _paragraphs("".join(words), is_line=False)


def _inner(tag: str, text: str, *, kept: bool) -> str:
    return "\n" if tag == "br" else _flow(text, kept=kept)


def _flow(text: str, *, kept: bool) -> str:
    return text if kept else text.replace("\n", " ")


def _paragraphs(words: str, *, is_line: bool) -> Iterator[Piece]:
    if words and not words.isspace():
        for part in paragraphs(words).split("\n\n"):
            if part:
                yield part, is_line
