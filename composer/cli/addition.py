"""`currents add`: articles by hand. A file that holds several texts is split as the editor confirms, never by guess."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.gathering import add as add_article
from composer.desk.gathering import from_proposal
from composer.errors import NotFoundError, UsageError
from composer.model import Article, Proposal
from composer.text import count_words, cut, one_line

MARKDOWN = (".md", ".markdown")
TEXT = (".txt", ".text")


@click.command()
@click.argument("addresses", metavar="ADDRESS...", nargs=-1, required=True)
@click.option("--outlet", default="", help="Who published it, when the file does not say.")
@click.option("--split", metavar="LINES", help="First lines of the texts in a text file: --split 1,14,34")
@click.option("--yes", is_flag=True, help="Take the texts that are proposed without asking.")
@click.pass_obj
def add(newsletter: str | None, addresses: tuple[str, ...], outlet: str, split: str | None, yes: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Add each ADDRESS: a page's URL, an HTML, Markdown (.md) or plain-text (.txt) file.

    A text file that seems to hold several texts is shown as proposals: you confirm them, or say where each begins.
    """
    with open_newsroom(newsletter) as room:
        for address in addresses:
            for article in _read(room, address, outlet=outlet, split=split, yes=yes):
                kept, saved = add_article(room.store, article, room.clock())
                what = "added" if saved.added else "updated" if saved.updated else "known already"
                screen.say(f"{kept.id:>4}  {what}: {kept.title} ({_origin(kept)})")


def _origin(article: Article) -> str:
    words = f"{count_words(article.text)} words"
    return f"{article.outlet}, {words}" if article.outlet else words


def _read(room: Newsroom, address: str, *, outlet: str, split: str | None, yes: bool) -> list[Article]:
    path = Path(address)
    if path.suffix.lower() in TEXT and not address.startswith(("http:", "https:")):
        return _texts(room, path, outlet=outlet, split=split, yes=yes)
    if split:
        raise UsageError(f"{address}: --split is for plain-text files")
    if path.suffix.lower() in MARKDOWN and not address.startswith(("http:", "https:")):
        article = room.wire.read_markdown(path)
    else:
        article = room.wire.read_page(address)
    return [article]


def _texts(room: Newsroom, path: Path, *, outlet: str, split: str | None, yes: bool) -> list[Article]:
    proposals = room.wire.read_text(path)
    if split:
        proposals = _split(path, split)
    if len(proposals) > 1 and not split:
        proposals = _confirmed(path, proposals, yes=yes)
    return [_article(proposal, outlet) for proposal in proposals]


def _article(proposal: Proposal, outlet: str) -> Article:
    digest = hashlib.sha256(proposal.text.encode()).hexdigest()
    return from_proposal(proposal, guid=f"text:{digest}", outlet=outlet)


def _split(path: Path, lines: str) -> tuple[Proposal, ...]:
    """Cut a file where the editor says. Raises UsageError."""
    words = path.read_text(encoding="utf-8-sig").splitlines()
    starts = _line_numbers(path, lines, len(words))
    ends = [start - 1 for start in starts[1:]] + [len(words)]
    return tuple(_piece(words, first, last) for first, last in zip(starts, ends, strict=True))


def _line_numbers(path: Path, lines: str, most: int) -> list[int]:
    try:
        starts = sorted({int(number) for number in lines.split(",")})
    except ValueError:
        raise UsageError(f"--split {lines}: give line numbers such as 1,14,34") from None
    if not starts or starts[0] < 1 or starts[-1] > most:
        raise UsageError(f"--split {lines}: {path} has lines 1 to {most}")
    return starts


def _piece(words: Sequence[str], first: int, last: int) -> Proposal:
    kept = [line.strip() for line in words[first - 1 : last] if line.strip()]
    if not kept:
        raise UsageError(f"--split: lines {first} to {last} are empty")
    title = cut(one_line(kept[0]), 80)
    return Proposal(first_line=first, last_line=last, title=title, text="\n\n".join(kept), reason="as you said")


def _confirmed(path: Path, proposals: tuple[Proposal, ...], *, yes: bool) -> tuple[Proposal, ...]:
    """Show what a file seems to hold and keep what the editor confirms."""
    screen.note(f"{path} seems to hold {len(proposals)} texts:")
    for proposal in proposals:
        screen.note(f"  lines {proposal.first_line}–{proposal.last_line}: {cut(proposal.title, 70)}")
        screen.note(f"    {proposal.reason}")
    if yes:
        return proposals
    if not sys.stdin.isatty():
        starts = ",".join(str(proposal.first_line) for proposal in proposals)
        raise UsageError(f"{path}: nothing was added; confirm with --yes, or say where texts begin: --split {starts}")
    kept = tuple(proposal for proposal in proposals if screen.ask(_question(proposal), default=True))
    if not kept:
        raise NotFoundError(f"{path}: no text was confirmed, nothing was added; --split LINES says where texts begin")
    return kept


def _question(proposal: Proposal) -> str:
    return f"Add lines {proposal.first_line}–{proposal.last_line} as an article?"
