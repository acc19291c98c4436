"""The nouns: frozen values, standard library only.

Times are aware, in UTC. An `id` is the store's number (0: none yet), a `uid` the public one for ever; "" is "unknown".
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from composer.negatives import Negative

ArticleState = Literal["new", "picked", "spiked"]
EditionStatus = Literal[
    "draft", "in_review", "approved", "scheduled", "published", "corrected", "retracted", "discarded"
]
Severity = Literal["error", "warning", "info"]
Outcome = Literal["changed", "unchanged", "failed"]
SourceState = Literal["active", "paused", "gone"]  # gone: its server says that it will not come back (410)
Access = Literal["", "open", "paywalled"]

NO_ID = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed we follow, and what the last visit taught us about it."""

    id: int = NO_ID
    url: str  # http(s) address, or a local path: relative to the newsletter's folder where it lies inside
    title: str = ""
    homepage: str = ""
    tags: tuple[str, ...] = ()
    weight: int = 1  # how much its stories count when stories are ranked: 0 to 10
    state: SourceState = "active"
    whole: bool = True  # complete its teasers from their pages
    version: int = 1  # counts the editor's saves, so that two never overwrite each other
    etag: str = ""
    last_modified: str = ""
    body_sha256: str = ""
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    changed_at: datetime | None = None  # last visit that brought something new
    next_at: datetime | None = None  # not to be visited earlier by itself
    not_before: datetime | None = None  # its server asked to be left alone until then (Retry-After)
    every_seconds: int = 0  # its rhythm: how long between two visits; 0: not known yet
    failures: int = 0  # failed visits in a row
    problem: str = ""  # why the last visit failed
    moved_to: str = ""  # where permanent redirects lead, while that has not proved stable
    moved_since: datetime | None = None
    moved_times: int = 0  # visits in a row that were led there


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What an address stands for: the sources to follow, and the feeds that its page names besides."""

    sources: tuple[Source, ...]
    others: tuple[tuple[str, str], ...] = ()  # (address, title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An article's lead photo as its publisher gave it: three different sentences travel with it."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that travels with an article: a recording, a film, a document."""

    url: str
    media_type: str = ""
    bytes_length: int = 0  # 0: not said


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A story as its publisher gave it. `text` is plain, paragraphs parted by a blank line."""

    id: int = NO_ID
    source_id: int | None = None  # None: added by hand, not from a feed
    guid: str  # the publisher's own identity for it, else its link, else a hash of its words; opaque
    url: str = ""
    title: str
    outlet: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None  # as its publisher says
    first_seen: datetime | None = None
    lang: str = ""
    categories: tuple[str, ...] = ()
    summary: str = ""  # the publisher's own teaser, plain
    text: str = ""
    picture: Picture | None = None
    enclosures: tuple[Enclosure, ...] = ()
    via: str = ""  # whose story it was first, when the feed passes it on (RSS and Atom `source`)
    access: Access = ""  # "": not looked at; "open" and "paywalled" are what its page said
    also: tuple[str, ...] = ()  # other addresses that led to it: where a visit ended, what its page calls its own
    state: ArticleState = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one visit to a source brought. `source` carries the visit's new validators, counts and times."""

    source: Source
    outcome: Outcome
    articles: tuple[Article, ...] = ()
    problem: str = ""  # one line; with outcome "changed" it says that the feed was damaged but readable
    not_before: datetime | None = None  # when the server allows the next visit (Retry-After, RFC 9110 section 10.2.3)
    fresh_seconds: int = 0  # how long the server or the feed calls this answer fresh (RFC 9111; RSS `ttl`)
    moved_to: str = ""  # where the visit ended, when every redirect on the way was permanent
    gone: bool = False  # 410: it will not come back


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How many articles a save added, changed and found as they were."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleQuery:
    """Which articles to list; newest first. `words` is full-text: words, "a phrase", -not, OR, prefix*."""

    words: str = ""
    ranked: bool = False  # best match first instead; it means nothing without words
    since: datetime | None = None
    source_id: int | None = None
    states: tuple[ArticleState, ...] = ("new", "picked")
    limit: int = 50
    lean: bool = False  # only what tells stories apart: number, source, guid, link, title, outlet, times and state


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that a search found, and where its words stand."""

    article: Article
    snippet: tuple[tuple[str, bool], ...] = ()  # (words, they are what was asked for), in reading order


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How an article read before its publisher changed it."""

    article_id: int
    number: int  # 1 is the oldest
    title: str
    text: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that `currents doctor` looked at."""

    check: str  # "sqlite-version"
    severity: Severity | Literal["ok"]
    message: str  # one line: what was found, and what to do
    mendable: bool = False  # `--fix` can mend it


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A text that a file seems to hold: what the splitter proposes and why; the editor confirms it."""

    first_line: int  # 1-based, inclusive
    last_line: int  # inclusive
    title: str  # proposed from the text's own first words; the file gave none
    text: str
    reason: str  # why a text seems to begin here


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a text. `start` and `end` are code-point offsets: text[start:end] == words."""

    start: int
    end: int
    words: str
    paragraph: int  # 0-based
    depth: int = 0  # how many quotations are open where it begins; one that it opens itself is not counted

    @property
    def quoted(self) -> bool:
        """Say whether it begins inside an open quotation."""
        return self.depth > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The store's record of an edition. Its words are its revisions' text; these fields are read from the newest."""

    id: int = NO_ID
    uid: str  # ULID; every feed guid derives from it
    slug: str
    title: str
    status: EditionStatus = "draft"
    filename: str = ""  # the manuscript's name in the newsletter's editions/ folder
    revision: int = 0  # number of the newest revision
    created_at: datetime | None = None
    published_at: datetime | None = None  # first publication; never moves
    updated_at: datetime | None = None  # last publication of changed words
    filed: str = ""  # sha256 of the text that its file held when it was last looked at; "": not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One saved text of an edition; immutable."""

    edition_id: int
    number: int  # 1, 2, 3 …
    text: str
    sha256: str  # of the text's UTF-8 bytes, hexadecimal
    saved_at: datetime
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """That one revision of an edition went out by one channel."""

    edition_id: int
    revision: int
    channel: str  # "outbox"
    sha256: str  # of the manifest: what exactly went out
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in a profile: which block kind, how many, how many words in each."""

    kind: str
    least: int = 0
    most: int | None = None
    words_least: int = 0
    words_most: int | None = None
    hint: str = ""  # what a new draft says in its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What kind of edition this is: its slots in order, and its thresholds."""

    name: str
    about: str = ""  # one line: what kind of edition it is
    slots: tuple[Slot, ...]
    layout: tuple[str, ...] = ()  # what a new draft lays out, in order: "kind" or "kind: words"
    picks: str = "brief"  # the kind that every picked article becomes: brief or link
    minutes: bool = False  # say of each pick how long its original takes to read
    last: str = ""  # the kind that must be the last visible block
    byline: bool = True  # an edition must name its writer
    paragraph_words_most: int = 170
    words_most: int = 2000
    summary_words: int = 75

    def slot(self, kind: str) -> Slot | None:
        """Return the slot for a kind of block, if the profile has one."""
        return next((slot for slot in self.slots if slot.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing an editor should see before readers do."""

    rule: str  # "M-CREDIT"
    severity: Severity
    message: str  # what is wrong and how to mend it, one line
    line: int = 0  # 1-based line in the manuscript; 0: it concerns the whole edition
    block: str = ""  # kind, or kind#id, of the block it stands in


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A photo developed for readers: re-encoded, turned upright, stripped of its metadata, at most 1,200 px wide."""

    src: str  # as the manuscript names it
    url: str  # where mail, page and feeds show it
    name: str = ""  # file name to write, content-hashed; "" for a photo that lies on the web
    media_type: str = ""  # image/jpeg or image/png
    width: int = 0  # px of the file itself; 0 unknown
    height: int = 0
    content: bytes = b""  # empty for a photo on the web that was not fetched: `url` is its own address then
    problem: str = ""  # one line: why it cannot be shown
    negative: Negative | None = None  # the picture as it lies; None when it does not lie here


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail, ready to be written down as RFC 5322: headers as plain words, both bodies complete."""

    subject: str
    preheader: str
    from_name: str
    from_address: str
    reply_to: str = ""
    html: str
    text: str
    lang: str = "en"
    list_name: str = ""
    list_id: str = ""  # "undertow.example.org"
    unsubscribe_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An archive page: a whole HTML document and the address it will have."""

    url: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPhoto:
    """A photo as feeds name it (Media RSS 1.5.1)."""

    url: str
    media_type: str
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An edition, or one story of it, as a feed item. `content_html` is whole, sanitised, with absolute URLs only."""

    guid: str  # tag: URI (RFC 4151), for ever the same
    url: str
    title: str
    summary: str  # plain
    content_html: str
    content_text: str
    published: datetime
    updated: datetime  # equal to `published` until a correction
    lang: str
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    photos: tuple[FeedPhoto, ...] = ()
    related: tuple[tuple[str, str], ...] = ()  # (url, title) of the reporting that it stands on
    retells: str = ""  # address of the one story that it tells again; "" for an edition
    why: str = ""
    credits: tuple[tuple[str, str], ...] = ()  # (role, names)
    corrections: tuple[str, ...] = ()  # plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The feed itself: what RSS calls the channel, Atom the feed."""

    title: str
    description: str
    home_url: str
    feed_url: str  # address of this very document
    lang: str
    guid: str  # tag: URI of the newsletter, of its stories or of a tag
    hub: str = ""  # WebSub hub that tells readers of news
    look: str = ""  # address of a style sheet for people who open the feed in a browser
    items: tuple[FeedItem, ...] = ()  # newest first
