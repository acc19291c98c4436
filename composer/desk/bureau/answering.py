"""A language model's answer, read and held against the article: what is wrong with it, a line each. Pure.

An answer is a stranger's letter: it may be anything at all, and an article may have told its writer what to say.
Nothing passes here but one paragraph of plain words whose passages of evidence stand in the article.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from composer.model import Article
from composer.summaries import sentences
from composer.summaries.paragraphs import paragraphs
from composer.summaries.quotations import quotations
from composer.text import count_words, cut, one_line

_SHOWN = 60  # characters of what is wrong that an objection repeats
_TRIES_MOST = 50  # braces at which an answer is tried as JSON
_OVER = 1.34  # how far past its length a summary may run; a judgement
_EVIDENCE_LEAST = 8  # characters; less stands in any article
_STEM = 5  # letters by which words of inflected languages are compared
_KNOWN_LEAST = 1 / 3  # share of a sentence's long words that the article must have; a judgement
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL | re.IGNORECASE)
_FOLDED = str.maketrans(
    {**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′`", "'"), **dict.fromkeys("–—‒―−", "-")}
)
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # scripts whose words nothing parts
_LONG_WORD = re.compile(rf"[^\W\d_{_UNSPACED}]{{4,}}")
_FIGURE = re.compile(r"\d{1,3}(?:[\s\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_SAID_LEAST = 4  # words in quotation marks that need a speaker; fewer may be a word at arm's length
_FORBIDDEN = (
    ("an address", re.compile(r"\w+://\S*|\bwww\.\S+|\S+@\S+|\b[\w-]{2,}\.[^\W\d_]{2,}\b(?:/\S*)?", re.IGNORECASE)),
    ("markup", re.compile(r"<[a-z/!][^>]*>?|!?\[[^\]]*\]\(|```|\*\*|__|^\s*(?:#|[-*•]\s)|&#?\w+;", re.IGNORECASE)),
    ("unseen characters", re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A statement of the summary and the passage that it rests on."""

    claim: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A quotation in the summary and who says it."""

    text: str
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer as it was read. `problem` says why it could not be; then there is nothing else."""

    summary: str = ""
    facts: tuple[Fact, ...] = ()
    quotes: tuple[Saying, ...] = ()
    problem: str = ""


def read_reply(answer: str) -> Reply:
    """Read an answer that should be one JSON object; fences, thoughts and chatter around it are passed over."""
    found = _object(_THOUGHTS.sub("", answer))
    if found is None:
        return Reply(problem="it is not one whole JSON object with a summary, facts and quotes")
    summary, facts, quotes = found.get("summary"), found.get("facts"), found.get("quotes", [])
    if not isinstance(summary, str):
        return Reply(problem='"summary" must be words')
    pairs = _pairs(facts, "claim", "evidence"), _pairs(quotes, "text", "speaker")
    if pairs[0] is None or pairs[1] is None:
        return Reply(problem='"facts" and "quotes" must be lists of objects as they were asked for')
    return Reply(
        summary=one_line(summary),
        facts=tuple(Fact(claim=claim, evidence=evidence) for claim, evidence in pairs[0]),
        quotes=tuple(Saying(text=text, speaker=speaker) for text, speaker in pairs[1]),
    )


def objections(reply: Reply, article: Article, words_most: int) -> tuple[str, ...]:
    """Return what stands against a reply, a line each; nothing when it may go to the check of evidence.

    `article` holds what its writer was given of it, no more.
    """
    if reply.problem:
        return (reply.problem,)
    if not reply.summary:
        return ("the summary is empty",)
    text = f"{article.outlet}\n\n{article.title}\n\n{article.text}"
    found = (
        _length(reply, words_most),
        _form(reply, article.outlet),
        _evidence(reply, text),
        _quoted(reply, text),
        _strange(reply, text),
    )
    return tuple(one for family in found for one in family)


