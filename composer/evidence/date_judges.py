"""Whether a source has a date: written there, or the day it was published."""

from datetime import timedelta

from composer.evidence.dates import Moment
from composer.evidence.judgement import UNSUPPORTED, Judgement
from composer.evidence.likeness import aligned, around
from composer.evidence.sources import Source
from composer.evidence.texts import Text
from composer.facts import Result, Standing

_ALTERED_LEAST, _ALTERED_MORE = 4, 3
_TOLD_NEAR = 2
_YESTERDAY = frozenset(("yesterday", "вчора", "учора", "вчера", "გუშინ", "امس", "overnight"))


def judge_date(text: Text, moment: Moment, source: Source) -> Judgement:
    """Look a date up in a source."""
    span = (moment.first, moment.last)
    rows = [(aligned(text, span, source, (one.first, one.last)), -at, one) for at, one in enumerate(source.moments)]
    same = [row for row in rows if moment.agrees(row[2])]
    other = max((row for row in rows if not moment.agrees(row[2])), default=None, key=lambda row: row[:2])
    held = max((row[0] for row in same), default=0)
    if other and other[0] >= max(_ALTERED_LEAST, held + _ALTERED_MORE):
        return _instead(source, other[2])
    if same:
        return _held(text, moment, source, max(same, key=lambda row: row[:2])[2])
    if _was_published(moment, source):
        return Judgement(result="supported", standing=Standing(source=source.original.id, part="about"))
    return _instead(source, other[2]) if other and other[0] >= _TOLD_NEAR else UNSUPPORTED


def _held(text: Text, moment: Moment, source: Source, best: Moment) -> Judgement:
    """Months and weekdays come up often: one without a day wants company."""
    near = aligned(text, (moment.first, moment.last), source, (best.first, best.last)) > 1
    alike = (
        around(text, (moment.first, moment.last)) & around(source.text, (one.first, one.last))
        for one in source.moments
        if moment.agrees(one)
    )
    result: Result = "supported" if moment.day or near or any(alike) else "other context"
    return Judgement(result=result, standing=source.standing(best.start, best.end))


def _instead(source: Source, moment: Moment) -> Judgement:
    standing = source.standing(moment.start, moment.end)
    return Judgement(result="altered", standing=standing, near=source.words(moment.start, moment.end))


def _was_published(moment: Moment, source: Source) -> bool:
    published = source.original.published
    if published is None:
        return False
    before = published - timedelta(days=1)
    return moment.on(published) or (not _YESTERDAY.isdisjoint(source.places) and moment.on(before))
