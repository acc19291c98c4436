"""All outputs at once: that they say the same, that they say it again, and that they say it to everybody."""

from collections.abc import Iterator

from composer.blocks import Block
from composer.proofs.case import Case, Finding, rule
from composer.proofs.content import tokens
from composer.proofs.galley import ATOM, FEED, JSON, PAGE, RSS
from composer.proofs.opened import visible_words
from composer.proofs.telling import folded_whole, searched, telling
from composer.text import cut, one_line, quoted

_PUBLIC = (PAGE, RSS, FEED, JSON)
_TEXT = "the mail's text"


@rule(
    "O-PARITY",
    "error",
    reason="Whatever the editor wrote must reach every reader: in HTML and text, on the page, in each feed.",
    mend="Mend the theme: it leaves the block out.",
)
def parity(case: Case) -> Iterator[Finding]:
    """Look for the first words of every visible block; text leaves pull quotes out, they repeat."""
    bodies = _bodies(case)
    for block in case.manuscript.visible if bodies else ():
        for key, words in telling(block):
            wanted = searched(words, case.lang)
            missing = [name for name, told in bodies if wanted not in told and not _may_lack(block, name)]
            if missing:
                where = " and ".join(missing)
                told = quoted(cut(one_line(words), 40))
                yield Finding(block=block, key=key, message=f"{told} is missing from {where}; the theme leaves it out")


@rule(
    "O-DETERMINISTIC",
    "error",
    reason="One revision gives one set of bytes: only so can it be proved, published again and compared.",
    mend="Take what changes by itself out of the theme or the plug-in: clocks, random order, counters.",
)
def same_again(case: Case) -> Iterator[Finding]:
    """Name the files that a second rendering of the same revision wrote otherwise."""
    if case.galley and case.galley.unsteady:
        yield Finding(message=f"rendered twice, {', '.join(case.galley.unsteady)} came out differently")


@rule(
    "O-TOKEN",
    "error",
    reason="A sender's merge tag is filled in for each subscriber; on the page and in feeds it stands as it is.",
    mend="Take it out, or except the block by `x-allow: O-TOKEN` where the words are meant.",
)
def merge_tags(case: Case) -> Iterator[Finding]:
    """Look for merge tags in the words of page and feeds, and name the block that they come from."""
    if case.galley is None:
        return
    texts = "\n".join(str(item.get("content_text") or "") for item in case.galley.json_items)
    found = dict.fromkeys(tokens(texts), JSON)
    found |= {tag: name for name in reversed(_PUBLIC) for tag in tokens(_told(case, name))}
    for tag, name in found.items():
        message = f"{quoted(cut(tag, 40))} stands in {_said(name)}, where nobody fills it in"
        block = next((block for block in case.manuscript.visible if tag in _whole(block)), None)
        header = (item.key for item in case.manuscript.header if tag in str(item.value))
        yield Finding(block=block, key="" if block else next(header, ""), message=message)


def _bodies(case: Case) -> list[tuple[str, str]]:
    if not case.message:
        return []
    mail = [("the mail's HTML", visible_words(case.message.html)), (_TEXT, case.message.text)]
    public = [(_said(name), _told(case, name)) for name in _PUBLIC if case.galley and name in case.galley.files]
    return [(name, folded_whole(words)) for name, words in [*mail, *public]]


def _told(case: Case, name: str) -> str:
    """Return the words that a reader of the page or of a feed sees of this edition."""
    galley = case.galley
    if galley is None:
        return ""
    if name in {PAGE, RSS}:
        return visible_words(galley.words(PAGE) if name == PAGE else galley.content_html)
    if name == FEED:
        entries = galley.atom.findall(f"{ATOM}entry") if galley.atom is not None else []
        return "\n".join(_plain(entry.findtext(f"{ATOM}content")) for entry in entries)
    return "\n".join(_plain(item.get("content_html")) for item in galley.json_items)


def _plain(html: object) -> str:
    return visible_words(html) if isinstance(html, str) and html.strip() else ""


def _said(name: str) -> str:
    return "the page" if name == PAGE else name


def _may_lack(block: Block, name: str) -> bool:
    return block.kind == "pullquote" and name == _TEXT


def _whole(block: Block) -> str:
    return "\n".join([block.body, *(str(item.value) for item in block.fields)])


RULES = (parity, same_again, merge_tags)
