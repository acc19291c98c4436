"""What we ask of the world outside the store: time, the wire, the editor's folder, outlets, writers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from composer.charts import Chart
from composer.commissions import Answer, Commission
from composer.model import (
    Article,
    Collected,
    Discovery,
    Print,
    Proposal,
    Source,
)
from composer.negatives import Brought, Kept
from composer.parcels import Parcel, Receipt
from composer.records import Inquiry, Reply


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class Wire(Protocol):
    """Brings stories in. An address is an http(s) URL or a path."""

    def discover(self, address: str) -> Discovery:
        """Return the sources that an address stands for: a feed, a page that names some, or an OPML list.

        Of the feeds that a page names the first that can be read is meant.

        Raises WireError, FeedError.
        """
        ...

    def collect(self, sources: Sequence[Source]) -> Iterator[Collected]:
        """Visit every source and yield what each visit brought, in the order in which they answer.

        A source that fails yields outcome "failed" with its problem; nothing is raised for it.
        """
        ...

    def complete(self, articles: Sequence[Article]) -> Iterator[Article]:
        """Return the articles among these that only tease, with the whole text of their pages; robots.txt is obeyed.

        One whose page cannot be had is left out: it stays as it is.
        """
        ...

    def look(self, articles: Sequence[Article]) -> Iterator[tuple[Article, bool]]:
        """Ask the pages of articles whether they are still there: False for one that answers 404 or 410.

        robots.txt is obeyed; one that cannot be asked, or answers otherwise, is left out.
        """
        ...

    def bring(self, addresses: Sequence[str], known: Sequence[Kept] = ()) -> Iterator[Brought]:
        """Visit the addresses of pictures and yield what each brought, in the order in which they answer.

        One that is `known` is asked for only if it changed. One that fails yields its problem; nothing is raised.
        """
        ...

    def read_page(self, address: str) -> Article:
        """Return the article on a web page or in an HTML file. Raises WireError."""
        ...

    def read_markdown(self, path: Path) -> Article:
        """Return the article in a Markdown file. Raises WireError."""
        ...

    def read_text(self, path: Path) -> tuple[Proposal, ...]:
        """Return the texts that a plain-text file seems to hold: one, or several glued together. Raises WireError."""
        ...


class Inquirer(Protocol):
    """Asks the web whether addresses are there, for proof."""

    def ask(self, inquiries: Sequence[Inquiry]) -> Iterator[Reply]:
        """Yield a reply to every inquiry, kept ones first, then as they arrive; `Reply.asked_at` tells them apart.

        Nothing is raised: an address that cannot be asked has its problem in its reply.
        """
        ...


class Drawer(Protocol):
    """The newsletter's editions/ folder: one text file an edition, where the editor writes."""

    def read(self, filename: str) -> str | None:
        """Return a manuscript's text, None when the file is not there. Raises ManuscriptError when it is not UTF-8."""
        ...

    def write(self, filename: str, text: str) -> None:
        """Write a manuscript whole or not at all. Raises OutboxError."""
        ...

    def remove(self, filename: str) -> None:
        """Take a file away that is kept elsewhere."""
        ...

    def lend(self, filename: str) -> AbstractContextManager[bool]:
        """Lend a manuscript until the context or the process ends; False while another process has it."""
        ...

    def reserve(self, filename: str) -> str:
        """Make an empty file under this name, or the next free one, and return the name. Raises OutboxError."""
        ...

    def is_lent(self, filename: str) -> bool:
        """Say whether a manuscript is lent to somebody."""
        ...


class Archive(Protocol):
    """An export that is read: a folder or a zip file. Paths are relative, with forward slashes, and never lead out."""

    @property
    def name(self) -> str:
        """Return what an editor calls it."""
        ...

    def paths(self) -> tuple[str, ...]:
        """Return the path of every file, sorted. Raises ArchiveError for one that leads out, is a link or too many."""
        ...

    def read(self, path: str) -> bytes:
        """Return a file's content. Raises ArchiveError when it is not there, or far larger than any edition needs."""
        ...


