"""`currents add`: articles by hand, from a page, a file, a pipe or the clipboard."""

import hashlib
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.cli.clipboard import clipboard
from composer.cli.splitting import confirmed, split_at
from composer.desk.gathering import add as add_article
from composer.desk.gathering import from_proposal
from composer.errors import ComposerError, UsageError, WireError
from composer.model import Article, Proposal
from composer.text import count_words, host

MARKDOWN = (".md", ".markdown")
TEXT = (".txt", ".text")
PIPE = "-"
CLIPBOARD = "--clipboard"  # no address begins so


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the editor says about what is added."""

    outlet: str = ""
    url: str = ""
    split: str = ""
    yes: bool = False


@click.command()
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
@click.option("--clipboard", "from_clipboard", is_flag=True, help="Add what the clipboard holds.")
@click.option("--url", default="", help="Where the page or text was found, for -, --clipboard and files.")
@click.option("--outlet", default="", help="Who published it, when it does not say.")
@click.option("--split", default="", metavar="LINES", help="First lines of the texts in a text file: --split 1,14,34")
@click.option("--yes", is_flag=True, help="Take the texts that are proposed without asking.")
@click.pass_obj
def add(  # noqa: PLR0913 (an option each)
    newsletter: str | None,
    addresses: tuple[str, ...],
    *,
    from_clipboard: bool,
    url: str,
    outlet: str,
    split: str,
    yes: bool,
) -> None:
    """Add each ADDRESS: a page's URL; an HTML, Markdown (.md) or plain-text (.txt) file; - for what a pipe brings.

    A text that seems to hold several texts is shown as proposals: you confirm them, or say where each begins.
    """
    places = (*addresses, CLIPBOARD) if from_clipboard else addresses
    wishes = _checked(places, Wishes(outlet=outlet, url=url, split=split, yes=yes))
    with open_newsroom(newsletter) as room:
        problems = [problem for place in places if (problem := _added(room, place, wishes))]
    for problem in problems[:-1]:
        screen.complain(str(problem))
    if problems:
        raise problems[-1]


def _checked(places: tuple[str, ...], wishes: Wishes) -> Wishes:
    """Refuse what cannot be meant, before anything is read. Raises UsageError."""
    if not places:
        raise UsageError("add: name a page's URL or a file, - for a pipe, or --clipboard; see `currents add --help`")
    if wishes.url and (len(places) > 1 or _is_web(places[0])):
        raise UsageError("--url says where one file, pipe or clipboard was found; a page's own URL is an ADDRESS")
    if wishes.url and not _is_web(wishes.url):
        raise UsageError(f"--url {wishes.url}: give the http(s) address where it was found")
    return wishes


def _added(room: Newsroom, place: str, wishes: Wishes) -> ComposerError | None:
    """Add what one place holds and print a line each; return what went wrong, so that the next place gets its turn."""
    try:
        for article in _read(room, place, wishes):
            kept, saved = add_article(room.store, article, room.clock())
            what = "added" if saved.added else "updated" if saved.updated else "known already"
            screen.say(f"{kept.id:>4}  {what}: {kept.title} ({_origin(kept)})")
    except ComposerError as error:
        return error
    return None


def _origin(article: Article) -> str:
    wall = "paywalled" if article.access == "paywalled" else ""
    return ", ".join(filter(None, (article.outlet, f"{count_words(article.text)} words", wall)))


def _read(room: Newsroom, place: str, wishes: Wishes) -> list[Article]:
    from composer.feeds.documents import file_bytes  # noqa: PLC0415 (lxml and aiohttp, not for --help)
    from composer.feeds.texts import read_words  # noqa: PLC0415 (as above)

    if place == CLIPBOARD:
        return _pasted(room, "clipboard", clipboard(), wishes)
    if place == PIPE:
        return _pasted(room, "-", piped(room.settings.bytes_most), wishes)
    path, is_web = Path(place), _is_web(place)
    if path.suffix.lower() in TEXT and not is_web:
        return _texts(place, read_words(path), room.wire.read_text(path), wishes)
    _refuse_split(place, wishes)
    if path.suffix.lower() in MARKDOWN and not is_web:
        return [_placed(room.wire.read_markdown(path), wishes)]
    if wishes.url:
        return _pasted(room, place, file_bytes(path, place, room.settings.bytes_most), wishes)
    return [room.wire.read_page(place)]


def _pasted(room: Newsroom, name: str, body: bytes, wishes: Wishes) -> list[Article]:
    """Read words without a name that says what they are. Raises WireError, UsageError."""
    from composer.feeds.pasted import kind_of, pasted_markdown, pasted_page  # noqa: PLC0415 (lxml, only for these)
    from composer.feeds.texts import proposals, words_in  # noqa: PLC0415 (as above)

    if len(body) > room.settings.bytes_most:
        raise WireError(name, f"larger than {room.settings.bytes_most / 1_000_000:g} MB")
    words = words_in(body, name)
    kind = kind_of(words)
    if kind == "text":
        return _texts(name, words, proposals(words), wishes)
    _refuse_split(name, wishes)
    if kind == "markdown":
        return [_placed(pasted_markdown(words, name, room.clock()), wishes)]
    if kind == "address":
        return [room.wire.read_page(words.strip())]
    return [pasted_page(words, name, wishes.url, room.clock())]


def piped(bytes_most: int) -> bytes:
    """Return what a pipe brings or what is typed, one byte past `bytes_most` at most."""
    if sys.stdin.isatty():
        screen.note("reading what you type or paste; end with Ctrl-D on a line of its own")
    return sys.stdin.buffer.read(bytes_most + 1)


def _texts(name: str, words: str, found: tuple[Proposal, ...], wishes: Wishes) -> list[Article]:
    if wishes.split:
        found = split_at(name, words, wishes.split)
    elif len(found) > 1:
        found = confirmed(name, found, yes=wishes.yes)
    if wishes.url and len(found) > 1:
        raise UsageError(
            f"{name}: --url says where one text was found, and these are {len(found)}; add them one by one"
        )
    return [_placed(_article(proposal, wishes.outlet), wishes) for proposal in found]


def _article(proposal: Proposal, outlet: str) -> Article:
    digest = hashlib.sha256(proposal.text.encode()).hexdigest()
    return from_proposal(proposal, guid=f"text:{digest}", outlet=outlet)


def _placed(article: Article, wishes: Wishes) -> Article:
    """Say where an article was found that does not say it itself; its address is then its identity."""
    outlet = article.outlet or wishes.outlet
    if not wishes.url or article.url:
        return replace(article, outlet=outlet)
    return replace(article, guid=wishes.url, url=wishes.url, outlet=outlet or host(wishes.url))


def _refuse_split(name: str, wishes: Wishes) -> None:
    if wishes.split:
        raise UsageError(f"{name}: --split is for plain text")


def _is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))
