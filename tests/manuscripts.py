"""Texts and manuscripts for property tests: hostile texts, and every valid manuscript there is."""

import re

from hypothesis import strategies as st

from composer.blocks import HEADER, HEADER_LISTS, KINDS, Block, Field, Manuscript

LINE_ENDS = ("\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f")
NEVER_KEPT = frozenset(
    {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *map(chr, range(0xD800, 0xE000)), *"\ufeff\ufffe\uffff"}
    - {"\t", *LINE_ENDS}
)
_TYPED = r"""
:::|::::|:::::|::: x|::: lede|::: Lede #a|:::lede|::: photo #a|::: credits|::: figure|::: source|::: brief|::: divider
::: two words|:::: quote|::: prose|::: note|::: subhead #b|# Words|## Words {#id}|### x {#a b}|# {#id}|#Words|# |#### deep
<!-- a note -->|<!--|-->|<!-- half|half -->|<!-- a --> b|<!---->|a <!-- b --> c|<!-- a --><!-- b|<!-- a --> # b|<!-->
```|````|```py|~~~|``` ` x|   ```|---|--- |----|***|    indented|trailing  |plain words|"quoted"|\|https://x
title: Salt|Title: Salt|title:|title: "half|tags:|tags: a|tags: b|  - item|- item|-|source: a|source:|x-own: 1|x-own:
own: 2|"no": 1|alt: a|Alt: a|dateline: Here|Moscow: words|speaker:|research: N|sound: S|sound:S|label: x|# comment
dek: "said \n so"|dek: 'x'
"""
_UNSEEN = (
    "\u202eright\u202c",
    "\ufeff\ufeff",
    "\ufeff---",
    "a\x00b",
    "\ud800",
    "\x7f: x",
    "\u00a0",
    "x\u00a0",
    "e\u0301",
)
FRAGMENTS = (*_TYPED.strip().replace("\n", "|").split("|"), "", " ", "\t", "| a | b |", "é", "😀", "שלום: x", *_UNSEEN)
ID = re.compile(r"\w[\w.-]*")
OWN_KEYS = ("x-own", "x-allow", "x-no_1")
HEADER_OWN_KEYS = ("x-own", "no", "Null", "camelCase", "e5", "y")
KIND_NAMES = (*KINDS, "x", "Unheard-of", "poem_2")


def _clean(words: str) -> str:
    return "".join(letter for letter in words if letter not in NEVER_KEPT and letter not in LINE_ENDS)


STARTS = ("", "---\n", "\ufeff---\n", "---\r\ntitle: x\r\n", "---\ntitle: x\n---\n")
TYPED_LINES = tuple(words + end for words in FRAGMENTS for end in ("\n", "\n", "\n", *LINE_ENDS))


def hostile_texts() -> st.SearchStrategy[str]:
    """Texts put together from lines that mean something, with every kind of line end."""
    lines = st.lists(st.sampled_from(TYPED_LINES) | st.text(max_size=6), max_size=20).map("".join)
    return st.tuples(st.sampled_from(STARTS), lines, st.sampled_from(["", "---", ":::"])).map("".join)


LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029") | st.just(
    "\t"
)
LINES = st.sampled_from([_clean(words) for words in FRAGMENTS]) | st.text(LETTERS, max_size=10)
IDS = st.just("") | st.sampled_from(["a", "salt-2", "é.x"]) | st.from_regex(ID, fullmatch=True)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    lines = draw(st.lists(LINES, max_size=6))
    while lines and not lines[0].strip(" \t"):
        lines = lines[1:]
    while lines and not lines[-1].strip(" \t"):
        lines = lines[:-1]
    return "\n".join(lines)


@st.composite
def comments(draw: st.DrawFn) -> tuple[str, ...]:
    return tuple(f"#{words}".strip(" \t") for words in draw(st.lists(LINES, max_size=2)))


def _values(key: str, lists: frozenset[str] | tuple[str, ...], known: tuple[str, ...]) -> st.SearchStrategy:
    if key in lists:
        return st.lists(LINES, max_size=3).map(tuple)
    return LINES if key in known else LINES | st.lists(LINES, min_size=1, max_size=3).map(tuple)


@st.composite
def block_fields(draw: st.DrawFn, kind: str, *, unique: bool) -> tuple[Field, ...]:
    known = KINDS[kind].keys if kind in KINDS else ()
    lists = KINDS[kind].lists if kind in KINDS else ()
    own = (*OWN_KEYS, "sound", "no") if kind in KINDS and KINDS[kind].open_keys else OWN_KEYS
    keys = draw(st.lists(st.sampled_from((*known, *known, *own)), max_size=5))
    kept = [key for place, key in enumerate(keys) if key not in keys[:place] or (not unique and key not in lists)]
    return tuple(Field(key=key, value=draw(_values(key, lists, known))) for key in kept)


def _not_field(line: str) -> bool:
    return ":" not in line


@st.composite
def blocks(draw: st.DrawFn, *, flawless: bool = False) -> Block:
    kind = draw(st.sampled_from(tuple(KINDS) if flawless else KIND_NAMES))
    body = draw(bodies())
    if kind in KINDS and KINDS[kind].body == "none":
        body = "" if flawless else "\n".join(line for line in body.split("\n") if _not_field(line)).strip(" \t\n")
    return Block(kind=kind, id=draw(IDS), fields=draw(block_fields(kind, unique=flawless)), body=body)


@st.composite
def headers(draw: st.DrawFn, *, unique: bool = False) -> tuple[Field, ...]:
    keys = draw(st.lists(st.sampled_from((*HEADER, *HEADER_OWN_KEYS)), max_size=8))
    kept = [key for at, key in enumerate(keys) if key not in keys[:at] or (not unique and key not in HEADER_LISTS)]
    ordered = sorted(kept, key=lambda key: HEADER.index(key) if key in HEADER else len(HEADER))
    return tuple(
        Field(key=key, value=draw(_values(key, HEADER_LISTS, HEADER)), above=draw(comments())) for key in ordered
    )


@st.composite
def manuscripts(draw: st.DrawFn, *, flawless: bool = False) -> Manuscript:
    """Every valid manuscript (`composer.manuscript.writer`); a flawless one has no problem either."""
    return Manuscript(
        header=draw(headers(unique=flawless)),
        header_tail=draw(comments()),
        blocks=tuple(draw(st.lists(blocks(flawless=flawless), max_size=5))),
    )
