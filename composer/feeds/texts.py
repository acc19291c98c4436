"""Plain text and Markdown files → articles, or proposals of articles.

A file may hold several texts glued together without a blank line or a title. Where one seems to end and another to
begin is proposed with its reason, for the editor to confirm: the subject changes (adjacent windows of paragraphs share
few words, after Hearst's TextTiling, 1997), and a sentence closes the one or opens the other. It only proposes.
"""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from composer.errors import WireError
from composer.feeds.addresses import web_url
from composer.feeds.charset import decode
from composer.feeds.clean import paragraphs, plain
from composer.feeds.moments import moment
from composer.feeds.parse import is_binary
from composer.feeds.people import names
from composer.model import Article, Proposal
from composer.text import count_words, cut, one_line

WINDOW = 6  # paragraphs on each side of a place
SHORTEST = 4  # paragraphs in a text
ALIKE_MOST = 0.17  # cosine between the windows above which the subject has not changed
ALIKE_MOST_MARKED = 0.36  # the same, where a text plainly closes or opens: neighbours may share a subject
HEADING_WORDS_MOST = 16
LONG_WORDS_LEAST = 25  # a nut paragraph
SCENE_WORDS_LEAST = 60  # an essay's opening
TITLE_MOST = 80

_BLANK = re.compile(r"\n[ \t]*\n")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STOPPED = re.compile(r"[.!?…:][”’\"')\]]*$")
_CLOSING = re.compile(
    r"\bthe (?:report|study|survey|analysis|review) (?:concludes|ends)\b|^why did we write|\bsign up\b"
    r"|\b(?:research|additional reporting|editing) by\b|\b(?:version|part) of this \w+ (?:was|went|appeared)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"^(?:earlier |later |late |early )?(?:this|last|on|in the) (?:\w+ ){0,2}"
    r"(?:week|month|year|morning|evening|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer"
    r"|autumn|winter)\b|^(?:yesterday|today)\b",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\b(?:report|reports|reported|shows?|says?|said|writes?|according to)\b|\b(?:data|figures|survey|study)\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"^why did we write", re.IGNORECASE)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    line: int
    words: str

    @property
    def is_heading(self) -> bool:
        return count_words(self.words) <= HEADING_WORDS_MOST and not _STOPPED.search(self.words)


