"""What an honest edition tells its readers: who speaks, what a machine wrote, who paid, what was wrong."""

import re
from collections.abc import Iterator
from datetime import date

from composer.blocks import Block
from composer.commissions import OWN_KEY, read_provenance
from composer.model import Severity
from composer.proofs.calendar import with_dates
from composer.proofs.case import BODY, Case, Finding, Mend, is_day, is_open, rule
from composer.proofs.naming import names
from composer.proofs.reading import read, sentences
from composer.proofs.vocabulary import EUPHEMISMS, NEAR_DAYS, QUOTED
from composer.text import count_words, cut, one_line

_TELLING = ("lede", "prose", "brief", "link", "view", "quote", "pullquote")
_QUOTE_WORDS_MOST, _QUOTE_WORDS_FORBIDDEN = 30, 60


@rule(
    "E-QUOTE-LEN",
    "warning",
    also="error",
    reason="Very short extracts are fair dealing; past 60 words it is republication (error).",
    mend="Cut the quotation to 30 words, or say the rest in your own.",
)
def quotation_length(case: Case) -> Iterator[Finding]:
    """Count the words of every quotation, in quote blocks and in running text."""
    for block in case.manuscript.visible:
        for words, below in _quotations(block):
            count = count_words(words)
            if count > _QUOTE_WORDS_MOST:
                severity: Severity = "error" if count > _QUOTE_WORDS_FORBIDDEN else "warning"
                message = f"a quotation of {count} words (“{cut(one_line(words), 30)}”); {_QUOTE_WORDS_MOST} are enough"
                yield Finding(block=block, key=BODY, below=below, severity=severity, message=message)


@rule(
    "E-SPEAKER",
    "warning",
    reason="A quotation is worth what its speaker knows; readers need the name, and the role when they first meet it.",
    mend="Write `speaker:` and `role:`.",
)
def speaker_missing(case: Case) -> Iterator[Finding]:
    """Want a name, and a role unless the text above has named the speaker already."""
    above = ""
    for block in case.manuscript.visible:
        speaker = block.get("speaker")
        quotes = block.kind == "quote" or (block.kind == "pullquote" and block.get("origin") == "speaker")
        if quotes and not speaker and block.get("anonymous") != "yes":
            message = "the quotation has no speaker; write `speaker:`, or `anonymous: yes` with a reason"
            yield Finding(block=block, key="speaker", message=message)
        elif quotes and speaker and not block.get("role") and not is_open(speaker) and not _is_known(speaker, above):
            yield Finding(block=block, key="role", message=f"readers meet {speaker} here first; write `role:`")
        above += f"\n{read(block.body).words} {speaker}"


@rule(
    "E-ANON",
    "error",
    reason="An unnamed voice asks for trust; readers must learn why it has no name.",
    mend="Write `reason:` with why the speaker cannot be named.",
)
def anonymous_unexplained(case: Case) -> Iterator[Finding]:
    """Want a reason for every anonymous voice."""
    for block in case.manuscript.of("quote"):
        if block.get("anonymous") == "yes" and not block.get("reason"):
            message = "the speaker is anonymous and nobody says why; write `reason:`"
            yield Finding(block=block, key="anonymous", message=message)


@rule(
    "E-AI",
    "error",
    reason="Readers are owed a word on what a machine wrote (EU AI Act, Article 50).",
    mend="Write `ai:` and `ai_note:` in the header, or a disclosure block of kind ai.",
)
def ai_undisclosed(case: Case) -> Iterator[Finding]:
    """Want one disclosure for the whole edition when any block, or the header, names a machine's part."""
    header, note = case.manuscript.get("ai", "none"), case.manuscript.get("ai_note")
    if (header != "none" and note) or any(block.get("kind") == "ai" for block in case.manuscript.of("disclosure")):
        return
    if header != "none":
        yield Finding(key="ai", message=f"the edition is {header} by a machine and does not say how; write `ai_note:`")
    for block in case.manuscript.visible:
        if block.get("ai", "none") != "none":
            message = f"{block.get('ai')} by a machine, and the edition does not say so; write `ai:` and `ai_note:`"
            yield Finding(block=block, key="ai", message=message)


@rule(
    "E-AI-LONG",
    "info",
    reason="One line on the use of AI keeps trust, a detailed one lowers it.",
    mend="Keep one sentence, and link to the policy.",
)
def ai_note_long(case: Case) -> Iterator[Finding]:
    """Count the sentences of the disclosure."""
    message = "the word on AI runs past one sentence; keep one and link the rest"
    if len(sentences(case.manuscript.get("ai_note"))) > 1:
        yield Finding(key="ai_note", message=message)
    for block in case.manuscript.of("disclosure"):
        if block.get("kind") == "ai" and len(sentences(read(block.body).words)) > 1:
            yield Finding(block=block, key=BODY, message=message)


@rule(
    "E-AI-EDITED",
    "info",
    reason="Words that somebody has worked on are no longer a machine's alone, and the record should say so.",
    mend="Write `ai: assisted`.",
)
def ai_edited(case: Case) -> Iterator[Finding]:
    """Compare the words of every brief that says it was generated with what its model wrote."""
    for block in case.manuscript.of("brief"):
        made = read_provenance(block.get(OWN_KEY))
        if made and block.get("ai") == "generated" and not made.is_of(block.body):
            message = f"somebody has worked on what {made.model} wrote; write `ai: assisted`"
            yield Finding(block=block, key="ai", message=message)


