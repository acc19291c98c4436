"""`currents summarise`: an article's summary, and what was made of each of its sentences."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.cli.glance import plural
from composer.desk.drafting import summary_words
from composer.summaries import Summary, Weighed, weigh
from composer.text import count_words, cut, one_line

WORDS_MOST = 2_000
_SHOWN = 100  # code points of a sentence that --explain prints
_WHY: Mapping[str, str] = MappingProxyType(
    {
        "lede": "taken as the lede",
        "chosen": "taken",
        "leaning": "left out: it leans on the sentence before it",
        "no room": "left out: no room",
        "repeats": "left out: it adds too little to what is taken",
        "heading": "left out: a heading, or it announces what follows",
        "caption": "left out: a caption or a credit",
        "boilerplate": "left out: the page speaking of itself",
        "markup": "left out: leftovers of markup, or no words",
        "list item": "left out: an item of a list",
        "overlong": "left out: too long for a sentence",
    }
)


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--words", type=click.IntRange(1, WORDS_MOST), help="How many at most; else what the profile asks for.")
@click.option("--explain", is_flag=True, help="Say of each sentence why it is in the summary or not.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def summarise(newsletter: str | None, number: int, words: int | None, explain: bool, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Print a summary of article N: whole sentences of its own, as `draft` puts them in a brief.

    The lede stays, quotations stay whole, and no sentence comes without the one that it leans on. Nothing is written
    that the article does not say.
    """
    with open_newsroom(newsletter) as room:
        article = room.store.articles.get(number)
        budget = words or summary_words(room.profile(room.settings.profile))
    weighed = weigh(article.text or article.summary, budget)
    if json_:
        screen.as_json(_as_json(number, budget, weighed, explain=explain))
        return
    if told := _summary(weighed).text:
        screen.say(one_line(told))
    else:
        screen.note(_nothing(number, weighed))
    if explain:
        _explain(weighed)


def _summary(weighed: Sequence[Weighed]) -> Summary:
    return Summary(sentences=tuple(one.sentence for one in weighed if one.chosen))


def _nothing(number: int, weighed: Sequence[Weighed]) -> str:
    if not weighed:
        return f"article {number} has no text to summarise"
    return f"no sentence of article {number} fits a summary; --explain says why, --words may give more room"


def _explain(weighed: Sequence[Weighed]) -> None:
    for place, one in enumerate(weighed, 1):
        screen.say()
        screen.say(f"{place:>3}  {_why(one)}", bold=one.chosen)
        if one.terms:
            screen.say(f"     {_sum(one)}")
        screen.say(f"     {cut(one_line(one.sentence.words), _SHOWN)}")


def _why(one: Weighed) -> str:
    words = plural(count_words(one.sentence.words), "word")
    return f"{_WHY[one.reason]} ({words}{', inside a quotation' if one.sentence.quoted else ''})"


def _sum(one: Weighed) -> str:
    """Return the sum of the terms that count: 1.33 = centroid 0.60 + lead 0.52 …."""
    terms = [(name, value) for name, value in one.terms.items() if abs(value) >= 0.005]  # noqa: PLR2004 (shown as 0.00)
    told = " ".join(f"{'−' if value < 0 else '+'} {name} {abs(value):.2f}" for name, value in terms)
    return f"{one.score:.2f} = {told.removeprefix('+ ')}"


def _as_json(number: int, budget: int, weighed: Sequence[Weighed], *, explain: bool) -> dict[str, Any]:
    summary = _summary(weighed)
    shown = weighed if explain else [one for one in weighed if one.chosen]
    return {
        "article": number,
        "budget_words": budget,
        "words": count_words(summary.text),
        "summary": summary.text,
        "sentences": [_sentence(one) for one in shown],
    }


def _sentence(one: Weighed) -> dict[str, Any]:
    return {
        "start": one.sentence.start,
        "end": one.sentence.end,
        "words": one.sentence.words,
        "depth": one.sentence.depth,
        "chosen": one.chosen,
        "reason": one.reason,
        "score": round(one.score, 4) if one.terms else None,
        "terms": {name: round(value, 4) for name, value in one.terms.items()},
    }
