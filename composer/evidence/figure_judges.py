"""Whether a source has a figure: the same, rounded, or another one in the very place."""

from collections.abc import Iterator
from math import floor

from composer.evidence.figures import Figure
from composer.evidence.judgement import Judgement
from composer.evidence.likeness import aligned, around, sides
from composer.evidence.sources import Source
from composer.evidence.texts import Text
from composer.facts import Standing

_ALTERED_LEAST = 4  # words in a row around another figure that make it the place of this one
_ALTERED_MORE = 3  # by so many more than around the same figure elsewhere
_TOLD_NEAR = 2
_TOLERANCE = 0.12
_COUNTED_MOST = 12  # editors count so far themselves
_WHOLE_LEAST = 1000  # whole numbers are rounded without a word from here on


def judge_figure(text: Text, figure: Figure, source: Source) -> Judgement:
    """Look a figure up in a source."""
    span = (figure.first, figure.last)
    same = [one for one in source.figures if one.equals(figure)]
    near, most = _nearest(text, figure, source)
    ranked = sorted(
        ((_same_kind(figure, one), *_shared(text, span, source, one), -one.start, one) for one in same),
        key=lambda row: row[:4],
    )
    held = max((row[1] for row in ranked), default=0)
    if near and most >= max(_ALTERED_LEAST, held + _ALTERED_MORE) and not _excused(text, figure, near, source):
        return _instead(source, near)
    if ranked:
        kind, alike, shared, _, one = ranked[-1]
        close = kind and (alike >= _TOLD_NEAR or shared > 0)
        return Judgement(result="supported" if close else "other context", standing=source.standing(one.start, one.end))
    if rounded := next(_rounded(text, figure, source), None):
        return Judgement(
            result="rounded", standing=source.standing(rounded.start, rounded.end), near=_words(source, rounded)
        )
    return _missing(figure, source, near if most >= _TOLD_NEAR else None)


def _excused(text: Text, figure: Figure, near: Figure, source: Source) -> bool:
    """Say whether another figure in this place is no slip: this one rounds it, or the sentence has both.

    "Fell from 204 to 82" is right where the source has "fell from 204 to 131 and then to 82".
    """
    if _is_rounded(figure, near):
        return True
    place = source.text.sentence_at(near.start)
    both = any(one.equals(figure) and source.text.sentence_at(one.start) == place for one in source.figures)
    return both and min(sides(text, (figure.first, figure.last), source, (near.first, near.last))) <= 1


def _missing(figure: Figure, source: Source, near: Figure | None) -> Judgement:
    published = source.original.published
    if figure.kind == "date" and published and float(published.year) in figure.values:
        return Judgement(result="supported", standing=Standing(source=source.original.id, part="about"))
    if figure.kind == "date" and any(moment.year and float(moment.year) in figure.values for moment in source.moments):
        return Judgement(result="supported", standing=_year_of(figure, source))
    if near:
        return _instead(source, near)
    counted = figure.spoken and figure.kind == "number" and figure.values[0] <= _COUNTED_MOST
    return Judgement(result="count not stated" if counted else "unsupported")


def _year_of(figure: Figure, source: Source) -> Standing:
    moment = next(one for one in source.moments if float(one.year) in figure.values)
    return source.standing(moment.start, moment.end)


def _instead(source: Source, near: Figure) -> Judgement:
    return Judgement(result="altered", standing=source.standing(near.start, near.end), near=_words(source, near))


def _words(source: Source, figure: Figure) -> str:
    return source.words(figure.start, figure.end)


def _nearest(text: Text, figure: Figure, source: Source) -> tuple[Figure | None, int]:
    """Return the other figure whose surroundings are most like this one's, and how many words they share in a row."""
    best, most = None, 0
    for one in source.figures:
        alike = aligned(text, (figure.first, figure.last), source, (one.first, one.last))
        if alike > most and not one.equals(figure):
            best, most = one, alike
    return best, most


def _same_kind(figure: Figure, other: Figure) -> bool:
    """Say whether two figures count alike: dollars are no euros, and a percentage no number."""
    if figure.kind == other.kind:
        return not (figure.currency and other.currency) or figure.currency == other.currency
    return {figure.kind, other.kind} <= {"number", "date"}


def _shared(text: Text, span: tuple[int, int], source: Source, other: Figure) -> tuple[int, int]:
    """Return the words in a row and the telling words that two places share; across scripts one is granted."""
    place = (other.first, other.last)
    mine, theirs = around(text, span), around(source.text, place)
    foreign = bool(mine and theirs) and any(map(str.isascii, mine)) != any(map(str.isascii, theirs))
    return aligned(text, span, source, place), 1 if foreign else len(mine & theirs)


def _rounded(text: Text, figure: Figure, source: Source) -> Iterator[Figure]:
    """Yield the figures that this one rounds, said so or to the precision that it shows."""
    if figure.kind == "date":
        return
    for one in source.figures:
        if _is_rounded(figure, one) and (figure.hedge or _shared(text, (figure.first, figure.last), source, one)[1]):
            yield one


def _is_rounded(figure: Figure, near: Figure) -> bool:
    alike = _same_kind(figure, near) or {figure.kind, near.kind} == {"number", "money"}
    return figure.kind != "date" and near.step < figure.step and alike and _rounds(figure, near)


def _rounds(figure: Figure, other: Figure) -> bool:
    said, meant = figure.values[0], other.values[0]
    gap = said - meant
    near = abs(gap) <= figure.step / 2 or (bool(figure.hedge) and abs(gap) <= _TOLERANCE * meant)
    if figure.hedge == "above":
        return gap <= 0 and (near or floor(meant / figure.step) * figure.step == said)
    if figure.hedge == "below":
        return gap >= 0 and near
    if figure.hedge == "about":
        return near
    return abs(gap) <= figure.step / 2 and (other.decimals or _drops_digits(figure, other))


def _drops_digits(figure: Figure, other: Figure) -> bool:
    """Say whether a whole number is rounded so plainly that nobody takes it for a slip."""
    return other.values[0] >= _WHOLE_LEAST and figure.step >= 100 * other.step
