"""How good and how fast summaries are: ROUGE against human ones, dangling openers, articles a second.

`.venv/bin/python benchmarks/summaries.py --data FILE.jsonl` (fields `article`, `summary`; several --data are allowed).
Without data it measures speed alone, on articles made here. Beside ours stand LEAD (the article's first sentences, up
to our length) and, where it is installed, sumy (LexRank and TextRank) on the same sentences. Nothing passes or fails.
"""

import argparse
import json
import math
import random
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

from composer.model import Sentence
from composer.summaries import sentences, summarise
from composer.summaries.leaning import leans
from composer.text import count_words

Take = Callable[[str, int], list[Sentence]]  # article and words → sentences in their order

INSTALL = ".venv/bin/python -m pip install numpy rouge-score sumy"
_NOUNS = (
    "harbour",
    "crane",
    "quay",
    "minister",
    "bridge",
    "ferry",
    "salt",
    "train",
    "school",
    "market",
    "court",
    "mill",
)
_VERBS = ("closed", "opened", "sold", "inspected", "lost", "mended", "praised", "counted", "left", "paid", "blamed")
_METRICS = ("rouge1", "rouge2", "rougeL")
# As plain as can be, so that it is not our own rule that judges us.
_PLAIN_OPENERS = re.compile(
    r"\W*(?:he|she|it|they|him|her|his|its|their|this|that|these|those|but|and|so|or|however|also|then|such|"
    r"meanwhile|instead|therefore|nevertheless|moreover|besides)\b",
    re.IGNORECASE,
)


def ours(article: str, words: int) -> list[Sentence]:
    """Return our summary."""
    return list(summarise(article, words).sentences)


def lead(article: str, words: int) -> list[Sentence]:
    """Return the first sentences that fit, gaps filled with later ones; the first at least."""
    every = sentences(article)
    return _packed(every, words) or list(every[:1])


def _packed(ranked: Iterable[Sentence], words: int) -> list[Sentence]:
    taken = []
    for one in ranked:
        count = count_words(one.words)
        if count <= words:
            taken.append(one)
            words -= count
    return taken


class _Words:
    """Sumy's tokenizer without nltk's data: our sentences come to it one by one, words are runs of letters."""

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return (paragraph,)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", sentence))


def sumys(module: str, name: str) -> Take:
    """Return a summariser of sumy's that takes its best sentences until the words are used up."""
    dom = import_module("sumy.models.dom")
    stem = import_module("sumy.nlp.stemmers").Stemmer("english")
    summariser = getattr(import_module(f"sumy.summarizers.{module}"), name)(stem)
    summariser.stop_words = import_module("sumy.utils").get_stop_words("english")
    tokenizer = _Words()

    def take(article: str, words: int) -> list[Sentence]:
        every = sentences(article)
        document = dom.ObjectDocumentModel([dom.Paragraph([dom.Sentence(one.words, tokenizer) for one in every])])
        places: list[int] = []

        def pack(ranked: Sequence[Any]) -> Sequence[Any]:
            place = {one.start: index for index, one in enumerate(every)}
            places.extend(place[one.start] for one in _packed((every[info.order] for info in ranked), words))
            return ranked[:0]

        summariser(document, pack)
        return [every[index] for index in sorted(places)]

    return take


