"""`--fix`: what the rules can mend in an edition's own text, line by line. It decides; `changing` keeps the result."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from composer.errors import UsageError
from composer.manuscript import drop, load, rewrite, set_fields
from composer.proofs import RULES, Case, Rule, mends, proof
from composer.proofs.case import BODY, NOTHING_LOOKED_UP, Mend

_ROUNDS_MOST = 4  # one mend can make room for another: a caption's credit has a form of its own
SURE = tuple(rule for rule in RULES if rule.mender and not rule.offers)
OFFERS = tuple(rule for rule in RULES if rule.mender and rule.offers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A text after mending, and the rules that had something to mend, in the order of the docs."""

    text: str
    rules: tuple[str, ...] = ()


def mend(case: Case, text: str, rules: Sequence[Rule] = SURE) -> Mended:
    """Mend what the rules' menders can in a manuscript's own text; every other line stays byte for byte.

    `case` is the edition that the text says, with what is known about it. What would bring in an error is left, and so
    is what cannot be done without other lines reading differently. The same text is returned where nothing is to mend;
    mending twice is mending once.
    """
    done: list[str] = []
    for _ in range(_ROUNDS_MOST):
        before = text
        for rule in rules:
            after = _by(rule, case, text)
            if after != text:
                text = after
                done.append(rule.id)
        if text == before:
            break
    return Mended(text=text, rules=tuple(rule.id for rule in rules if rule.id in done))


def offered(case: Case, text: str) -> Iterator[tuple[Rule, Mend]]:
    """Yield what the rules would guess, one by one, for an editor to take or leave; take one with `taken`."""
    there = _as_read(case, text)
    for rule in OFFERS:
        yield from ((rule, one) for one in mends(there, rule))


def taken(text: str, mended: Mend) -> str:
    """Return a text with one mend done; the text itself when the block that it is about reads otherwise now.

    Raises UsageError when other lines would read differently.
    """
    meant, blocks = mended.block, load(text).manuscript.blocks
    index = next((at for at, one in enumerate(blocks) if one == meant and one.line == meant.line), None)
    return text if index is None else _done(text, index, mended)


def _by(rule: Rule, case: Case, text: str) -> str:
    """Do what one rule would, from the last block to the first, so that places stay true; all of it, or nothing."""
    there = _as_read(case, text)
    wanted = mends(there, rule)
    if not wanted:
        return text
    places = {id(block): index for index, block in enumerate(there.manuscript.blocks)}
    after = text
    try:
        for one in sorted(wanted, key=lambda each: places[id(each.block)], reverse=True):
            after = _done(after, places[id(one.block)], one)
    except UsageError:
        return text
    return text if _errors(_as_read(case, after)) - _errors(there) else after


def _done(text: str, index: int, mended: Mend) -> str:
    if mended.words is None:
        return drop(text, index)
    if mended.key == BODY:
        return rewrite(text, index, mended.words)
    return set_fields(text, index, {mended.key: [mended.words]})


def _as_read(case: Case, text: str) -> Case:
    """Return the case of another text of the edition; what was found out about words that may be gone is left out."""
    loaded = load(text)
    return replace(
        case, manuscript=loaded.manuscript, problems=loaded.problems, message=None, research=NOTHING_LOOKED_UP
    )


def _errors(case: Case) -> Counter[str]:
    return Counter(remark.rule for remark in proof(case) if remark.severity == "error")
