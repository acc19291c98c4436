"""The rendered mail: its weight, what law asks for at its foot, and that nothing the editor wrote is lost in it."""

import re
from collections.abc import Iterator

from composer.blocks import Block
from composer.proofs.case import Case, Finding, rule
from composer.proofs.inbox import REPLY
from composer.proofs.opened import opened, visible_words
from composer.proofs.reading import read
from composer.text import cut, one_line, quoted, without_isolates

_HEAVY_BYTES, _CLIPPED_BYTES = 85_000, 100_000
_STYLE_BYTES_MOST = 16 * 1024
_FIRST_WORDS = 5
_HEAVIEST = 3
_WORD = re.compile(r"[^\W_]+")
_BROKEN = re.compile("(?<=[\u2e80-\u9fff\uf900-\ufaff]) (?=[\u2e80-\u9fff\uf900-\ufaff])")  # no spaces but line ends
_UNPARTED = frozenset({"ar", "he", "iw", "zh", "ja", "yue"})
_BY_BODY = ("lede", "prose", "section", "subhead", "subhead3", "quote", "view", "correction", "disclosure", "why")
_BY_FIELDS = {
    "brief": ("headline",),
    "link": ("headline",),
    "figure": ("title",),
    "photo": ("credit",),
    "sponsor": ("label", "name"),
    "signup": ("label",),
    "cta": ("label",),
    "provenance": ("text",),
}


@rule(
    "EML-S01",
    "warning",
    also="error",
    reason="Gmail clips a mail at about 102 KB, and its foot with the unsubscribe link is lost (error from 100 KB).",
    mend="Cut words or blocks until the HTML is under 85 KB.",
)
def weight(case: Case) -> Iterator[Finding]:
    """Weigh the HTML in UTF-8, and name the blocks with the most words."""
    size = len(case.message.html.encode(errors="replace")) if case.message else 0
    if size >= _HEAVY_BYTES:
        longest = sorted(case.manuscript.visible, key=lambda block: -len(block.body.encode(errors="replace")))[
            :_HEAVIEST
        ]
        named = ", ".join(f"{block.name} at line {block.line}" for block in longest)
        message = f"the mail's HTML weighs {size / 1000:.1f} KB, Gmail clips at about 102; the longest blocks: {named}"
        yield Finding(severity="error" if size >= _CLIPPED_BYTES else "warning", message=message)


@rule(
    "EML-S02",
    "error",
    reason="Gmail drops style sheets past 16 KB, and the mail's layout on phones with them.",
    mend="Shorten the theme's style sheet.",
)
def style_weight(case: Case) -> Iterator[Finding]:
    """Weigh the first style element."""
    styles = opened(case.message.html).xpath("//style") if case.message else []
    size = len((styles[0].text or "").encode()) if styles else 0
    if size > _STYLE_BYTES_MOST:
        message = f"the mail's first style sheet weighs {size / 1024:.1f} KB; 16 are the most, shorten the theme's"
        yield Finding(message=message)


@rule(
    "EML-F01",
    "error",
    reason="Law and every mailbox provider want a way out that readers can see.",
    mend="Set mail.unsubscribe_url in newsletter.toml, and let the theme show it in HTML and text.",
)
def way_out(case: Case) -> Iterator[Finding]:
    """Look for the link with words on it in the HTML, and for its address in the text."""
    if not case.message:
        return
    url = case.message.unsubscribe_url or case.settings.unsubscribe_url
    if not url:
        yield Finding(message="the mail has no way out; set mail.unsubscribe_url in newsletter.toml")
        return
    links = [link for link in opened(case.message.html).xpath("//a[@href]") if link.get("href").strip() == url]
    if not any(link.text_content().strip() for link in links):
        yield Finding(message="the mail's HTML shows no unsubscribe link; the theme must print it")
    if url not in case.message.text:
        yield Finding(message="the mail's text shows no unsubscribe link; the theme must print it")


