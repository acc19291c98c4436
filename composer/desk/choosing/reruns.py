"""Whether a story ran already: what is asked about, held against clippings of past editions. Pure.

A link, a redirect that led to it and another edition of its page are known by their keys (links.py); the same story
elsewhere by half of its words or, in the same days, by its headline (likeness.py). A clipping of running words, a link
that stood in the essay, is known by its link alone.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from composer.choice import Clipping, Rerun, Sameness, Trace
from composer.desk.choosing.likeness import LIKE, LONG_AGO, SHARED_LEAST, TITLE_DAYS, headline_likeness, text_likeness
from composer.desk.choosing.links import canonical, hint_of, names_a_page
from composer.desk.choosing.sketches import headline
from composer.desk.choosing.stories import SURE
from composer.model import Article

_BY_ADDRESS: frozenset[Sameness] = frozenset({"link", "redirect", "page"})
_SURENESS: dict[Sameness, int] = {"link": 0, "redirect": 1, "page": 2, "text": 3, "headline": 4, "words": 5}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A story or link, by what it can be recognised."""

    urls: tuple[str, ...]  # its own address first, then others that led to it
    title: str = ""
    outlet: str = ""
    published: datetime | None = None
    sketch: frozenset[int] = frozenset()

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return its links as keys; front pages name nothing."""
        return tuple(key for url in self.urls if (key := canonical(url)) and names_a_page(key))

    @cached_property
    def hints(self) -> frozenset[str]:
        """Return its links as keys that fold editions of a page."""
        return frozenset(map(hint_of, self.keys))

    @cached_property
    def words(self) -> frozenset[str]:
        """Return its headline's words."""
        return headline(self.title, self.outlet)


def asked(article: Article, sketch: frozenset[int]) -> Asked:
    """Ask about an article."""
    return Asked(
        urls=(article.url, *article.also),
        title=article.title,
        outlet=article.outlet,
        published=article.published or article.first_seen,
        sketch=sketch,
    )


def trace_of(story: Asked) -> Trace:
    """Return by what clippings are found that may be a story; `Archive` then says which are."""
    return Trace(
        keys=frozenset({*story.keys, *story.hints}), runs=story.sketch, day=_day(story) if story.words else None
    )


def traced(clipping: Clipping) -> Trace:
    """Return by what a clipping is found; its `ran_at` must be known.

    Of its runs half are kept, the smallest: a text that is as long and like it (`LIKE`) has one of these for certain, a
    shorter one that shares n runs with it but for a chance of 1 in 2**n.
    """
    story = _as_asked(clipping)
    trace = trace_of(story)
    if clipping.place == "words":
        return Trace(keys=trace.keys)
    runs = sorted(story.sketch)[: len(story.sketch) // 2 + 1] if len(story.sketch) >= SHARED_LEAST else ()
    return Trace(keys=trace.keys, runs=frozenset(runs), day=trace.day)


class Archive:
    """Clippings, and where to look for one like a story."""

    def __init__(self, clippings: Sequence[Clipping], zone: ZoneInfo) -> None:
        """Lay the clippings out; of equal ones the first counts, so let the newest edition come first."""
        self._clippings = [(one, _as_asked(one)) for one in clippings]
        self._zone = zone
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_run: dict[int, int] = {}  # the first clipping that holds it: most runs have no other
        self._also_by_run: dict[int, list[int]] = defaultdict(list)
        self._by_day: dict[int, list[int]] = defaultdict(list)
        for place, (clipping, story) in enumerate(self._clippings):
            for key in {*story.keys, *story.hints}:
                self._by_key[key].append(place)
            if clipping.place == "story":
                self._by_day[_day(story)].append(place)
                self._index(place, story.sketch)

    def _index(self, place: int, sketch: frozenset[int]) -> None:
        new = sketch.difference(self._by_run)
        self._by_run.update(dict.fromkeys(new, place))
        for run in sketch - new:
            self._also_by_run[run].append(place)

    def runs(self, story: Asked, besides: Collection[int] = ()) -> tuple[Rerun, ...]:
        """Return where a story ran, once an edition, the surest sign first; the editions `besides` do not count."""
        best: dict[int, Rerun] = {}
        for place in sorted(self._near(story)):
            clipping, ran = self._clippings[place]
            how = _how(story, ran, clipping) if clipping.edition_id not in besides else None
            held = best.get(clipping.edition_id)
            if how and (held is None or _SURENESS[how] < _SURENESS[held.how]):
                best[clipping.edition_id] = self._rerun(clipping, how)
        return tuple(sorted(best.values(), key=lambda one: _SURENESS[one.how]))

    def _near(self, story: Asked) -> set[int]:
        near = {place for key in {*story.keys, *story.hints} for place in self._by_key.get(key, ())}
        known = story.sketch & self._by_run.keys()
        counts = Counter(self._by_run[run] for run in known)
        counts.update(place for run in known for place in self._also_by_run.get(run, ()))
        near.update(place for place, count in counts.items() if self._is_like(story, place, count))
        if story.words:
            days = range(_day(story) - TITLE_DAYS.days, _day(story) + TITLE_DAYS.days + 1)
            near.update(place for day in days for place in self._by_day.get(day, ()))
        return near

    def _is_like(self, story: Asked, place: int, count: int) -> bool:
        return text_likeness(count, len(story.sketch), len(self._clippings[place][1].sketch)) >= LIKE

    def _rerun(self, clipping: Clipping, how: Sameness) -> Rerun:
        day = (clipping.ran_at or LONG_AGO).astimezone(self._zone).date()
        return Rerun(edition_id=clipping.edition_id, day=day, headline=clipping.headline, how=how)


def _as_asked(clipping: Clipping) -> Asked:
    return Asked(
        urls=clipping.urls,
        title=clipping.title,
        outlet=clipping.outlet,
        published=clipping.published or clipping.ran_at,
        sketch=clipping.sketch,
    )


def _how(story: Asked, ran: Asked, clipping: Clipping) -> Sameness | None:
    """Say by what a story is recognised as the one that ran; None when it is another."""
    signs = (sign for sign in _signs(story, ran) if clipping.place == "story" or sign in _BY_ADDRESS)
    sign = next(signs, None)
    return "words" if sign and clipping.place == "words" else sign


def _signs(story: Asked, ran: Asked) -> Iterator[Sameness]:
    shared = set(story.keys) & set(ran.keys)
    if shared and shared >= {*story.keys[:1], *ran.keys[:1]}:
        yield "link"
    elif shared:
        yield "redirect"
    apart = (story.published or LONG_AGO) - (ran.published or LONG_AGO)
    has_one_headline = headline_likeness(story.words, ran.words, apart) > 0
    likeness = text_likeness(len(story.sketch & ran.sketch), len(story.sketch), len(ran.sketch))
    if story.hints & ran.hints and (has_one_headline or likeness >= LIKE or _may_be_one(story.words, ran.words)):
        yield "page"
    if likeness >= (SURE if _is_of_one_outlet(story, ran) else LIKE):  # within an outlet likeness may be a template
        yield "text"
    if has_one_headline:
        yield "headline"


def _may_be_one(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two headlines are one; a bare link has none, and then the link is all there is to go by."""
    return not one or not other or one == other


def _is_of_one_outlet(one: Asked, other: Asked) -> bool:
    return bool(one.outlet) and one.outlet.casefold() == other.outlet.casefold()


def _day(story: Asked) -> int:
    return (story.published or LONG_AGO).astimezone(UTC).toordinal()
