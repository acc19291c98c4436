"""Plain text and Markdown files → articles, or proposals of articles.

A file may hold several texts glued together without a blank line or a title. Where one seems to end and another to
begin is proposed with its reason, for the editor to confirm (see `composer.proposals.boundaries`).
"""

import hashlib
import re
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from composer.errors import WireError
from composer.feeds.addresses import web_url
from composer.feeds.charset import decode
from composer.feeds.clean import paragraphs, plain
from composer.feeds.moments import moment
from composer.feeds.parse import is_binary
from composer.feeds.people import names
from composer.model import Article, Proposal
from composer.proposals.boundaries import turns
from composer.proposals.paragraphs import paragraphs as found_paragraphs
from composer.text import cut, one_line

TITLE_MOST = 80

_BLANK = re.compile(r"\n[ \t]*\n")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", re.MULTILINE)


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
    found = found_paragraphs(words)
    spaced = bool(_BLANK.search(words.strip()))
    starts = {0: "the file begins here", **({} if spaced else turns(found))}
    places = sorted(starts)
    ends = [found[place].first_line - 1 for place in places[1:]] + [words.rstrip("\n").count("\n") + 1]
    texts = [found[first:last] for first, last in pairwise([*places, len(found)])]
    return tuple(
        Proposal(
            first_line=1 if place == 0 else inside[0].first_line,
            last_line=end,
            title=cut(one_line(inside[0].words), TITLE_MOST),
            text=paragraphs(words) if spaced else "\n\n".join(one.words for one in inside),
            reason=starts[place],
        )
        for place, end, inside in zip(places, ends, texts, strict=True)
    )


def _front(words: str) -> dict[str, str]:
    found = _FRONT.match(words)
    if not found:
        return {}
    pairs = (line.partition(":") for line in found.group(1).splitlines() if ":" in line)
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
