"""What the sources say: figures, names and quotations that are not theirs, and words that are theirs too plainly.

The desk has looked everything up before (`Case.research`); nothing here opens a source. A fact that no source has is
named only where every source of the block could be read.
"""

from collections.abc import Iterator
from datetime import date

from composer.blocks import Block
from composer.facts import Fact, FactKind, Mention, Verdict
from composer.model import Severity
from composer.proofs.case import BODY, Case, Checked, Finding, is_day, rule
from composer.proofs.reading import read
from composer.text import count_words, cut, one_line, quoted

_STORIES = ("brief", "link")
_QUOTED_LEAST = 4  # fewer words in marks are terms, not quotations
_COPIED_WARNED, _COPIED_FORBIDDEN = 8, 15
_OVERLAP_WARNED, _OVERLAP_FORBIDDEN = 0.15, 0.35
_OVERLAP_WORDS_LEAST = 20
_SHARE_WARNED, _SHARE_FORBIDDEN = 0.15, 0.30
_LENGTH_MOST = 0.40
_OLD_DAYS = 30
_SHOWN = 90
_OWN_OR_QUOTED = "say it in your own words, or put it in quotation marks"
_COUNTED: tuple[FactKind, ...] = ("number", "percent", "money", "date")


@rule(
    "E-NUM",
    "warning",
    reason="A figure that its source does not have is a slip until somebody has looked.",
    mend="Compare it with the source (`currents evidence` shows where), and cite what else it comes from.",
)
def figure_unsupported(case: Case) -> Iterator[Finding]:
    """Look for figures and dates that no cited source has."""
    for checked, verdict in _red(case, *_COUNTED):
        said = f"{verdict.fact.words} is not in {_sources(checked)}"
        there = f"; {_source_name(verdict)} has {_shown(verdict.near)} there" if verdict.near else ""
        yield _finding(checked, verdict.fact, said + there)


@rule(
    "E-NAME",
    "warning",
    reason="A name misspelt, or put together from two people, is the error that people do not forgive.",
    mend="Spell it as the source does, or cite what else it comes from.",
)
def name_unsupported(case: Case) -> Iterator[Finding]:
    """Look for names that no cited source has."""
    for checked, verdict in _red(case, "name"):
        name = verdict.fact.words
        if verdict.result == "misspelt":
            yield _finding(
                checked, verdict.fact, f"{name}: did you mean {verdict.near}, as {_source_name(verdict)} has?"
            )
        elif verdict.result == "recombined":
            message = f"{name}: {_sources(checked)} has these words, but not as one name"
            yield _finding(checked, verdict.fact, message + (f"; {verdict.near}?" if verdict.near else ""))
        else:
            yield _finding(checked, verdict.fact, f"{name} is not in {_sources(checked)}")


@rule(
    "E-QUOTE",
    "error",
    also="warning",
    reason="Between the marks stand somebody's own words; where no source is stored, nobody can see (warning).",
    mend="Copy the words from the source, mark what is left out with …, or take the marks away.",
)
def quotation_altered(case: Case) -> Iterator[Finding]:
    """Want every quotation of four words and more, word by word, in the text of a cited source."""
    for checked in case.research.checked:
        for verdict in checked.evidence.verdicts:
            if verdict.level == "red" and _is_quotation(verdict.fact):
                yield _misquoted(checked, verdict)
        if checked.unread and not checked.evidence.sources and _quotes(checked):
            message = f"the quotation cannot be checked: no text of {', '.join(checked.unread)} is stored"
            yield Finding(block=checked.block, key=checked.key, severity="warning", message=message)


@rule(
    "E-COPY",
    "warning",
    also="error",
    reason="Eight words in a row are seldom chance, fifteen are the source's own sentence (error).",
    mend="Say it in your own words, or quote it.",
)
def copied(case: Case) -> Iterator[Finding]:
    """Measure runs of words that a source has too, and how many runs of five; quotations are left out."""
    for checked in _bodies(case):
        runs = [run for run in checked.evidence.copied if run.count >= _COPIED_WARNED]
        if runs:
            severity: Severity = "error" if runs[0].count >= _COPIED_FORBIDDEN else "warning"
            words = quoted(_shown(checked.evidence.text[runs[0].start : runs[0].end]))
            message = f"{runs[0].count} words in a row are {runs[0].source}'s ({words}); {_OWN_OR_QUOTED}"
            yield _at(checked, runs[0].start, message, severity)
        elif _overlaps(checked):
            severity = "error" if checked.evidence.overlap > _OVERLAP_FORBIDDEN else "warning"
            message = f"{checked.evidence.overlap:.0%} of its five-word runs are the source's; {_OWN_OR_QUOTED}"
            yield Finding(block=checked.block, key=checked.key, severity=severity, message=message)


@rule(
    "E-LEN-RATIO",
    "warning",
    reason="A summary nearly as long as the story takes its readers away from it.",
    mend="Cut the brief to what is news in it.",
)
def brief_long(case: Case) -> Iterator[Finding]:
    """Compare a brief's words with its sources' when all of them are stored."""
    for checked in _bodies(case):
        found = checked.evidence
        if checked.block.kind == "brief" and not checked.unread and found.words > _LENGTH_MOST * found.source_words:
            message = (
                f"{found.words} words on a story of {found.source_words}; at most {_LENGTH_MOST:.0%} are a summary"
            )
            yield Finding(block=checked.block, key=BODY, message=message)


