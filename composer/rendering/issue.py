"""An edition laid out: every value ready to print, so that templates neither count nor fall back.

`body` is sanitised HTML, `markdown` the same words as the editor typed them, for the plain-text walk; all else
is plain words. `kind` names the theme's part. An empty value means: print nothing.
"""

from dataclasses import dataclass, field

from markupsafe import Markup

from composer.text import host

NO_MARKUP = Markup()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperlink:
    """Words that lead somewhere; `url` is "" when the address cannot be used."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lede:
    """The opening."""

    kind: str = "lede"
    anchor: str = ""
    salutation: str = ""
    dateline: str = ""
    body: Markup
    opening: Markup  # the body with the dateline run in before its first words, in a span of class "dateline"
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Paragraphs."""

    kind: str = "prose"
    anchor: str = ""
    body: Markup
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section's, subhead's or smaller subhead's words; `level` 2, 3 or 4 follows the last one without a gap."""

    kind: str  # section, subhead, subhead3
    anchor: str = ""
    level: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture with the words that travel with it; `placeholder` means that there is no picture to show."""

    kind: str = "photo"
    anchor: str = ""
    url: str
    alt: str
    caption: str = ""
    credit: str = ""
    credit_line: str = ""  # the credit as text prints it: "Photo: Name/Agency"
    link: str = ""
    width: int = 0  # px of the file; 0 unknown
    height: int = 0
    media_type: str = ""
    narrow: bool = False  # too few pixels to bleed across a 600 px card
    placeholder: bool = False
    problem: str = ""  # why, when it cannot be shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PullQuote:
    """A sentence set large."""

    kind: str = "pullquote"
    anchor: str = ""
    body: Markup
    markdown: str
    speaker: str = ""  # "Nino Example, trader"
    dir: str = ""  # when it is not the edition's
    turned: bool = False  # it runs against the edition's direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Somebody's own words, in the language's quotation marks."""

    kind: str = "quote"
    anchor: str = ""
    body: Markup
    markdown: str
    speaker: str = ""  # "Nino Example, trader"
    source: Hyperlink | None = None
    lang: str = ""  # when it is not the edition's
    dir: str = ""
    turned: bool = False  # it runs against the edition's direction
    note: str = ""  # "Translated by …", or why the speaker is not named


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a row, measured in percent of its track; the track leaves room for the value after the longest."""

    value: str  # as printed, with its unit
    series: str = ""  # which column's, where there are several
    tone: str = "accent"  # the palette's colour for its column: accent, mute, ink
    gap: int = 0  # before it: where values below zero have their bars
    reach: int = 0  # its length; 0: no bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a figure."""

    label: str
    value: str  # as printed, with its unit
    share: int = 0  # the first bar's length in percent of the longest; 0: no bar
    bars: tuple[Bar, ...] = ()  # one a column
    cells: tuple[str, ...] = ()  # every cell after the label, as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Figures with their sources: bars, a table, or a picture of a chart.

    A chart that was drawn here has a picture and rows; mail shows the picture, page, feeds and text the rows too.
    """

    kind: str = "figure"
    anchor: str = ""
    shape: str  # bar, table or image
    title: str
    alt: str
    head: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    photo: Photo | None = None
    source_line: str = ""
    note: str = ""

    @property
    def grouped(self) -> bool:
        """Say whether its rows are groups of bars, which name their columns themselves."""
        return self.shape == "bar" and any(bar.series for row in self.rows for bar in row.bars)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Our short summary of another's story."""

    kind: str = "brief"
    anchor: str = ""
    slug: str = ""  # what it is called in its edition for ever: its anchor, else its first source
    level: int
    number: str = ""  # its place among the edition's briefs; "" when it is the only one
    leads: bool = False  # the first of an odd run: it stands across where the others stand side by side
    label: str = ""
    headline: str
    url: str = ""
    attribution: str = ""  # "The Wire reports, from customs data"
    source_line: str = ""  # the attribution, the day and the minutes, parted by middle dots
    sources: tuple[Hyperlink, ...] = ()
    body: Markup
    markdown: str
    lang: str = ""
    dir: str = ""
    turned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A story worth reading."""

    kind: str = "link"
    anchor: str = ""
    slug: str = ""  # what it is called in its edition for ever: its anchor, else its first source
    level: int
    headline: str
    url: str = ""
    source_line: str = ""
    sources: tuple[Hyperlink, ...] = ()
    body: Markup = NO_MARKUP
    markdown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A labelled point of view."""

    kind: str = "view"
    anchor: str = ""
    level: int
    label: str
    name: str = ""
    source: Hyperlink | None = None
    body: Markup
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Who did what."""

    kind: str = "credits"
    anchor: str = ""
    entries: tuple[tuple[str, str], ...]  # ("Research", "Nino Example and Sam Example")
    line: str  # all of them in one line of sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where else this stands."""

    kind: str = "provenance"
    anchor: str = ""
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One thing to do: a signup or a cta."""

    kind: str  # signup, cta
    anchor: str = ""
    text: str = ""
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """Paid words, labelled as such."""

    kind: str = "sponsor"
    anchor: str = ""
    label: str
    name: str
    url: str = ""
    photo: Photo | None = None
    body: Markup
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What readers should know about how this was made."""

    kind: str = "disclosure"
    anchor: str = ""
    label: str
    body: Markup
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was wrong, what is right, since when; stands above the words it corrects."""

    kind: str = "correction"
    anchor: str = ""
    label: str
    target: str = ""  # anchor of the block that it corrects
    of: str = ""  # the other edition that it is about
    day: str = ""  # ISO 8601
    date: str = ""  # as printed
    was: str = ""  # "We wrote: …"
    now: str = ""  # "It should say: …"
    body: Markup
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Divider:
    """A pause."""

    kind: str = "divider"
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The closing box."""

    kind: str = "why"
    anchor: str = ""
    title: str
    body: Markup
    markdown: str


