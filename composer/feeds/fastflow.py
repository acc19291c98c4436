"""HTML as publishers mostly write it → the words that `flow` would give, without a tree, in a fraction of its time.

Elements that hold no other are taken away from the inside out, and what is left are words and marks. Whatever is not
nested as it should be, or not of the usual kinds, is declined: a parser knows what it means. A test holds both to the
same words.
"""

import html
import re
from html.entities import html5, name2codepoint

from composer.feeds.flow import BLOCK, BREAK, LINE, told

_OPEN = r"""(?>\s++[^\s"'<>/=]++(?>=(?>"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++))?+)*+\s*+>"""
_EMPTY = f"{_OPEN[:-1]}/?>"
_INLINE = re.compile(
    r"</?(?>abbr|a|bdi|b|cite|code|del|em|img|ins|i|kbd|mark|q|small|span|strong|sub|sup|s|time|u|wbr)"
    rf"{_EMPTY}|<!--[^<>-]*+(?>-[^<>-]++)*+-->"
)
_ANCHOR = re.compile(r"<(/?a)[\s/>]")
_BREAK = re.compile(rf"<br{_EMPTY}")
_RULE = re.compile(rf"<hr{_EMPTY}")
_LEAF = re.compile(rf"<(p|h[1-6]){_OPEN}(?=[^<]*+</\1>)")
_LEAF_END = re.compile(r"</(?>p|h[1-6])>")
_SILENT = re.compile(rf"<(figcaption|iframe|script|style){_OPEN}[^<]*+</\1>")
_ITEM = re.compile(rf"<li{_OPEN}([^<]*+)</li>")
_LIST = re.compile(rf"<([uo]l){_OPEN}(\s*+(?><li{_OPEN}[^<]*+</li>\s*+)*+)</\1>")
_BRANCH = re.compile(
    rf"<(article|aside|blockquote|center|div|figure|footer|header|main|nav|section){_OPEN}([^<]*+)</\1>"
)
_REFERENCE = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,10})|#(\d{1,7}));")
_CERTAIN = {"apos", *(name for name, code in name2codepoint.items() if html5[f"{name};"] == chr(code))}


def fast_flow(markup: str) -> str | None:
    """Return the paragraphs of HTML that holds no control characters (see `clean.plain`), or None."""
    anchors = _ANCHOR.findall(markup)
    if anchors != ["a", "/a"] * (len(anchors) // 2):  # one in another ends what stands around it
        return None
    words = _INLINE.sub("", markup)
    if "<br" in words:
        words = _BREAK.sub(BREAK, words)
    words, leaves = _LEAF.subn(BLOCK, _SILENT.sub("", words))
    words, ends = _LEAF_END.subn(BLOCK, words)
    if leaves != ends:
        return None
    while "<" in words:
        fewer = _without_inmost(words)
        if fewer == words:
            return None
        words = fewer
    if "&" in words and not _is_certain(words):
        return None
    return told(html.unescape(words))


def _without_inmost(words: str) -> str:
    """Take away what holds no other element, but for lists, which hold lines."""
    words = _LIST.sub(_list, _RULE.sub(BLOCK, _SILENT.sub("", words)))
    return _BRANCH.sub(rf"{BLOCK}\2{BLOCK}", words)


def _list(found: re.Match[str]) -> str:
    return f"{BLOCK}{_ITEM.sub(_line, found[2])}{BLOCK}"


def _line(found: re.Match[str]) -> str:
    return f"{BLOCK}{found[1].replace(BLOCK, LINE)}{LINE}"


def _is_certain(words: str) -> bool:
    """Say whether all parsers read every character reference in the same way."""
    found = _REFERENCE.findall(words)
    return len(found) == words.count("&") and all(
        name in _CERTAIN if name else _is_shown(chr(min(int(number), 0x10FFFF))) for name, number in found
    )


def _is_shown(letter: str) -> bool:
    return letter.isprintable() or letter == "\xa0"