@rule(
    "E-QUOTE-SHARE",
    "warning",
    also="error",
    reason="Very short extracts are fair; a brief that is a third quotation is the source's work (error).",
    mend="Keep the best quotation and tell the rest.",
)
def quoted_much(case: Case) -> Iterator[Finding]:
    """Measure how much of a brief stands between quotation marks."""
    for checked in _bodies(case):
        found = checked.evidence
        share = found.quoted_words / found.words if found.words else 0.0
        if checked.block.kind == "brief" and share > _SHARE_WARNED:
            severity: Severity = "error" if share > _SHARE_FORBIDDEN else "warning"
            message = f"{share:.0%} of the brief are quotations; {_SHARE_WARNED:.0%} are enough"
            yield Finding(block=checked.block, key=BODY, severity=severity, message=message)


@rule(
    "E-NUM-LEDGER",
    "warning",
    also="info",
    reason="One figure for two statements: one is mostly a slip; against a source it may be the source's (note).",
    mend="Compare the two places (`currents figures` lists them) and correct the wrong one.",
)
def figure_used_twice(case: Case) -> Iterator[Finding]:
    """Look for a percentage or sum that is used for two statements."""
    for entry in case.research.ledger:
        first, second = entry.parted or (None, None)
        if first is None or second is None or first.kind != "edition":
            continue
        inside = second.kind == "edition"
        message = f"{entry.figure} says two things: {_cut(first)} and, {_where(second)}, {_cut(second)}"
        severity: Severity = "warning" if inside else "info"
        yield _mentioned(case, first, message, severity)


@rule(
    "E-SRC-OLD",
    "info",
    also="warning",
    reason="Old reporting may be overtaken; a source that nobody dates cannot be checked later (warning).",
    mend="Look whether it still holds; write `accessed: YYYY-MM-DD` in the source block.",
)
def source_old(case: Case) -> Iterator[Finding]:
    """Compare a source's day with the edition's; want the day on which it was read."""
    today = case.manuscript.get("date")
    for block in case.manuscript.of("source"):
        if not block.get("accessed"):
            message = "nobody says when the source was read; write `accessed: YYYY-MM-DD`"
            yield Finding(block=block, key="accessed", severity="warning", message=message)
        published = block.get("published")[:10]
        if is_day(published) and is_day(today):
            days = (date.fromisoformat(today) - date.fromisoformat(published)).days
            if days > _OLD_DAYS:
                yield Finding(
                    block=block, key="published", message=f"the source is {days} days old; does it still hold?"
                )


def _red(case: Case, *kinds: FactKind) -> Iterator[tuple[Checked, Verdict]]:
    """Yield what is red of these kinds; what is nowhere to be found only where every source could be read."""
    for checked in case.research.checked:
        for verdict in checked.evidence.verdicts:
            if verdict.fact.kind in kinds and verdict.level == "red" and (verdict.near or not checked.unread):
                yield checked, verdict


def _bodies(case: Case) -> Iterator[Checked]:
    for checked in case.research.checked:
        if checked.key == BODY and checked.block.kind in _STORIES and checked.evidence.sources:
            yield checked


def _is_quotation(fact: Fact) -> bool:
    return fact.kind == "quotation" and count_words(fact.words) >= _QUOTED_LEAST


def _quotes(checked: Checked) -> bool:
    """Say whether a text holds a quotation that would be checked; a quote block is one."""
    return checked.key == BODY and checked.evidence.quoted_words >= _QUOTED_LEAST


def _misquoted(checked: Checked, verdict: Verdict) -> Finding:
    said = f"“{_shown(verdict.fact.words)}” is not in {_sources(checked)}"
    near = f"; {_source_name(verdict)} has “{_shown(verdict.near)}”" if verdict.near else ""
    severity: Severity = "warning" if checked.unread and not verdict.near else "error"
    return _at(checked, verdict.fact.start, said + near, severity)


def _finding(checked: Checked, fact: Fact, message: str) -> Finding:
    return _at(checked, fact.start, message)


def _at(checked: Checked, offset: int, message: str, severity: Severity | None = None) -> Finding:
    return Finding(
        block=checked.block, key=checked.key, below=_below(checked, offset), severity=severity, message=message
    )


def _below(checked: Checked, offset: int) -> int:
    """Return how many lines below the body's first an offset of its plain words stands."""
    if checked.key != BODY:
        return 0
    line, at = 0, 0
    for passage in read(checked.block.body).passages:
        if at > offset:
            break
        line, at = passage.line, at + len(passage.words) + 2
    return line


def _overlaps(checked: Checked) -> bool:
    return checked.evidence.overlap > _OVERLAP_WARNED and checked.evidence.words >= _OVERLAP_WORDS_LEAST


def _sources(checked: Checked) -> str:
    return " or ".join(checked.evidence.sources)


def _source_name(verdict: Verdict) -> str:
    return verdict.standing.source if verdict.standing else "the source"


def _shown(words: str) -> str:
    return cut(one_line(words), _SHOWN)


def _cut(mention: Mention) -> str:
    return quoted(cut(one_line(mention.sentence), _SHOWN))


def _where(mention: Mention) -> str:
    return f"in line {mention.line}" if mention.line else f"in {mention.where}"


def _mentioned(case: Case, mention: Mention, message: str, severity: Severity) -> Finding:
    """Put a finding where a mention stands: in a block's body or fields, else in the header."""
    block = next((one for one in case.manuscript.visible if one.name == mention.where and _spans(one, mention)), None)
    if block is None:
        return Finding(key=mention.where, severity=severity, message=message)
    below = mention.line - (block.body_line or block.line)
    key = BODY if below >= 0 else ""
    return Finding(block=block, key=key, below=max(below, 0), severity=severity, message=message)


def _spans(block: Block, mention: Mention) -> bool:
    lines = block.body.count("\n") + 1
    return block.line <= mention.line <= (block.body_line or block.line) + lines


RULES = (
    figure_unsupported,
    name_unsupported,
    quotation_altered,
    copied,
    brief_long,
    quoted_much,
    figure_used_twice,
    source_old,
)