def _object(answer: str) -> dict[str, Any] | None:
    """Return the first JSON object that has a summary."""
    decoder = json.JSONDecoder()
    for brace in list(re.finditer(r"\{", answer))[:_TRIES_MOST]:
        try:
            found, _ = decoder.raw_decode(answer, brace.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and "summary" in found:
            return found
    return None


def _pairs(found: object, first: str, second: str) -> list[tuple[str, str]] | None:
    """Return the two words of every object in a list, None when it is anything else."""
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        return None
    pairs = [(one.get(first), one.get(second)) for one in found]
    return pairs if all(isinstance(word, str) for pair in pairs for word in pair) else None


def _length(reply: Reply, words_most: int) -> Iterator[str]:
    count = count_words(reply.summary)
    if count > words_most * _OVER:
        yield f"the summary has {count} words; at most {words_most} were asked for"


def _form(reply: Reply, outlet: str) -> Iterator[str]:
    """Want plain words; only an outlet's own name may look like an address."""
    words = reply.summary.replace(outlet, " ") if outlet else reply.summary
    for what, pattern in _FORBIDDEN:
        if found := pattern.search(words):
            yield f"the summary holds {what}: {_shown(found.group())}"


def _evidence(reply: Reply, text: str) -> Iterator[str]:
    """Want evidence for the summary, every passage of it copied from the article."""
    if not reply.facts:
        yield "there are no facts with evidence"
    known = _folded(text)
    for fact in reply.facts:
        evidence = _folded(fact.evidence)
        if len(evidence) < _EVIDENCE_LEAST or evidence not in known:
            yield f"this evidence does not stand in the ARTICLE as it was copied: {_shown(fact.evidence)}"


def _quoted(reply: Reply, text: str) -> Iterator[str]:
    """Want everything in quotation marks to stand in quotation marks in the article, and to be somebody's."""
    spoken = [_folded(one) for one in _quotations(text)]
    named = [_folded(quote.text).strip("\"'.,") for quote in reply.quotes if quote.speaker.strip()]
    for quotation in _quotations(reply.summary):
        words = _folded(quotation).strip("\"'.,")
        if not any(words in one for one in spoken):
            yield f"this is not a quotation in the ARTICLE: {_shown(quotation)}"
        elif count_words(words) >= _SAID_LEAST and not any(words in one or one in words for one in named):
            yield f"nobody is named as the speaker of {_shown(quotation)}"


def _strange(reply: Reply, text: str) -> Iterator[str]:
    """Find figures that the article does not have, and sentences that are about something else."""
    figures = {_figure(one) for one in _FIGURE.findall(text)}
    for figure in _FIGURE.findall(reply.summary):
        if _figure(figure) not in figures:
            yield f"the ARTICLE has no figure {figure}"
    known, backed = _stems(text), _stems(" ".join(fact.evidence for fact in reply.facts))
    for sentence in sentences(reply.summary):
        stems = _stems(sentence.words)
        if stems and (len(stems & known) < len(stems) * _KNOWN_LEAST or not stems & backed):
            yield f"no evidence is given for this sentence: {_shown(sentence.words)}"


def _quotations(text: str) -> list[str]:
    told = [text[slice(*span)] for span in paragraphs(text)]
    return [paragraph[start:end] for paragraph in told for start, end in quotations(paragraph)]


def _folded(words: str) -> str:
    """Return words with one shape of quotation mark, dash and space: models set type as they like."""
    return one_line(words.translate(_FOLDED))


def _figure(written: str) -> str:
    return re.sub(r"\s", "", written)


def _stems(words: str) -> frozenset[str]:
    return frozenset(word.casefold()[:_STEM] for word in _LONG_WORD.findall(words))


def _shown(words: str) -> str:
    return f"“{cut(one_line(words), _SHOWN)}”"


def listed(objections: Sequence[str], most: int = 3) -> str:
    """Return objections as one line."""
    rest = len(objections) - most
    return "; ".join(objections[:most]) + (f"; and {rest} more" if rest > 0 else "")