@rule(
    "E-SPONSOR",
    "error",
    reason="Paid words must say that they are, in words (CAN-SPAM, and everybody's trust).",
    mend="Write `label:`, such as Sponsored or Advertisement.",
)
def sponsor_unlabelled(case: Case) -> Iterator[Finding]:
    """Want a label that readers see."""
    for block in case.manuscript.of("sponsor"):
        if not block.get("label"):
            yield Finding(block=block, key="label", message="paid words without a label; write `label: Sponsored`")


@rule(
    "E-CONFLICT",
    "info",
    reason="Readers may know who pays us; a story about them is weighed differently, and honestly so when we say it.",
    mend="Write a disclosure block of kind funding or conflict that names them.",
)
def partner_undisclosed(case: Case) -> Iterator[Finding]:
    """Look for the newsletter's partners (`partners` in newsletter.toml) in its words, once each."""
    told = " ".join(read(block.body).words for block in case.manuscript.of("disclosure") if block.get("kind") != "ai")
    for partner in case.settings.partners:
        block = next((one for one in case.manuscript.blocks if _is_about(case, one, partner)), None)
        if block and not names(told, partner, case.lang):
            message = f"the edition names {partner}, a partner; disclose it in a block of kind funding or conflict"
            yield Finding(block=block, message=message)


def dated(case: Case) -> Iterator[Mend]:
    """Offer the day or week that a word of near time means, counted from the only source's day, else the edition's."""
    for block in case.manuscript.of("brief", "link"):
        anchor = _anchor(case, block)
        if anchor and (body := with_dates(block.body, anchor, case.lang)) != block.body:
            yield Mend(block=block, words=body)


@rule(
    "E-TIME",
    "warning",
    reason="Today and this week are read weeks later, in feeds and archives.",
    mend="Write the day or the date.",
    mender=dated,
    offers=True,
)
def near_day(case: Case) -> Iterator[Finding]:
    """Look for words of near time in briefs and links, outside quotations; in the lede when no date anchors them."""
    kinds = ("brief", "link") if case.manuscript.get("date") else ("lede", "brief", "link")
    near = NEAR_DAYS.get(case.lang)
    for block, reading in case.readings(*kinds):
        for passage in reading.passages:
            found = near.search(QUOTED.sub(" ", passage.words)) if near else None
            if found:
                message = f"“{found.group()}” will be read later; write the date"
                yield Finding(block=block, key=BODY, below=passage.line, message=message)


@rule(
    "E-CORR-FORM",
    "warning",
    reason="A correction says plainly what was wrong, what is right, and since when.",
    mend="Fill `was:`, `now:` and `date: YYYY-MM-DD`, and call an error an error.",
)
def correction_form(case: Case) -> Iterator[Finding]:
    """Look at corrections proper for both wordings, at every kind for its date, and for words that hide a fault."""
    for block in case.manuscript.of("correction"):
        proper = block.get("kind") == "correction"
        missing = [key for key in ("was", "now") if proper and not block.get(key)]
        if missing:
            message = f"the correction does not say what {' and what '.join(_SAYS[key] for key in missing)}"
            yield Finding(block=block, message=f"{message}; write `{':` and `'.join(missing)}:`")
        day = block.get("date")
        if day and not is_day(day):
            yield Finding(block=block, key="date", message=f"the date {day} is not YYYY-MM-DD; write it so")
        hidden = EUPHEMISMS.search(read(block.body).words)
        if proper and hidden:
            message = f"“{hidden.group()}” hides that it was wrong; write corrected"
            yield Finding(block=block, key=BODY, message=message)


_SAYS = {"was": "was wrong", "now": "is right"}


def _is_about(case: Case, block: Block, partner: str) -> bool:
    if block.kind not in _TELLING:
        return False
    said = (block.get("headline"), block.get("attribution"), block.get("speaker"), block.get("role"))
    return names(" . ".join((*said, read(block.body).words)), partner, case.lang_of(block))


def _anchor(case: Case, block: Block) -> date | None:
    """Return the day that a brief's words of near time are counted from: a draft speaks as its source did."""
    days = [source.get("published")[:10] for name in block.all("source") if (source := case.source(name))]
    day = days[0] if len(days) == 1 and is_day(days[0]) else case.manuscript.get("date")
    return date.fromisoformat(day) if is_day(day) else None


def _quotations(block: Block) -> Iterator[tuple[str, int]]:
    """Yield every quotation in a block with its line: all of a quote block, the quoted words of any other."""
    reading = read(block.body)
    if block.kind == "quote":
        yield reading.words, 0
        return
    for passage in reading.passages:
        yield from ((quoted.group()[1:-1], passage.line) for quoted in QUOTED.finditer(passage.words))


def _is_known(speaker: str, above: str) -> bool:
    surname = speaker.rsplit(maxsplit=1)[-1]
    return re.search(rf"(?<!\w){re.escape(surname)}", above) is not None


RULES = (
    quotation_length,
    speaker_missing,
    anonymous_unexplained,
    ai_undisclosed,
    ai_note_long,
    ai_edited,
    sponsor_unlabelled,
    partner_undisclosed,
    near_day,
    correction_form,
)