@rule(
    "EML-F02",
    "error",
    also="warning",
    reason="Many countries want the sender's postal address in every mail (unset: warning).",
    mend="Set mail.postal_address in newsletter.toml, and let the theme print it in HTML and text.",
)
def postal_address(case: Case) -> Iterator[Finding]:
    """Look for the words of the address in a row, however lines are broken."""
    if not case.message:
        return
    address = _folded(case.settings.postal_address)
    if not address:
        message = "the mail has no postal address; set mail.postal_address in newsletter.toml"
        yield Finding(severity="warning", message=message)
        return
    for name, words in _bodies(case):
        if address not in words:
            yield Finding(message=f"the mail's {name} lacks the postal address; the theme must print it")


@rule(
    "EML-H07",
    "error",
    reason="A subject that is empty, broken over lines or a false reply is refused or filtered.",
    mend="Write the subject as one line of plain words.",
)
def subject_line(case: Case) -> Iterator[Finding]:
    """Look at the subject as it will be sent."""
    subject = case.message.subject if case.message else "-"
    if not subject.strip():
        yield Finding(key="subject", message="the mail has no subject; write `subject:` or `title:`")
    if re.search(r"[\r\n]", subject):
        yield Finding(key="subject", message="the mail's subject holds a line end; write it on one line")
    if REPLY.match(subject) and not REPLY.match(case.manuscript.get("subject") or case.manuscript.get("title")):
        yield Finding(key="subject", message="the mail's subject pretends to be a reply; take Re: or Fwd: out")


@rule(
    "O-PARITY",
    "error",
    reason="Whatever the editor wrote must reach every reader, in HTML and in text.",
    mend="Mend the theme: it leaves the block out.",
)
def parity(case: Case) -> Iterator[Finding]:
    """Look for the first words of every visible block; text leaves pull quotes out, they repeat."""
    bodies = _bodies(case)
    for block in case.manuscript.visible if bodies else ():
        for key, words in _telling(block):
            missing = [name for name, told in bodies if _searched(words, case.lang) not in told]
            missing = [name for name in missing if block.kind != "pullquote" or name == "HTML"]
            if missing:
                where = " and its ".join(missing)
                message = (
                    f"{quoted(cut(one_line(words), 40))} is missing from the mail's {where}; the theme leaves it out"
                )
                yield Finding(block=block, key=key, message=message)


def _bodies(case: Case) -> list[tuple[str, str]]:
    if not case.message:
        return []
    return [("HTML", _folded(visible_words(case.message.html))), ("text", _folded(case.message.text))]


def _telling(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the words by which a block is known again in the mail."""
    for key in _BY_FIELDS.get(block.kind, ()):
        yield key, block.get(key)
    if block.kind == "credits":
        keys = [item.key for item in block.fields if not item.key.startswith("x-")]
        yield from ((key, name) for key in keys for name in block.all(key))
    if block.kind in {*_BY_BODY, "brief", "link", "sponsor", "pullquote"}:
        yield "", _first_words(block)


def _first_words(block: Block) -> str:
    """Return a block's first words, up to a link, which text follows with a number."""
    reading = read(block.body)
    if not reading.passages:
        return ""
    words = reading.passages[0].words
    if reading.anchors and reading.anchors[0].words:
        words = words.split(reading.anchors[0].words)[0]
    return " ".join(_WORD.findall(words)[:_FIRST_WORDS])


def _folded(words: str) -> str:
    """Return bare words in small letters, so that marks, isolates, line ends and case make no difference."""
    told = _WORD.findall(without_isolates(words))
    return f" {_BROKEN.sub('', ' '.join(told)).lower()} " if told else ""


def _searched(words: str, lang: str) -> str:
    """Return bare words to look for, without the spaces around them in languages where none may stand there.

    Arabic and Hebrew write "and" as a part of the next name; Chinese and Japanese part no words.
    """
    return _folded(words).strip() if lang in _UNPARTED else _folded(words)


RULES = (weight, style_weight, way_out, postal_address, subject_line, parity)
