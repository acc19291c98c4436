"""What we ask of the store: a shelf for each kind of thing that it keeps."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from composer.choice import Clipping, Trace
from composer.commissions import Answer, Commission
from composer.lifecycle import Event
from composer.model import (
    Article,
    ArticleQuery,
    ArticleState,
    Collected,
    Edition,
    Found,
    Publication,
    Revision,
    Saved,
    Source,
    Version,
)
from composer.ports.cards import Cards
from composer.ports.deliveries import Deliveries
from composer.ports.journal import Journal
from composer.ports.lifecycle import Events
from composer.ports.services import Pushes
from composer.records import Drift, Holdings, Sighting, Snapshot, Taken


class Sources(Protocol):
    """The store's shelf of sources."""

    def add(self, source: Source) -> Source:
        """Keep a new source and return it with its number. Raises ConflictError when its URL is followed already."""
        ...

    def get(self, source_id: int) -> Source:
        """Return a source. Raises NotFoundError."""
        ...

    def all(self) -> tuple[Source, ...]:
        """Return every source, in the order in which they were followed."""
        ...

    def save(self, source: Source) -> Source:
        """Keep what the editor changed: url, title, tags, weight, state, whole; never what visits taught.

        A new URL forgets what visits taught of the old one. Returns it with its next version. Raises NotFoundError,
        and ConflictError when somebody saved meanwhile or the new URL is followed already.
        """
        ...

    def remove(self, source_id: int) -> None:
        """Follow a source no more; its articles stay, as if added by hand. Raises NotFoundError."""
        ...

    def claim(self, now: datetime, until: datetime, numbers: Sequence[int] | None = None) -> tuple[Source, ...]:
        """Take sources for visiting: active ones that nobody else has claimed, all that are due or those `numbers`.

        What is claimed stays so until it is kept or released, or `until` is past: a killed process blocks nothing for
        ever. `not_before` is obeyed in either case. Every source is claimed by exactly one of several processes.
        """
        ...

    def release(self, source_ids: Sequence[int]) -> None:
        """Give claimed sources back unvisited."""
        ...


class Articles(Protocol):
    """The store's shelf of articles."""

    def save(self, articles: Sequence[Article]) -> Saved:
        """Keep articles; one that is known (same source and guid, or same link) is updated in place.

        Its state, number and first_seen stay. All or nothing, in one transaction.
        """
        ...

    def get(self, article_id: int) -> Article:
        """Return an article. Raises NotFoundError."""
        ...

    def find(self, guid: str) -> Article | None:
        """Return the article that was added by hand (no source) under this guid, else one that has it as its link."""
        ...

    def list(self, query: ArticleQuery) -> tuple[Article, ...]:
        """Return the articles a query asks for, newest first. Whatever is typed, never an SQL error."""
        ...

    def search(self, query: ArticleQuery) -> tuple[Found, ...]:
        """Return what `list` returns, with a snippet of each; best first when the query is `ranked`."""
        ...

    def mark(self, article_ids: Sequence[int], state: ArticleState) -> None:
        """Set the state of articles. Raises NotFoundError, then nothing has changed."""
        ...

    def versions(self, article_id: int) -> tuple[Version, ...]:
        """Return how an article read before, oldest first; empty when it never changed."""
        ...

    def sketches(self, since: datetime, until: datetime | None = None) -> Mapping[int, frozenset[int]]:
        """Return the kept sketches of articles seen in that time, by article number (see `desk.choosing.stories`)."""
        ...

    def snap(self, article_ids: Sequence[int], now: datetime) -> tuple[Snapshot, ...]:
        """Keep articles as they stand; one that stands as its newest snapshot has it is not kept again.

        Returns the newest snapshot of each. Raises NotFoundError, then nothing was kept.
        """
        ...

    def snapshot(self, article_id: int) -> Snapshot | None:
        """Return an article as it stood when an editor last chose or looked at it; None when nobody did."""
        ...

    def snapshots(self, article_id: int) -> tuple[Snapshot, ...]:
        """Return every snapshot of an article, oldest first."""
        ...

    def untaken(self, article_ids: Sequence[int]) -> tuple[int, ...]:
        """Return those of these articles that are there and have no snapshot, and the picked ones that have none."""
        ...

    def drifts(self, article_ids: Sequence[int]) -> tuple[Drift, ...]:
        """Return which of these articles read otherwise than their newest snapshot, or whose pages are gone."""
        ...

    def sight(self, sightings: Sequence[Sighting]) -> None:
        """Keep what pages answered; a page that was gone before keeps the time since when. Others are passed over."""
        ...

    def sightings(self, article_ids: Sequence[int]) -> Mapping[int, Sighting]:
        """Return what the pages of these articles answered last, by article number; none for one never looked at."""
        ...

    def keep_sketches(self, sketches: Mapping[int, frozenset[int]]) -> None:
        """Keep sketches; a sketch is forgotten when its article's words change."""
        ...

    def texts(self, article_ids: Sequence[int]) -> Mapping[int, str]:
        """Return what articles say, by number: the text, else the teaser. Those that are not there are passed over."""
        ...

    def terms(self, since: datetime) -> Mapping[int, Sequence[int]]:
        """Return the kept terms of articles seen since then, by article number (see `desk.choosing.vectors`)."""
        ...

    def keep_terms(self, terms: Mapping[int, Sequence[int]]) -> None:
        """Keep terms; they are forgotten when the article's words change."""
        ...


