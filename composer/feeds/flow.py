"""HTML trees → the plain words a reader sees, by one stylesheet: libxslt walks the tree, Python only parts the words.

Marks are non-characters: no text that was cleaned may hold them.
"""

import re
from functools import cache

from lxml import etree

from composer.feeds.letters import is_usual

LINES = frozenset({"dd", "dt", "li", "tr"})
CELLS = frozenset({"td", "th"})
BLOCKS = frozenset(
    "address article aside blockquote body center details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 "  # noqa: SIM905 (one name a line would hide the list's shape)
    "header hr html main nav ol p pre section summary table tbody tfoot thead ul".split()
)
SILENT = frozenset(
    "audio button canvas figcaption head iframe math noscript script select style svg template textarea "  # noqa: SIM905 (as above)
    "title video".split()
)
BLOCK, LINE, BREAK = "\ufdd0", "\ufdd1", "\ufdd2"
_EMPTY_LINE = re.compile(f"{BREAK} ?{BREAK}")
_USUAL_SPACES = "\n\t\xa0"
_RUN = re.compile(r"\s+")
_MODES = {(False, False): "flow", (True, False): "line", (False, True): "kept", (True, True): "kept-line"}


def flow(root: etree._Element) -> str:
    """Return a tree's paragraphs, parted by blank lines; lines of lists and tables that follow each other by one."""
    try:
        return told(str(_stylesheet()(root)))
    except etree.XSLTApplyError:
        return ""


def told(marked: str) -> str:
    """Return marked words as paragraphs."""
    words = _evenly_spaced(marked)
    bare = words.replace(BLOCK, "").replace(LINE, "").replace(BREAK, "")
    return _parted(words if is_usual(bare) else _RUN.sub(" ", words))


def told_of_usual(marked: str) -> str:
    """Do what `told` does for words that hold no unusual space (see `letters.is_usual`)."""
    return _parted(_evenly_spaced(marked))


def _evenly_spaced(words: str) -> str:
    """Write every run of usual white space as one space, at the speed of `str.replace`."""
    for space in _USUAL_SPACES:
        words = words.replace(space, " ")
    while len(fewer := words.replace("  ", " ")) < len(words):
        words = fewer
    return words


def _parted(spaced: str) -> str:
    if LINE in spaced or BREAK in spaced:
        return _with_lines(spaced)
    return "\n\n".join(filter(None, (paragraph.strip(" ") for paragraph in spaced.split(BLOCK))))


def _with_lines(spaced: str) -> str:
    """Return paragraphs among which are lines; lines that follow each other are one paragraph."""
    text: list[str] = []
    was_line = False
    for block in spaced.split(BLOCK):
        *lines, last = block.split(LINE) if LINE in block else (block,)
        for line in lines:
            for paragraph in _paragraphs(line):
                text += "\n" if was_line else "\n\n", paragraph
                was_line = True
        for paragraph in _paragraphs(last):
            text += "\n\n", paragraph
            was_line = False
    return "".join(text[1:])


def _paragraphs(words: str) -> list[str]:
    if BREAK not in words:
        line = words.strip(" ")
        return [line] if line else []
    parts = (part.split(BREAK) for part in _EMPTY_LINE.split(words))
    whole = ("\n".join(filter(None, (line.strip(" ") for line in lines))) for lines in parts)
    return [paragraph for paragraph in whole if paragraph]


@cache
def _stylesheet() -> etree.XSLT:
    rules = "".join(_rules(is_line=is_line, is_kept=is_kept) for is_line, is_kept in _MODES)
    sheet = (
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        '<xsl:output method="text" encoding="utf-8"/>'
        f'<xsl:template match="/"><xsl:apply-templates mode="flow"/></xsl:template>{rules}</xsl:stylesheet>'
    )
    return etree.XSLT(etree.fromstring(sheet), access_control=etree.XSLTAccessControl.DENY_ALL)


def _rules(*, is_line: bool, is_kept: bool) -> str:
    """Write the templates for words inside a line of a list or table or not, with line ends kept or not."""
    mode, mark = _MODES[is_line, is_kept], LINE if is_line else BLOCK
    rules = [
        f'<xsl:template mode="{mode}" match="{_match(SILENT)}|comment()|processing-instruction()"/>',
        _block(mode, _match(BLOCKS - {"pre"}), (mark, mark), mode),
        _block(mode, _match(LINES), (mark, LINE), _MODES[True, is_kept]),
        _block(mode, "pre", (mark, mark), _MODES[is_line, True]),
        _block(mode, _match(CELLS), ("", "<xsl:text> </xsl:text>"), mode),
        f'<xsl:template mode="{mode}" match="br">{BREAK}</xsl:template>',
    ]
    if is_kept:
        kept = f"<xsl:value-of select=\"translate(., '&#10;', '{BREAK}')\"/>"
        rules.append(f'<xsl:template mode="{mode}" match="text()">{kept}</xsl:template>')
    return "".join(rules)


def _block(mode: str, match: str, marks: tuple[str, str], inner: str) -> str:
    inside = f'<xsl:apply-templates mode="{inner}"/>'
    return f'<xsl:template mode="{mode}" match="{match}">{marks[0]}{inside}{marks[1]}</xsl:template>'


def _match(tags: frozenset[str]) -> str:
    return "|".join(sorted(tags))
