"""Words as the index and the editor's question see them: one tokenizer (`composer.folding`) and one small grammar.

Must not know SQL.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from composer.folding import UNSPACED, compiled, is_unspaced, runs, tokens

_CHUNK = rf"[{UNSPACED}\uff66-\uff9f]+|[^\W_{UNSPACED}\uff66-\uff9f](?:[^\s{UNSPACED}]*[^\W_{UNSPACED}])?"
_PIECE = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<star>\*)?')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that must follow one another; with `prefix` the last may go on."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What an editor asked for: a term of every group, and none of the unwanted."""

    groups: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()


def placed(words: str) -> Iterator[tuple[str, int, int]]:
    """Yield what `tokens` yields, each with the place in the words as they stand: first letter, and after the last."""
    for piece in compiled(_CHUNK).finditer(words):
        start = piece.start()
        if not is_unspaced(piece[0]):
            yield from ((token, start, piece.end()) for token in tokens(piece[0]))
            continue
        for place, token in enumerate(tokens(piece[0])):
            yield token, start + place, min(start + place + len(token), piece.end())


def question(words: str) -> Question:
    """Read what was typed: words, "a phrase", -not, prefix*, and OR between two of them. Anything can be read."""
    groups: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    joined = False
    for piece in _PIECE.finditer(words.translate(_QUOTES)):
        if piece["word"] == "OR" and not piece["minus"]:
            joined = bool(groups)
            continue
        term = _term(piece)
        if term and piece["minus"]:
            unwanted.append(term)
        elif term and joined:
            groups[-1] += (term,)
        elif term:
            groups.append((term,))
        joined = False
    return Question(tuple(groups), tuple(unwanted))


def _term(piece: re.Match[str]) -> Term | None:
    words = piece["phrase"] if piece["phrase"] is not None else piece["word"]
    found = tokens(words)
    if not found:
        return None
    last = runs(words)[-1]
    if not is_unspaced(last):
        return Term(tuple(found), prefix=bool(piece["star"]) or words.endswith("*"))
    if len(last) == 1:
        return Term(tuple(found), prefix=True)
    return Term(tuple(found[:-1]))  # the run may go on, so its last letter need not end it
