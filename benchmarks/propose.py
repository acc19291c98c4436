"""How well a raw text is taken apart: where texts begin, and each element that somebody expects of it.

Run it by hand: `.venv/bin/python benchmarks/propose.py FILE --expect FILE.json`. Nothing here passes or fails. The
expectations are JSON: `{"starts": [1, 14], "elements": [{"name": "caption and credit", "all": [{"kind": "photo",
"line": 38, "fields": {"credit": "…"}}]}]}`. An element is right when everything in its `all` is proposed: a block or a
mark of that kind on that line, with those fields and a body or words that begin so; or, as `{"header": "title"}`, a
place in the manuscript's header that is left TK.
"""

import argparse
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from composer import resources
from composer.blocks import Manuscript
from composer.desk.proposing import lay_out
from composer.manuscript import load
from composer.model import Profile
from composer.profiles import read_profile
from composer.proposals import Mark, Piece, Story, propose
from composer.settings import read_settings

RUNS = 7


def main() -> None:
    """Print a row an element, and what they come to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--expect", type=Path, required=True)
    given = parser.parse_args()
    text = given.file.read_text(encoding="utf-8")
    expected = json.loads(given.expect.read_text(encoding="utf-8"))
    stories = propose(text)
    manuscript = _manuscript(stories)
    starts = [story.first_line for story in stories]
    print(f"boundaries  {len(set(starts) & set(expected['starts']))} of {len(expected['starts'])}, proposed {starts}")
    right = [_row(element, stories, manuscript) for element in expected["elements"]]
    print(f"elements    {sum(right)} of {len(right)}")
    print(f"time        {_milliseconds(text):.1f} ms of processor time, median of {RUNS}, {len(text.split())} words")


def _row(element: dict[str, Any], stories: Sequence[Story], manuscript: Manuscript) -> bool:
    missing = [one for one in element["all"] if not _found(one, stories, manuscript)]
    print(f"{'right' if not missing else 'MISSED':<7} {element['name']}{f'  lacks {missing}' if missing else ''}")
    return not missing


def _found(wanted: dict[str, Any], stories: Sequence[Story], manuscript: Manuscript) -> bool:
    if "header" in wanted:
        key = wanted["header"]
        value = manuscript.get(key)
        return not value or value.startswith("TK")
    return any(_fits(one, wanted) for one in _proposed(stories))


def _proposed(stories: Sequence[Story]) -> Iterator[Piece | Mark]:
    for story in stories:
        yield from story.pieces
        yield from story.marks


def _fits(one: Piece | Mark, wanted: dict[str, Any]) -> bool:
    line, words = (one.line, one.words) if isinstance(one, Mark) else (one.first_line, one.body)
    fields = {key: list(value) if isinstance(value, tuple) else value for key, value in one.fields.items()}
    return (
        one.kind == wanted["kind"]
        and line == wanted["line"]
        and words.startswith(wanted.get("begins", ""))
        and all(fields.get(key) == value for key, value in wanted.get("fields", {}).items())
    )


def _manuscript(stories: Sequence[Story]) -> Manuscript:
    templates = resources.templates()
    profile: Profile = read_profile(templates / "profiles" / "coda-currents.toml")
    settings = replace(read_settings(resources.samples()), language="en")
    return load(lay_out(stories, settings=settings, profile=profile, today=datetime.now(UTC).date())).manuscript


def _milliseconds(text: str) -> float:
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        propose(text)
        times.append(time.process_time() - begun)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    main()
