"""How well evidence sees slips, and how seldom it cries wolf: shares and milliseconds, on faithful extracts.

Without `--data` it takes the tests' own articles. With it, a file of JSON lines with `article` and `summary`: extracts
are made of each article, one slip at a time is put in, and what is found at that place counts.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from dispatches import dispatches
from mistakes import RIGHT, WRONG, Change, Changed, extracts

from composer.evidence import check
from composer.facts import Evidence, Original

OWN_ARTICLES = 120


@dataclass(frozen=True)
class Row:
    """An article, an extract of it, and somebody else's article."""

    extract: str
    article: str
    other: str


def main() -> None:
    """Print a line a measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="JSON lines with `article` and `summary`")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show", help="print the changes of this kind that were judged wrong, and the reds of extracts"
    )
    options = parser.parse_args()
    articles, summaries = _read(options.data)
    rng = random.Random(options.seed)  # noqa: S311 (no secret)
    rows = [
        Row(extract=extract, article=article, other=articles[(at + 1) % len(articles)])
        for at, article in enumerate(articles)
        for extract in extracts(article, rng)
    ]
    _time(rows)
    _faithful(rows, show=options.show == "extracts")
    for name, (change, bar) in WRONG.items():
        _changed(f"{name}, red ≥ {bar:.0%}", change, rows, rng, show=options.show == name, wanted="red")
    for name, change in RIGHT.items():
        _changed(f"{name}, red ≤ 1%", change, rows, rng, show=options.show == name, wanted="")
    _human(articles, summaries)


def _read(path: Path | None) -> tuple[list[str], list[str]]:
    if path is None:
        return [one.text for one in dispatches(OWN_ARTICLES)], []
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    summaries = [one["summary"] if isinstance(one["summary"], str) else " ".join(one["summary"]) for one in records]
    return [one["article"] for one in records], summaries


def _time(rows: Sequence[Row]) -> None:
    took = []
    for at, row in enumerate(rows):
        unread = Original(id=str(at), text=row.article)  # a name of its own: not read before
        begun = time.thread_time()
        check(row.extract, [unread])
        took.append(1000 * (time.thread_time() - begun))
    took.sort()
    middle, late = took[len(took) // 2], took[int(0.95 * len(took))]
    words = sum(len(row.article.split()) for row in rows) // len(rows)
    print(f"ms of processor a brief, source of {words} words read anew: median {middle:.1f}, 95th of 100 {late:.1f}")
    _time_again(rows)


def _time_again(rows: Sequence[Row]) -> None:
    """Time a source that was read before, as it is for the second brief and for every proof of one run."""
    took = []
    for row in rows:
        known = Original(id="known", text=row.article)
        check(row.extract, [known])
        begun = time.thread_time()
        check(row.extract, [known])
        took.append(1000 * (time.thread_time() - begun))
    took.sort()
    print(f"ms of processor a brief, source read before: median {took[len(took) // 2]:.1f}")


def _faithful(rows: Sequence[Row], *, show: bool) -> None:
    found: Counter[str] = Counter()
    for row in rows:
        evidence = check(row.extract, [Original(id="a", text=row.article)])
        found[_worst(evidence)] += 1
        for verdict in evidence.verdicts if show else ():
            if verdict.level != "green":
                print("   ", verdict.result, verdict.fact.kind, repr(verdict.fact.words), repr(verdict.near))
    _row("faithful extracts, red ≤ 0.7%", found)


def _changed(name: str, change: Change, rows: Sequence[Row], rng: random.Random, *, show: bool, wanted: str) -> None:
    found: Counter[str] = Counter()
    for row in rows:
        for changed in change(row.extract, row.article, row.other, rng):
            level = _worst(check(changed.text, [Original(id="a", text=row.article)]), changed)
            found[level] += 1
            if show and (level == "red") != (wanted == "red"):
                print(f"    {level} {changed.before!r} → {changed.after!r} in {changed.text[:200]!r}")
    _row(name, found)


def _worst(evidence: Evidence, change: Changed | None = None) -> str:
    """Return the gravest level at a change, or anywhere."""
    start, end = (change.start, change.end) if change else (0, len(evidence.text))
    levels = {one.level for one in evidence.verdicts if one.fact.start < end and start < one.fact.end}
    return next((level for level in ("red", "amber") if level in levels), "green")


def _human(articles: Sequence[str], summaries: Sequence[str]) -> None:
    pairs = zip(articles, summaries, strict=False)
    found = Counter(_worst(check(summary, [Original(id="a", text=article)])) for article, summary in pairs)
    _row("summaries by people, who add facts", found)


def _row(name: str, found: Counter[str]) -> None:
    count = found.total()
    if count:
        amber = (found["red"] + found["amber"]) / count
        print(f"{name:52} red {found['red'] / count:7.2%}   red or amber {amber:7.2%}   n={count}")


if __name__ == "__main__":
    main()
