"""The check itself: every fact of a text, looked up in its sources."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from composer.evidence.copying import copied, overlap
from composer.evidence.date_judges import judge_date
from composer.evidence.dates import Moment, moments
from composer.evidence.figure_judges import judge_figure
from composer.evidence.figures import Figure, figures
from composer.evidence.following import nearest
from composer.evidence.judgement import Judgement, best
from composer.evidence.letters import fold
from composer.evidence.name_judges import is_name, judge_name, without_opener
from composer.evidence.names import Name, names
from composer.evidence.quotation_judges import is_quotation, judge_quotation
from composer.evidence.sources import Source, index
from composer.evidence.texts import Quoted, Text, quoted_words, read
from composer.facts import Evidence, Fact, FactKind, Original, Verdict
from composer.text import count_words

_UNTOLD = frozenset(("one", "first", "second"))  # words that are seldom counts
_NEAR_SENTENCES = 1
Judge = Callable[[Source], Judgement]


class Spanning(Protocol):
    """What stands somewhere in a text, in code points."""

    @property
    def start(self) -> int:
        """Return where it begins."""
        ...

    @property
    def end(self) -> int:
        """Return one past its end."""
        ...


def check(text: str, originals: Sequence[Original], *, strict: bool = False) -> Evidence:
    """Look every figure, date, name and quotation of a text up in its sources.

    Deterministic and offline, in milliseconds. It sees no predicate, no negation and not who did what to whom: it says
    which facts stand where, never that a text is true. `strict` also marks facts that stand away from the passage
    which their sentence follows. Without a source nothing is judged.
    """
    read_text = read(text)
    return _evidence(read_text, [index(one) for one in originals], strict=strict)


def check_quotation(text: str, originals: Sequence[Original]) -> Evidence:
    """Look up a text that is one quotation without its marks, as a quote block holds it, and the facts inside."""
    whole = Quoted(start=0, end=len(text), closed=True, single=False)
    return _evidence(replace(read(text), quotations=(whole,)), [index(one) for one in originals], strict=False)


def facts(text: str) -> tuple[Fact, ...]:
    """Return what could be looked up in a text, in order."""
    return tuple(fact for fact, _ in _facts(read(text), ()))


def _evidence(text: Text, sources: Sequence[Source], *, strict: bool) -> Evidence:
    quoted = quoted_words(text)
    verdicts = tuple(_verdict(fact, judge, sources) for fact, judge in _facts(text, sources)) if sources else ()
    return Evidence(
        text=text.text,
        verdicts=tuple(_strictly(text, verdict, sources) for verdict in verdicts) if strict else verdicts,
        copied=copied(text, sources, quoted),
        overlap=overlap(text, sources, quoted),
        words=count_words(text.text),
        quoted_words=len(quoted),
        source_words=sum(count_words(source.original.text) for source in sources),
        sources=tuple(source.original.id for source in sources),
    )


def _verdict(fact: Fact, judge: Judge, sources: Sequence[Source]) -> Verdict:
    return best(fact, (judge(source) for source in sources))


def _facts(text: Text, sources: Sequence[Source]) -> list[tuple[Fact, Judge]]:
    """Return every fact with what judges it, in the order of the text."""
    dates = moments(text)
    numbers = [one for one in figures(text) if _counts(text, one, dates)]
    found = [
        *(_quotation(text, one) for one in map(partial(_within, text), text.quotations) if is_quotation(text, one)),
        *(_fact(text, "date", one, partial(judge_date, text, one)) for one in dates),
        *(_fact(text, one.kind, one, partial(judge_figure, text, one)) for one in numbers),
        *(_fact(text, "name", one, partial(judge_name, text, one)) for one in _named(text, dates, sources)),
    ]
    return sorted(found, key=lambda pair: (pair[0].start, -pair[0].end))


def _fact(text: Text, kind: FactKind, span: Spanning, judge: Judge) -> tuple[Fact, Judge]:
    return Fact(kind=kind, start=span.start, end=span.end, words=text.text[span.start : span.end]), judge


def _quotation(text: Text, quoted: Quoted) -> tuple[Fact, Judge]:
    return _fact(text, "quotation", quoted, partial(judge_quotation, text, quoted))


def _within(text: Text, quoted: Quoted) -> Quoted:
    """End a quotation that is never closed with its sentence."""
    if quoted.closed:
        return quoted
    _, end = text.sentence(text.sentence_at(quoted.start))
    return replace(quoted, end=max(quoted.start, min(quoted.end, end)))


def _named(text: Text, dates: Sequence[Moment], sources: Sequence[Source]) -> Iterator[Name]:
    counted = [range(one.first, one.last) for one in figures(text)]
    for one in (without_opener(text, name, sources) for name in names(text, dates)):
        number = any(one.first in words and one.last - 1 in words for words in counted)
        if not number and is_name(text, one, sources):
            yield one


def _counts(text: Text, figure: Figure, dates: Sequence[Moment]) -> bool:
    """Say whether a figure is a fact of its own: not part of a date, not a mere one."""
    if any(moment.first <= figure.first < moment.last for moment in dates):
        return False
    return not (figure.spoken and text.folds[figure.first] in _UNTOLD and figure.last - figure.first == 1)


def _strictly(text: Text, verdict: Verdict, sources: Sequence[Source]) -> Verdict:
    """Doubt a fact that stands away from the passage that its sentence follows."""
    standing = verdict.standing
    if verdict.result != "supported" or standing is None or standing.part == "about":
        return verdict
    number = text.sentence_at(verdict.fact.start)
    source = next(one for one in sources if one.original.id == standing.source)
    passages = _followed(text, number, source)
    if not passages or any(_holds(source, passage, verdict) for passage in passages):
        return verdict
    return replace(verdict, result="elsewhere")


def _followed(text: Text, number: int, source: Source) -> list[range]:
    """Return the words of the passages of a source that a sentence shares most with."""
    return [_passage(source, at) for at in nearest(text, number, source)]


def _passage(source: Source, number: int) -> range:
    """Return the code points of a sentence with its neighbours."""
    first = max(0, number - _NEAR_SENTENCES)
    last = min(len(source.text.sentence_starts) - 1, number + _NEAR_SENTENCES)
    return range(source.text.sentence(first)[0], source.text.sentence(last)[1])


def _holds(source: Source, passage: range, verdict: Verdict) -> bool:
    """Say whether a passage has a fact's words, wherever its verdict found them first."""
    if verdict.standing and verdict.standing.start + source.offset in passage:
        return True
    words = fold(verdict.fact.words.split()[-1].strip('.,;:!?"”’»'))
    return any(source.text.starts[at] in passage for at in source.places.get(words, ()))
