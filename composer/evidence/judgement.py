"""What one source says of one fact, and which of several sources speaks best."""

from collections.abc import Iterable
from dataclasses import dataclass

from composer.facts import LEVELS, Fact, Result, Standing, Verdict

_LEVEL = {"green": 0, "amber": 1, "red": 2}
_TELLING: tuple[Result, ...] = ("misspelt", "altered", "recombined", "unsupported")  # red: what helps most comes first


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One source's answer. `span` are code points in the source; `near` is what it has instead."""

    result: Result
    standing: Standing | None = None
    near: str = ""


UNSUPPORTED = Judgement(result="unsupported")


def best(fact: Fact, judgements: Iterable[Judgement]) -> Verdict:
    """Return the verdict of the source that speaks best for a fact; the first of equals."""
    chosen = min(judgements, key=_rank, default=UNSUPPORTED)
    return Verdict(fact=fact, result=chosen.result, standing=chosen.standing, near=chosen.near)


def _rank(judgement: Judgement) -> tuple[int, int]:
    order = _TELLING.index(judgement.result) if judgement.result in _TELLING else 0
    return _LEVEL[LEVELS[judgement.result]], order