class Editions(Protocol):
    """The store's shelf of editions, their revisions and publications."""

    def create(self, edition: Edition, revision: Revision) -> Edition:
        """Keep a new edition with its first revision, in one transaction, and return it with its number.

        `revision.edition_id` is not read. Raises ConflictError when its slug, uid or filename is taken.
        """
        ...

    def get(self, edition_id: int) -> Edition:
        """Return an edition. Raises NotFoundError."""
        ...

    def all(self) -> tuple[Edition, ...]:
        """Return every edition, newest first."""
        ...

    def save(self, edition: Edition) -> None:
        """Keep an edition's record (not its words). Raises ConflictError when its slug is taken."""
        ...

    def revise(self, edition: Edition, revision: Revision, event: Event | None = None) -> Edition:
        """Keep a new revision together with the record that was read from it, in one transaction.

        `revision.number` must follow the newest. Raises ConflictError when somebody saved meanwhile.
        """
        ...

    def revision(self, edition_id: int, number: int) -> Revision:
        """Return a revision. Raises NotFoundError."""
        ...

    def revisions(self, edition_id: int) -> tuple[Revision, ...]:
        """Return every revision of an edition, oldest first."""
        ...

    def record(self, publication: Publication, edition: Edition, event: Event | None = None) -> None:
        """Keep that an edition went out, with its record, durably and in one transaction."""
        ...

    def publication(self, edition_id: int, channel: str) -> Publication | None:
        """Return the newest publication of an edition on a channel."""
        ...

    def named(self, name: str) -> tuple[Edition, ...]:
        """Return the editions that go by a name, newest first: slug, uid, title, number, or file without its .md."""
        ...

    def publications(self, edition_id: int) -> tuple[Publication, ...]:
        """Return every publication of an edition, oldest first."""
        ...


class Commissions(Protocol):
    """The store's shelf of what language models handed in, and of the hosts that may be asked."""

    def find(self, key: str) -> Answer | None:
        """Return the answer that is kept under a commission's key."""
        ...

    def keep(self, commission: Commission, answer: Answer) -> None:
        """Keep an answer; one that was kept for the same commission gives way to it."""
        ...

    def allows(self, host: str) -> bool:
        """Say whether the editor has agreed that article text goes to this host."""
        ...

    def allow(self, host: str, now: datetime) -> None:
        """Remember that the editor has agreed; agreeing again changes nothing."""