def rows(file: Path) -> Iterator[tuple[str, str]]:
    """Yield article and human summary."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        human = row["summary"]
        yield row["article"], human if isinstance(human, str) else " ".join(human)


def dangles(article: str, taken: Sequence[Sentence], leaning: Callable[[str], object]) -> bool:
    """Say whether a sentence that leans stands in a summary without the one before it in the article."""
    every = sentences(article)
    before = {one.start: previous.start for previous, one in pairwise(every)}
    starts = {one.start for one in taken}
    return any(leaning(one.words) and one.start in before and before[one.start] not in starts for one in taken)


def compare(file: Path, others: Mapping[str, Take], words: int) -> None:
    """Print the table for one file."""
    scorer = import_module("rouge_score.rouge_scorer").RougeScorer(list(_METRICS), use_stemmer=True)
    pairs = list(rows(file))
    mine = [ours(article, words) for article, _ in pairs]
    lengths = [sum(count_words(one.words) for one in taken) for taken in mine]
    takes: dict[str, list[list[Sentence]]] = {
        "ours": mine,
        "LEAD, our length": [lead(article, most) for (article, _), most in zip(pairs, lengths, strict=True)],
    } | {name: [take(article, words) for article, _ in pairs] for name, take in others.items()}
    print(f"\n{file.name}: {len(pairs)} articles, {words} words at most")
    print(
        f"{'':<18}{'words':>6}{'R1':>7}{'R2':>7}{'RL':>7}   ours − it, 95 % (R1, R2, RL){'':<12}dangling: plain, strict"
    )
    scores = {
        name: [_scores(scorer, human, taken) for (_, human), taken in zip(pairs, every, strict=True)]
        for name, every in takes.items()
    }
    for name, every in takes.items():
        means = [statistics.fmean(one[index] for one in scores[name]) for index in range(3)]
        length = statistics.fmean(sum(count_words(one.words) for one in taken) for taken in every)
        plain, strict = (
            100
            * statistics.fmean(dangles(article, taken, rule) for (article, _), taken in zip(pairs, every, strict=True))
            for rule in (_PLAIN_OPENERS.match, leans)
        )
        margin = "" if name == "ours" else _margins(scores["ours"], scores[name])
        shown = "".join(f"{mean:>7.2f}" for mean in means)
        print(f"{name:<18}{length:>6.1f}{shown}   {margin:<40}{plain:.1f} %, {strict:.1f} %")


def _scores(scorer: Any, human: str, taken: Sequence[Sentence]) -> tuple[float, ...]:  # noqa: ANN401 (rouge-score has no types)
    found = scorer.score(human, " ".join(one.words for one in taken))
    return tuple(100 * found[metric].fmeasure for metric in _METRICS)


def _margins(mine: Sequence[Sequence[float]], theirs: Sequence[Sequence[float]]) -> str:
    """Return the mean paired differences with their 95 % intervals (normal)."""
    told = []
    for index in range(len(_METRICS)):
        differences = [one[index] - other[index] for one, other in zip(mine, theirs, strict=True)]
        half = 1.96 * statistics.stdev(differences) / math.sqrt(len(differences)) if len(differences) > 1 else 0.0
        told.append(f"{statistics.fmean(differences):+.2f}±{half:.2f}")
    return "  ".join(told)


def made(count: int) -> list[str]:
    """Return articles of about 700 words made of nothing but this function's words; always the same."""
    chance = random.Random(11)  # noqa: S311 (an experiment, not a secret)
    ends = ("on Monday", "after 12 weeks", "for 2 million euros", "without a word", "in the spring", "as she had said")

    def sentence() -> str:
        one, other, third = chance.sample(_NOUNS, 3)
        opening = chance.choice(("The", "The", "The", "A", "He said that the", "But the", "Dr. Sendo of the"))
        said = f", “and nobody asked the {third}. Nobody ever asks,” the captain said."
        tail = chance.choice((".", ".", ".", said))
        return f"{opening} {one} {chance.choice(_VERBS)} the {other} near the {third} {chance.choice(ends)}{tail}"

    return [
        "\n\n".join(" ".join(sentence() for _ in range(chance.randrange(2, 5))) for _ in range(16))
        for _ in range(count)
    ]


def speed(articles: Sequence[str], others: Mapping[str, Take], words: int) -> None:
    """Print articles a second of each, on one core; sumy's time counts our cutting of its sentences too."""
    length = statistics.fmean(len(article.split()) for article in articles)
    print(f"\nspeed on {len(articles)} articles of {length:.0f} words, processor time of one core")
    for name, take in {"ours": ours, **others}.items():
        begun = time.process_time()
        for article in articles:
            take(article, words)
        print(f"  {name:<16}{len(articles) / (time.process_time() - begun):>8.0f} articles/s")


def main() -> None:
    """Compare on every file of data, then measure speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", default=[], help="JSON lines; may be repeated")
    parser.add_argument("--words", type=int, default=75, help="words at most (75)")
    given = parser.parse_args()
    others: dict[str, Take] = {}
    if find_spec("sumy"):
        others = {
            "sumy LexRank": sumys("lex_rank", "LexRankSummarizer"),
            "sumy TextRank": sumys("text_rank", "TextRankSummarizer"),
        }
    else:
        print(f"sumy is not installed; `{INSTALL}` sets it beside ours")
    if given.data and not find_spec("rouge_score"):
        print(f"rouge-score is not installed, so nothing is compared; `{INSTALL}` brings it")
    elif given.data:
        for file in given.data:
            compare(file, others, given.words)
    texts = [article for file in given.data for article, _ in rows(file)] or made(200)
    speed(texts, others, given.words)


if __name__ == "__main__":
    main()
