"""`currents quotes`, `currents subjects`: words of an edition to choose from, with what speaks for each."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.quoting import (
    Quotes,
    article_quotes,
    articles_of,
    earlier_subjects,
)
from composer.desk.quoting import quotes as suggested_quotes
from composer.desk.quoting import (
    subjects as suggested_subjects,
)
from composer.desk.revising import take_in
from composer.errors import UsageError
from composer.proposals.pullquotes import GOOD_LEAST, Candidate
from composer.proposals.subjects import Subject

_SHOWN = 5  # candidates of each list
_ORIGINS = {  # of a subject line, as it is told
    "title": "the title",
    "subhead": "a subhead",
    "subhead3": "a subhead",
    "headline": "a headline",
    "lede": "the lede",
    "sentence": "a sentence",
    "quotation": "a quotation",
    "pull quote": "a pull quote",
}


@click.command()
@click.argument("number", metavar="[N]", type=int, required=False)
@click.option("--article", "article", metavar="M", type=int, help="Look at article M instead of an edition.")
@click.option("--all", "everything", is_flag=True, help="List every candidate instead of the best five.")
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def quotes(newsletter: str | None, number: int | None, *, article: int | None, everything: bool, json_: bool) -> None:
    """List what could be set large in edition N: quotations of its text and its sources, then the writer's own lines.

    A speaker is named only where the text says so beside the words: `he → ?` stays for you to answer. It says so
    when there is no good quotation.
    """
    if (number is None) == (article is None):
        raise UsageError("quotes needs the number of an edition, or --article M")
    with open_newsroom(newsletter) as room:
        found = article_quotes(room.store.articles.get(article)) if article is not None else _of_edition(room, number)
    if json_:
        screen.as_json(_quotes_json(found))
        return
    most = None if everything else _SHOWN
    _say_spoken(found, most)
    screen.say()
    screen.say("The writer's own lines:" if found.lines else "no line of the writer's own stands by itself")
    _say_all(found.lines[:most])


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--json", "json_", is_flag=True, help="Print JSON.")
@click.pass_obj
def subjects(newsletter: str | None, number: int, json_: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """List five subject lines for edition N, cut from its own words; none is set by itself.

    Best are about 44 characters, 30 to 60, with words of the topic, a name, a figure. None equals an earlier edition's.
    """
    with open_newsroom(newsletter) as room:
        copy = take_in(room.desk, number)
        found = suggested_subjects(copy.manuscript, earlier_subjects(room.store, number))
    if json_:
        screen.as_json([_subject_json(one) for one in found])
        return
    if not found:
        screen.say("no subject line to offer: the edition's title and heads are still TK")
    for one in found:
        screen.say(f"{one.score:>5.2f}  {one.words}")
        screen.say(
            f"       {len(one.words)} characters, from {_ORIGINS.get(one.origin, one.origin)}; {_terms(one.terms)}"
        )


def _of_edition(room: Newsroom, number: int | None) -> Quotes:
    copy = take_in(room.desk, number or 0)
    articles = articles_of(room.store, copy.manuscript)
    return suggested_quotes(copy.manuscript, articles)


def _say_spoken(found: Quotes, most: int | None) -> None:
    if not found.spoken:
        screen.say("no quotation in it")
        return
    if not found.found_good:
        best = found.spoken[0].score
        screen.say(f"no good quotation: the best scores {best:.2f}, a good one {GOOD_LEAST:.2f} or more")
    _say_all(found.spoken[:most])


def _say_all(candidates: Sequence[Candidate]) -> None:
    for one in candidates:
        speaker = f" — {_speaker(one)}" if one.voice.kind != "none" else ""
        screen.say(f"{one.score:>5.2f}  “{one.words}”{speaker}")
        screen.say(f"       {'; '.join(one.places)}: {_terms(one.terms)}")


def _speaker(one: Candidate) -> str:
    return ", ".join(filter(None, (one.voice.shown, one.voice.role)))


def _terms(terms: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:+.2f}".replace("-", "−") for name, value in terms.items())


def _quotes_json(found: Quotes) -> dict[str, Any]:
    return {
        "good": found.found_good,
        "quotations": [_candidate_json(one) for one in found.spoken],
        "lines": [_candidate_json(one) for one in found.lines],
    }


def _candidate_json(one: Candidate) -> dict[str, Any]:
    speaker = {"kind": one.voice.kind, "name": one.voice.name, "role": one.voice.role}
    return {
        "score": one.score,
        "words": one.words,
        "speaker": speaker,
        "places": list(one.places),
        "terms": dict(one.terms),
    }


def _subject_json(one: Subject) -> dict[str, Any]:
    return {
        "score": one.score,
        "subject": one.words,
        "characters": len(one.words),
        "origin": one.origin,
        "terms": dict(one.terms),
    }