Part = (
    Lede
    | Prose
    | Heading
    | Photo
    | PullQuote
    | Quote
    | Figure
    | Brief
    | Link
    | View
    | Credits
    | Provenance
    | Call
    | Sponsor
    | Disclosure
    | Correction
    | Divider
    | Why
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Colophon:
    """The foot: who sends this, why you get it, and how to stop it."""

    reason: str
    unsubscribe: Hyperlink | None = None
    web: Hyperlink | None = None
    corrections: Hyperlink | None = None
    privacy: Hyperlink | None = None
    address: str = ""

    @property
    def links(self) -> tuple[Hyperlink, ...]:
        """Return the links that are there, in the order in which they are printed."""
        given = (self.unsubscribe, self.web, self.corrections, self.privacy)
        return tuple(link for link in given if link and link.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An edition, laid out."""

    nameplate: str
    tagline: str = ""
    home_url: str = ""
    folio: tuple[str, ...] = ()  # ("No. 12", "Friday 6 March 2026", "7 minutes")
    number: str = ""
    date: str = ""
    minutes: str = ""
    words: int = 0
    title: str
    dek: str = ""
    byline: str = ""  # "By Nino Example and Sam Example"
    authors: tuple[str, ...] = ()
    subject: str = ""
    preheader: str = ""
    preheader_fill: bool = False  # blanks after it keep the inbox from showing more
    lang: str
    dir: str
    start: str = "left"  # the side where a line begins
    end: str = "right"
    tags: tuple[str, ...] = ()
    hero: Photo | None = None
    url: str = ""
    canonical_url: str = ""
    published: str = ""  # ISO 8601, with its zone
    updated: str = ""  # empty until something changed after publication
    updated_line: str = ""  # "Updated 9 March 2026"
    parts: tuple[Part, ...] = ()
    sources: tuple[Hyperlink, ...] = ()  # the stories that it stands on
    colophon: Colophon = field(default_factory=lambda: Colophon(reason=""))

    @property
    def host(self) -> str:
        """Return the host of the edition's page, for print."""
        return host(self.url)

    @property
    def sheets(self) -> tuple[tuple[Part, ...], ...]:
        """Return the parts but the why boxes in runs that a mail client can lay out as tables of their own.

        A run begins where a reader turns; Word (Outlook's engine) tears a table apart that grows past 1,800 px.
        """
        runs: list[list[Part]] = []
        for part in self.parts:
            if part.kind == "why":
                continue
            if not runs or part.kind in {"section", "subhead", "photo", "pullquote"}:
                runs.append([])
            runs[-1].append(part)
        return tuple(tuple(run) for run in runs)

    @property
    def closing(self) -> tuple[Part, ...]:
        """Return the why boxes, the last thing seen."""
        return tuple(part for part in self.parts if part.kind == "why")
