"""What the preview shows: one edition, rendered. Values only; where they come from is not known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from composer.model import FeedItem, Print, Remark, Severity

_GRAVITY: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block that readers see, as it can be taken hold of."""

    place: int  # 0-based, among all blocks of the manuscript
    name: str  # kind, or kind#id
    line: int  # 1-based, where it begins
    words: str  # its headline, or its first words
    headline: bool = False  # `words` are a field that can be set
    part: str = ""  # its number among the mail's parts; "" where the mail has none of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a part of the mail weighs."""

    name: str
    size: int  # bytes of HTML
    line: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where the edition leads its readers. `ran` says in which earlier edition that story or link was; "": in none."""

    url: str
    words: str
    line: int
    ran: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence of a source."""

    source: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of the edition beside its sources."""

    phrases: tuple[tuple[str, str], ...]  # (words, "" or what was found for them: "green", "amber", "red")
    findings: tuple[tuple[str, str], ...] = ()  # (level, what was found in words)
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """A block, or a field of it, that stands on sources."""

    name: str
    headline: str
    line: int
    field: str  # "" for its words
    claims: tuple[Claim, ...]
    unread: tuple[str, ...] = ()  # sources of which no text is stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """An article that was picked and is not in the edition yet."""

    article: int
    title: str
    outlet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panels:
    """What stands beside the edition once it is proved."""

    shares: tuple[Share, ...] = ()
    clipped_bytes: int = 0  # at which Gmail clips; 0: not weighed
    links: tuple[Link, ...] = ()
    testimonies: tuple[Testimony, ...] = ()
    picks: tuple[Pick, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An edition as its readers will get it, every picture of its own pointing below the preview's prints address."""

    title: str
    subject: str
    preheader: str
    from_name: str
    email_html: str
    page_html: str
    text: str
    marked_html: str = ""  # the mail with a mark around each part, for frames; "": it is shown as it is
    remarks: tuple[Remark, ...] = ()
    proved: bool = True  # False while the remarks are those of an older text, or none yet
    problem: str = ""  # one line, "editions/3-salt.md:12: …": why this is an older rendering than the file
    prints: tuple[Print, ...] = ()  # own photos, served by name; those without content lie elsewhere
    item: FeedItem | None = None  # what the feeds carry
    manuscript: str = ""  # the text that all of it was read from
    revision: str = ""  # sha256 of that text: what somebody saw who acts on it
    file: str = ""  # the manuscript as its editor names it, to stand before a remark's line
    written: Mapping[str, str] = field(default_factory=dict)  # title, subject and preheader as the manuscript has them
    pieces: tuple[Piece, ...] = ()
    testers: tuple[str, ...] = ()  # who may get it as a test mail
    panels: Panels = Panels()

    def piece_at(self, line: int) -> Piece | None:
        """Return the piece that a line of the manuscript stands in, None above the first."""
        above = [piece for piece in self.pieces if piece.line <= line]
        return above[-1] if above else None


BLANK = Sheet(title="", subject="", preheader="", from_name="", email_html="", page_html="", text="")


def gravest_first(remarks: Sequence[Remark]) -> list[Remark]:
    """Order remarks by severity, then by their place in the manuscript."""
    return sorted(remarks, key=lambda remark: (_GRAVITY.index(remark.severity), remark.line))


def place(remark: Remark, file: str) -> str:
    """Name where a remark stands, as editors and terminals read it ("editions/3-salt.md:12"), or ""."""
    if not remark.line:
        return file
    return f"{file}:{remark.line}" if file else f"line {remark.line}"
