"""What became of a text's sentences: the summary, and why each is in it or not."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from composer.model import Sentence
from composer.summaries.fitness import Unfit

Reason = Literal["lede", "chosen", "leaning", "no room", "repeats"] | Unfit


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A sentence, what was made of it and why.

    Sentences of one quotation are weighed together: they share `passage`, terms and reason.
    """

    sentence: Sentence
    reason: Reason
    passage: int = -1  # 0-based among those that might be chosen; -1: it might not
    terms: Mapping[str, float]  # weighted: those of `scoring.WEIGHTS` and "repetition"; empty without a passage

    @property
    def chosen(self) -> bool:
        """Say whether the sentence is in the summary."""
        return self.reason in {"lede", "chosen"}

    @property
    def score(self) -> float:
        """Return the sum of the terms."""
        return math.fsum(self.terms.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Whole sentences of a source that stand for it, each with the place where it stands."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Return the sentences as one paragraph."""
        return " ".join(sentence.words for sentence in self.sentences)
