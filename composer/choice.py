"""The nouns of choosing: what a story is worth, and that it ran already. Frozen values, as in `composer.model`."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from composer.model import NO_ID, Article
from composer.text import quoted

Place = Literal["story", "words"]  # a brief or link of its own; or only a link, a quotation, a figure in running words
Sameness = Literal["link", "redirect", "page", "text", "headline", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One story as several outlets tell it. `articles` begin with the one to read first."""

    articles: tuple[Article, ...]
    likeness: float  # the weakest link: share of the shorter text's words that the other holds, 0 to 1

    @property
    def outlets(self) -> tuple[str, ...]:
        """Return the outlets, each once."""
        return tuple(dict.fromkeys([article.outlet for article in self.articles]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How stories are ranked: what each term may add, what is taken off. Judgement, not measurement."""

    fresh: float = 0.30
    told: float = 0.25
    novel: float = 0.25
    source: float = 0.10
    length: float = 0.10
    like: float = 0.5  # taken off for a story just like one that was chosen already
    again: float = 0.05  # taken off for every story already chosen from the same source
    half_life_hours: float = 48
    outlets_many: int = 5  # so many outlets, or the most of any story, count in full
    words_enough: int = 400
    per_source: int = 2  # stories of one source at most; pins are the editor's own affair
    editions: int = 8  # how many past editions a story must be new to


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Why a story stands where it stands: five terms from 0 to 1, and what was found to say so."""

    fresh: float
    told: float
    novel: float
    source: float
    length: float
    age_hours: float  # of its newest report
    outlets: int
    words: int  # of the article to pick, counted no further than is enough
    nearest_edition: int = NO_ID  # the past edition that it is most like; NO_ID: like none


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """That a story or link ran already, in which edition, and by what it was recognised."""

    edition_id: int
    day: date  # when that edition went out, in the newsletter's zone
    headline: str  # what that edition called it
    how: Sameness

    @property
    def is_story(self) -> bool:
        """Say whether it ran as a story of its own; a link in running words is less."""
        return self.how != "words"

    @property
    def sentence(self) -> str:
        """Say where it ran, in words that follow a headline."""
        where = f"edition {self.edition_id} ({self.day}) as {quoted(self.headline)}"
        return {
            "link": f"ran in {where}",
            "redirect": f"ran in {where}, under an address that leads to the same page",
            "page": f"ran in {where}, from another edition of its page",
            "text": f"ran in {where}: the same words elsewhere",
            "headline": f"ran in {where}: nearly the same headline in the same days",
            "words": f"was linked in edition {self.edition_id} ({self.day}), at {quoted(self.headline)}",
        }[self.how]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A story that the next edition could carry."""

    story: Story  # begins with the article to pick
    picks: tuple[Article, ...]  # what to take of it: one article, or all that the editor picked
    score: float  # when it was chosen: the weighted terms, less the two deductions
    terms: Terms
    like: float = 0.0  # how like the most similar story chosen before it, 0 to 1
    again: int = 0  # stories chosen before it from the same source
    is_pin: bool = False  # the editor picked it
    rerun: Rerun | None = None

    @property
    def article(self) -> Article:
        """Return the article to pick."""
        return self.story.articles[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """A story or a link that a published edition carried. Which edition and when is told by the store."""

    edition_id: int = NO_ID
    revision: int = 0
    ran_at: datetime | None = None  # when its edition first went out
    place: Place
    urls: tuple[str, ...] = ()  # every address it is known by; the one that was printed comes first
    headline: str  # what the edition called it
    title: str = ""  # what its publisher called it
    outlet: str = ""
    published: datetime | None = None
    sketch: frozenset[int] = frozenset()  # of its text; see `composer.desk.choosing.sketches`


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What makes a clipping and a story worth holding against each other: one key, one run, or days close by."""

    keys: frozenset[str] = frozenset()  # of their links
    runs: frozenset[int] = frozenset()  # of their texts' sketches
    day: int | None = None  # counted as by `date.toordinal`, in UTC; None: days say nothing
