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
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from mistakes import RIGHT, WRONG, Changed

from composer.evidence import check
from composer.facts import Evidence, Original
from composer.summaries import summarise

BUDGETS = (40, 75)


def articles(path: Path | None) -> list[str]:
    if path is None:
        from dispatches import dispatches  # noqa: PLC0415 (the tests' own stock)

        return [one.text for one in dispatches(300)]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["article"] for line in lines if line.strip()]


def references(path: Path | None) -> list[str]:
    if path is None:
        return []
    with path.open(encoding="utf-8") as lines:
        found = [json.loads(line)["summary"] for line in lines if line.strip()]
    return [one if isinstance(one, str) else " ".join(one) for one in found]


def levels(evidence: Evidence, change: Changed | None = None) -> set[str]:
    start, end = (change.start, change.end) if change else (0, len(evidence.text))
    return {one.level for one in evidence.verdicts if one.fact.start < end and start < one.fact.end}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="JSON lines with `article` and `summary`")
    parser.add_argument("--show", metavar="KIND", help="print what this kind of change got past, or what was red")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    texts = articles(options.data)
    rng = random.Random(options.seed)
    extracts = [(summarise(text, budget).text, at) for at, text in enumerate(texts) for budget in BUDGETS]
    _time(texts, extracts)
    _faithful(texts, extracts, options.show)
    for name, (change, bar) in WRONG.items():
        _changes(name, change, texts, extracts, rng, f"red ≥ {bar:.0%}", options.show)
    for name, change in RIGHT.items():
        _changes(name, change, texts, extracts, rng, "red ≤ 1%", options.show)
    _human(texts, references(options.data))


def _time(texts: list[str], extracts: list[tuple[str, int]]) -> None:
    took = []
    for extract, at in extracts:
        original = Original(id=str(at), text=texts[at] + " ")  # not read before
        begun = time.perf_counter()
        check(extract, [original])
        took.append(1000 * (time.perf_counter() - begun))
    took.sort()
    print(
        f"{'milliseconds a brief, source read anew':40} median {took[len(took) // 2]:.1f}, 95th {took[int(0.95 * len(took))]:.1f}, worst {took[-1]:.1f} (n={len(took)})"
    )


def _faithful(texts: list[str], extracts: list[tuple[str, int]], show: str) -> None:
    red, amber, facts, redfacts = 0, 0, 0, 0
    for extract, at in extracts:
        evidence = check(extract, [Original(id=str(at), text=texts[at])])
        found = levels(evidence)
        facts += len(evidence.verdicts)
        redfacts += sum(one.level == "red" for one in evidence.verdicts)
        red += "red" in found
        amber += bool(found & {"red", "amber"})
        if show == "faithful":
            for one in evidence.verdicts:
                if one.level != "green":
                    print(
                        "   ", one.level, one.result, one.fact.kind, repr(one.fact.words[:80]), "→", repr(one.near[:80])
                    )
    count = len(extracts)
    print(
        f"{'faithful extracts':40} red {red / count:.2%} | red or amber {amber / count:.2%} (n={count}, facts={facts}, red facts {redfacts / max(facts, 1):.3%}) bar red ≤ 0.7%"
    )


def _changes(name, change, texts, extracts, rng, bar, show) -> None:
    found: Counter[str] = Counter()
    for extract, at in extracts:
        other = texts[(at + 1 + rng.randrange(max(1, len(texts) - 1))) % len(texts)]
        for changed in change(extract, texts[at], other, rng):
            evidence = check(changed.text, [Original(id=str(at), text=texts[at])])
            seen = levels(evidence, changed)
            level = "red" if "red" in seen else "amber" if "amber" in seen else "green"
            found[level] += 1
            if show == name and (level == "red") == (name in RIGHT):
                around = changed.text[max(0, changed.start - 40) : changed.end + 40]
                print(
                    f"    {level:6} {changed.before[:60]!r} → {changed.after[:60]!r} in …{around!r}",
                    [
                        (v.fact.words[:40], v.result, v.near[:60])
                        for v in evidence.verdicts
                        if v.fact.start < changed.end and changed.start < v.fact.end
                    ],
                )
    count = sum(found.values())
    if count:
        print(
            f"{name:40} red {found['red'] / count:.2%} | red or amber {(found['red'] + found['amber']) / count:.2%} (n={count}) bar {bar}"
        )


def _human(texts: list[str], summaries: Iterable[str]) -> None:
    pairs = list(zip(texts, summaries, strict=False))
    if not pairs:
        return
    seen = [levels(check(summary, [Original(id="a", text=text)])) for text, summary in pairs]
    red, amber = sum("red" in one for one in seen), sum(bool(one & {"red", "amber"}) for one in seen)
    print(
        f"{'human summaries (facts from elsewhere too)':40} red {red / len(seen):.1%} | red or amber {amber / len(seen):.1%} (n={len(seen)})"
    )


if __name__ == "__main__":
    main()
