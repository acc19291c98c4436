"""HTML as publishers mostly write it → the words that `flow` would give, without a tree, in a fraction of its time.

Elements that hold no other are taken away from the inside out, and what is left are words and marks. Whatever is not
nested as it should be, or not of the usual kinds, is declined: a parser knows what it means. A test holds both to the
same words.
"""

import html
import re
from collections.abc import Callable
from html.entities import html5, name2codepoint

from composer.feeds.flow import BLOCK, BREAK, LINE, told, told_of_usual
from composer.feeds.letters import is_shown

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
_REFERENCE = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,10})|#([0-9]{1,7}));")
_CERTAIN = {"apos": "'"} | {name: chr(code) for name, code in name2codepoint.items() if html5[f"{name};"] == chr(code)}
_SPACE_NAMES = frozenset({"ensp", "emsp", "thinsp"})


def fast_flow(markup: str) -> str | None:
    """Return the paragraphs of HTML that holds no control characters (see `clean.plain`), or None."""
    words = _marked(markup)
    return None if words is None else _told(words, told)


def fast_flow_of_usual(markup: str) -> str | None:
    """Do what `fast_flow` does for HTML of usual letters (see `letters.is_usual`)."""
    words = _marked(markup)
    return None if words is None else _told(words, told_of_usual)


def _marked(markup: str) -> str | None:
    """Return the words of HTML with marks in place of its elements, or None."""
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
    return words


def _without_inmost(words: str) -> str:
    """Take away what holds no other element, but for lists, which hold lines."""
    words = _LIST.sub(_list, _RULE.sub(BLOCK, _SILENT.sub("", words)))
    return _BRANCH.sub(rf"{BLOCK}\2{BLOCK}", words)


def _list(found: re.Match[str]) -> str:
    return f"{BLOCK}{_ITEM.sub(_line, found[2])}{BLOCK}"


def _line(found: re.Match[str]) -> str:
    return f"{BLOCK}{found[1].replace(BLOCK, LINE)}{LINE}"


def _told(words: str, tell: Callable[[str], str]) -> str | None:
    """Tell words with their character references resolved; None unless all parsers read every one in the same way."""
    if "&" not in words:
        return tell(words)
    found = _REFERENCE.findall(words)
    if len(found) != words.count("&"):
        return None
    for name, number in set(found):
        letter = _letter(name, number)
        if not letter:
            return None
        if letter != "&":
            words = words.replace(f"&{name or f'#{number}'};", letter)
        if name in _SPACE_NAMES:
            tell = told
    return tell(html.unescape(words))  # ampersands are left, and come last: what follows one is then no reference


def _letter(name: str, number: str) -> str:
    if name:
        return _CERTAIN.get(name, "")
    return chr(int(number)) if is_shown(int(number)) else ""