class Belongings(Protocol):
    """The newsletter's own files that its editions and sources name: photos, figures, feed files, themes."""

    def find(self, path: str) -> bytes | None:
        """Return a file's content; None when there is none inside the newsletter's folder."""
        ...

    def below(self, folder: str) -> tuple[str, ...]:
        """Return the paths of the files below a folder, sorted."""
        ...

    def refuse(self, path: str) -> None:
        """Raise ArchiveError when a file of this path has no business in a newsletter's folder."""
        ...

    def place(self, path: str, content: bytes) -> bool:
        """Write a file that is not there yet, or stands there so already; False when another stands there.

        Raises ArchiveError as `refuse` does, OutboxError.
        """
        ...

    def adopt(self, settings: bytes) -> None:
        """Put another newsletter.toml in the place of this one, which is kept beside it. Raises ArchiveError."""
        ...


class Darkroom(Protocol):
    """Develops photos."""

    def develop(self, src: str, base_url: str) -> Print:
        """Return the print of a photo; a photo that cannot be shown comes back with its problem, never raised.

        `base_url` ends in "/" and is where the print will lie. A picture on the web is developed from what was fetched
        of it; one that was not fetched stays where it is, and its print has no content.
        """
        ...

    def draw(self, chart: Chart, base_url: str) -> Print:
        """Return a chart's print, or why it cannot be drawn here: what draws charts is an extra."""
        ...

    def examine(self, content: bytes) -> Print:
        """Develop bytes that lie nowhere yet, to see whether they can be shown; a print without a place."""
        ...


class Album(Protocol):
    """Pictures that were fetched from the web, with their addresses and days, and charts that were drawn."""

    def find(self, address: str) -> Kept | None:
        """Return what was fetched from an address, None when nothing was."""
        ...

    def content(self, kept: Kept) -> bytes | None:
        """Return the bytes of a fetched picture; None when they are gone or are others than those that came."""
        ...

    def keep(self, brought: Brought, media_type: str, day: date) -> Kept:
        """Keep a picture's bytes and write down where they came from. Raises OutboxError."""
        ...

    def note(self, kept: Kept) -> None:
        """Write down anew what is known of an address. Raises OutboxError."""
        ...

    def drawn(self, recipe: str) -> bytes | None:
        """Return the picture of a chart that was drawn before; `recipe` is the hash of all that it depends on."""
        ...

    def keep_drawn(self, recipe: str, content: bytes) -> None:
        """Keep a chart's picture. Raises OutboxError."""
        ...


class Outlet(Protocol):
    """Where editions go."""

    def turn(self) -> AbstractContextManager[None]:
        """Wait until nobody else publishes, and keep others waiting until the end. Raises ConflictError."""
        ...

    def deliver(self, parcel: Parcel, known: Mapping[str, Collection[str]] = ..., keep: str = "") -> Receipt:
        """Write a parcel so that a reader never sees half of it. Raises OutboxError, then the old stands whole.

        `known` says what may stand there as we wrote it (path → sha256). What stands there otherwise was changed by
        hand: it is refused with a ConflictError, or kept aside under the name `keep` and written over.
        """
        ...

    def read(self, path: str) -> bytes | None:
        """Return what stands at a path, None when there is no such file."""
        ...


class Hub(Protocol):
    """A WebSub hub, which tells subscribers that a feed has news."""

    def tell(self, hub_url: str, feed_url: str) -> None:
        """Tell a hub that a feed changed. Raises WireError when it took no note."""
        ...


class Writer(Protocol):
    """A language model, wherever it runs. It is given words and hands in words; it can do nothing else."""

    def write(self, commission: Commission) -> Answer:
        """Ask, and return what was handed in.

        Raises WireError when nothing usable came back in time, AuthError, RateLimitError.
        """
        ...
