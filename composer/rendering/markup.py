"""The editor's Markdown → sanitised HTML, or plain words. No raw HTML, no pictures, no headings.

`tokens` is the one place where Markdown is parsed; the plain-text walk starts from it too.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

DEEPEST = 40  # levels of nesting; every engine after us recurses
TAGS = {"p", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "br"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
_LEFT_OUT = ["heading", "lheading", "hr", "code", "fence", "reference", "image", "table", "html_block", "html_inline"]
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|[\x85\u2028\u2029]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def clean(words: str) -> str:
    """Drop what cannot be printed or encoded (controls, lone surrogates) and make every line end a newline."""
    return words if words.isprintable() else _UNPRINTABLE.sub("", _BREAKS.sub("\n", words))


def address(url: str) -> str:
    """Return an address that a link may carry (http, https, mailto), else ""."""
    stripped = clean(url).strip()
    return stripped if _allowed(stripped) else ""


@lru_cache(maxsize=512)  # mail, page and text walk the same bodies; nobody changes a token
def tokens(body: str) -> Sequence[Token]:
    """Parse a block's Markdown; what is nested too deep comes back as plain paragraphs, every word kept."""
    parsed = _PARSER.parse(clean(body))
    if any(leaf.level >= DEEPEST - 1 for token in parsed for leaf in (token, *(token.children or ()))):
        return _PLAIN.parse(re.sub(r"(?m)^[ \t>]+", "", clean(body)))
    return parsed


def html(body: str) -> Markup:
    """Return a block's Markdown as sanitised HTML."""
    return _sanitised(_PARSER.renderer.render(tokens(body), _PARSER.options, {}))


def inline(words: str) -> Markup:
    """Return one line's Markdown as sanitised HTML without paragraphs."""
    return _sanitised(_PARSER.renderInline(clean(words)))


def words(body: str) -> str:
    """Return a block's Markdown as plain words: paragraphs parted by a blank line, link addresses left out."""
    return "\n\n".join(_plain(token.children or ()) for token in tokens(body) if token.type == "inline")


def paragraphs(words_: str) -> Markup:
    """Return plain words as HTML paragraphs, nothing in them read as Markdown."""
    return Markup("").join(Markup("<p>{}</p>\n").format(part) for part in _PARAGRAPHS.split(clean(words_)) if part)


def quoted(body: str, marks: tuple[str, str]) -> str:
    """Put quotation marks around a block's Markdown, unless it brings its own."""
    text = body.strip()
    if not text or not (text[0].isalnum() or text[0] in "[(…") or text[-1] in "”“»\"'’":
        return text
    return f"{marks[0]}{text}{marks[1]}"


def _plain(children: Sequence[Token]) -> str:
    return "".join(_piece(child) for child in children)


def _piece(child: Token) -> str:
    return {"softbreak": " ", "hardbreak": "\n"}.get(child.type, child.content)


def _allowed(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.netloc or parts.path) and not re.search(r"\s", url)


def _sanitised(rendered: str) -> Markup:
    kept = nh3.clean(rendered, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return Markup(kept.strip())  # noqa: S704 - nh3 has just sanitised it


def _parser(*, left_out: Sequence[str]) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).disable(list(left_out))
    parser.validateLink = _allowed  # type: ignore[method-assign]  # its own way to say which links are links
    return parser


_PARSER = _parser(left_out=_LEFT_OUT)
_PLAIN = _parser(left_out=[*_LEFT_OUT, "blockquote", "list", "emphasis", "link", "autolink", "backticks"])