def read_words(path: Path) -> str:
    """Return a text file's words, whatever its encoding. Raises WireError."""
    return words_in(_bytes(path), str(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise WireError(str(path), "no such file") from error
    except IsADirectoryError as error:
        raise WireError(str(path), "a folder, not a file") from error
    except OSError as error:
        raise WireError(str(path), f"cannot be read: {error.strerror}") from error


def words_in(body: bytes, name: str) -> str:
    """Return the words of a text that came from anywhere, whatever its encoding. Raises WireError."""
    words = decode(body)
    if is_binary(words):
        raise WireError(name, "not text; add a page, a Markdown or a plain-text file")
    if not words.strip():
        raise WireError(name, "empty")
    return plain(words)


def markdown_article(words: str, path: Path, now: datetime) -> Article:
    """Read a Markdown file; a text that names itself nowhere is called what its file is called. Raises WireError."""
    return markdown_in(words, str(path), path.stem.replace("-", " "), now)


def markdown_in(words: str, name: str, title: str, now: datetime) -> Article:
    """Read a Markdown text with optional `key: value` lines between `---` at its top. Raises WireError."""
    front = _front(words)
    body = _FRONT.sub("", words, count=1).strip()
    heading = _HEADING.search(body)
    title = front.get("title") or (heading.group(1) if heading else "") or title
    if heading and one_line(heading.group(1)) == one_line(title):
        body = body.replace(heading.group(0), "", 1)
    text = paragraphs(_MARKS.sub("", _LINK.sub(r"\1", _IMAGE.sub("", body))))
    if not text:
        raise WireError(name, "no words under its headings")
    url = web_url(front.get("url", ""))
    return Article(
        guid=url or f"text:{hashlib.sha256(text.encode()).hexdigest()}",
        url=url,
        title=one_line(title) or cut(one_line(text), TITLE_MOST),
        outlet=front.get("outlet", ""),
        authors=names(front.get("author", front.get("authors", ""))),
        published=moment(front.get("date", ""), now),
        first_seen=now,
        lang=front.get("lang", ""),
        text=text,
    )


def proposals(words: str) -> tuple[Proposal, ...]:
    """Return the texts that a plain-text file seems to hold, in order; their lines cover the file."""
    lines = words.rstrip("\n").split("\n")
    found = [_Paragraph(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
    starts = {0: "the file begins here"}
    if not _BLANK.search(words.strip()):
        starts |= _turns(found)
    places = sorted(starts)
    ends = [found[place].line - 1 for place in places[1:]] + [len(lines)]
    return tuple(
        _proposal(found, place, end, starts[place], spaced=bool(_BLANK.search(words.strip())), words=words)
        for place, end in zip(places, ends, strict=True)
    )


def _proposal(found: Sequence[_Paragraph], place: int, end: int, reason: str, *, spaced: bool, words: str) -> Proposal:
    inside = [one for one in found[place:] if one.line <= end]
    text = paragraphs(words) if spaced else "\n\n".join(one.words for one in inside)
    title = cut(one_line(inside[0].words), TITLE_MOST)
    return Proposal(
        first_line=1 if place == 0 else inside[0].line, last_line=end, title=title, text=text, reason=reason
    )


def _turns(found: Sequence[_Paragraph]) -> dict[int, str]:
    """Return where another text seems to begin, by paragraph, with the reason in words."""
    turns: dict[int, str] = {}
    last = 0
    for place in range(SHORTEST, len(found) - SHORTEST + 1):
        reason = _reason(found, last, place)
        if reason and place - last >= SHORTEST:
            turns[place] = reason
            last = place
    return turns


def _reason(found: Sequence[_Paragraph], last: int, place: int) -> str:
    here, before = found[place], found[place - 1]
    if here.is_heading or before.is_heading or count_words(here.words) < LONG_WORDS_LEAST:
        return ""
    why_box = place - last > 1 and bool(_WHY.search(found[place - 2].words))
    opens, closes = _opening(here.words), why_box or bool(_CLOSING.search(before.words))
    scene = bool(_TIME.search(here.words)) and count_words(here.words) >= SCENE_WORDS_LEAST
    most = ALIKE_MOST_MARKED if scene or (opens and closes) else ALIKE_MOST
    alike = _likeness(found[max(last, place - WINDOW) : place], found[place : place + WINDOW])
    if alike > most or not (opens or closes):
        return ""
    said = ["the text before it closes"] if closes else []
    said += [opens] if opens else []
    return f"{' and '.join(said)}; the words change with it ({alike:.0%} alike)"


def _opening(words: str) -> str:
    if _TIME.search(words):
        return "it opens with a time"
    first = re.split(r"(?<=[.!?])\s", words)[0]
    return "its first sentence names a source" if _CITED.search(first) else ""


def _likeness(one: Sequence[_Paragraph], other: Sequence[_Paragraph]) -> float:
    """Return the cosine between two runs of paragraphs, by words of four letters and more, cut to six."""
    left, right = _bag(one), _bag(other)
    shared = sum(count * right[word] for word, count in left.items())
    size = math.sqrt(sum(n * n for n in left.values())) * math.sqrt(sum(n * n for n in right.values()))
    return shared / size if size else 0.0


def _bag(run: Sequence[_Paragraph]) -> Counter[str]:
    words = (word.lower()[:6] for one in run for word in _WORD.findall(one.words))
    return Counter(word for word in words if word not in _COMMON)


def _front(words: str) -> dict[str, str]:
    found = _FRONT.match(words)
    if not found:
        return {}
    pairs = (line.partition(":") for line in found.group(1).splitlines() if ":" in line)
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}


_COMMON = frozenset(
    [
        "that",
        "this",
        "with",
        "from",
        "have",
        "been",
        "were",
        "they",
        "their",
        "which",
        "will",
        "would",
        "about",
        "than",
        "more",
        "also",
        "into",
        "over",
        "after",
        "when",
        "where",
        "while",
        "what",
        "there",
        "only",
        "could",
        "should",
        "other",
        "some",
        "such",
        "them",
        "then",
        "most",
        "many",
        "much",
        "under",
        "between",
        "during",
        "against",
        "because",
        "before",
        "since",
        "even",
        "just",
        "like",
        "still",
        "said",
        "says",
        "year",
        "years",
        "week",
        "being",
        "does",
        "make",
        "made",
        "those",
        "these",
        "every",
    ]
) | frozenset({"betwee", "agains", "becaus"})