class Announcements(Protocol):
    """The store's shelf of feeds that changed and whose hub has not been told yet."""

    def plan(self, feed_urls: Sequence[str], now: datetime) -> tuple[str, ...]:
        """Remember that a hub is to hear of these feeds, and return those that were not planned already."""
        ...

    def due(self) -> tuple[str, ...]:
        """Return the feeds of which a hub is to hear, the longest planned first."""
        ...

    def forget(self, feed_urls: Sequence[str]) -> None:
        """Take feeds off the list: their hub was told, or there is nothing to tell."""
        ...


class Morgue(Protocol):
    """The store's morgue: clippings of what past editions carried. It can be rebuilt from the published revisions."""

    def unfiled(self) -> tuple[tuple[int, int], ...]:
        """Return the published revisions that nobody has cut yet, as (edition, revision), oldest first."""
        ...

    def file(self, edition_id: int, revision: int, clippings: Sequence[Clipping], traces: Sequence[Trace]) -> None:
        """Keep what a published revision carried, in its order, each with its trace; filed already, it stays so."""
        ...

    def near(self, traces: Sequence[Trace], days: int) -> tuple[Clipping, ...]:
        """Return the clippings that share a key or a run with one of these, or lie within so many days of it.

        In the order of `all`.
        """
        ...

    def all(self) -> tuple[Clipping, ...]:
        """Return every clipping, the newest edition's first."""
        ...

    def empty(self) -> None:
        """Forget every clipping; the published revisions are all unfiled then."""
        ...


class Store(Protocol):
    """Keeps what the newsroom knows."""

    @property
    def sources(self) -> Sources:
        """Return the shelf of sources."""
        ...

    @property
    def articles(self) -> Articles:
        """Return the shelf of articles."""
        ...

    @property
    def editions(self) -> Editions:
        """Return the shelf of editions."""
        ...

    @property
    def commissions(self) -> Commissions:
        """Return the shelf of what language models handed in."""
        ...

    @property
    def announcements(self) -> Announcements:
        """Return the shelf of feeds whose hub is to hear of them."""
        ...

    @property
    def morgue(self) -> Morgue:
        """Return what past editions carried."""
        ...

    @property
    def cards(self) -> Cards:
        """Return the catalogue of what is out."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """Return the ledger of deliveries."""
        ...

    @property
    def pushes(self) -> Pushes:
        """Return what was written to newsletter services."""
        ...

    @property
    def events(self) -> Events:
        """Return the log of what editions went through."""
        ...

    @property
    def journal(self) -> Journal:
        """Return the journal of publications."""
        ...

    def keep(self, visits: Sequence[Collected]) -> tuple[Saved, ...]:
        """Keep what visits brought and taught, in one transaction, and release their sources; a result a visit.

        Of a source it writes what visits teach; its title and homepage only while they are empty; its URL where a
        visit's source names another than the store's, unless that one is followed already; its state only to "gone".
        A source that was removed meanwhile is passed over, with its articles. A row that the store would refuse
        never costs another its place.
        """
        ...

    def holdings(self) -> AbstractContextManager[Holdings]:
        """Open everything that an export carries, as it stands at one moment; articles and texts are read as they go.

        Ordered by number, so that the same store gives the same order.
        """
        ...

    def take_over(self, holdings: Holdings, retold: Callable[[str, Mapping[int, int]], str]) -> Taken:
        """Take in what another store held, in one transaction; what is here already is never overwritten.

        `retold` gives a manuscript with the numbers of its articles changed: theirs → ours.
        Sources are known by URL, articles by guid, editions by uid. A number is kept where it is free here. An
        edition's further revisions are added when those here are the beginning of its own; one that went another way
        here is a conflict and left as it stands. Raises StoreError or what reading the parts raises; then nothing was
        taken in.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
