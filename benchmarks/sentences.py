"""How well sentences are found: boundary F1 inside paragraphs on CoNLL-U files of Universal Dependencies.

`.venv/bin/python benchmarks/sentences.py --data FOLDER` (of .conllu files, named as the treebanks name them: uk_iu-…).
Beside ours stands sentencex where it is installed (`pip install sentencex`). Nothing here passes or fails.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from composer.summaries import quotations, sentences

Cut = Callable[[str, str], list[str]]  # language and paragraph → sentences

_NO_SPACE = re.compile(r"\bSpaceAfter=No\b")


def ours(_language: str, paragraph: str) -> list[str]:
    """Return our sentences."""
    return [one.words for one in sentences(paragraph)]


def sentencexs() -> Cut:
    """Return sentencex's."""
    segment = import_module("sentencex").segment
    return lambda language, paragraph: list(segment(language, paragraph))


def paragraphs(file: Path) -> Iterator[list[str]]:
    """Yield each paragraph's sentences, white space as the treebank has it between them."""
    found: list[str] = []
    text, glue = "", " "
    for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith(("# newpar", "# newdoc")) and found:
            yield found
            found = []
        elif line.startswith("# text = "):
            text = line.removeprefix("# text = ").strip()
        elif line and line[0].isdigit():
            glue = "" if _NO_SPACE.search(line) else " "
        elif not line and text:
            found.append(text + glue)
            text, glue = "", " "
    if found:
        yield found


def boundaries(cut: Sequence[str], paragraph: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return where sentences end inside a paragraph: everywhere, and outside quotations. White space is not counted."""
    solid = re.sub(r"\s+", "", paragraph)
    ends, at = set(), 0
    for sentence in cut:
        at += len(re.sub(r"\s+", "", sentence))
        ends.add(at)
    ends.discard(len(solid))
    inside = {
        place
        for start, end in quotations(paragraph)
        for place in range(_solid(paragraph, start) + 1, _solid(paragraph, end))
    }
    return frozenset(ends), frozenset(ends - inside)


def _solid(paragraph: str, place: int) -> int:
    return len(re.sub(r"\s+", "", paragraph[:place]))


def f1(pairs: Sequence[tuple[frozenset[int], frozenset[int]]]) -> float:
    """Return F1 over all paragraphs; 0 when nothing was to be found and nothing was."""
    hits = sum(len(gold & found) for gold, found in pairs)
    total = sum(len(gold) + len(found) for gold, found in pairs)
    return 2 * hits / total if total else 0.0


def measure(file: Path, cutters: dict[str, Cut]) -> None:
    """Print a file's figures."""
    golden = [one for one in paragraphs(file) if "".join(one).strip()]
    count = sum(map(len, golden))
    print(f"{file.name}: {count:,} sentences in {len(golden):,} paragraphs")
    language = re.split(r"[_-]", file.name)[0]
    for name, cut in cutters.items():
        begun = time.process_time()
        found = [cut(language, "".join(one).strip()) for one in golden]
        seconds = time.process_time() - begun
        both = [
            (boundaries(gold, "".join(gold)), boundaries(mine, "".join(gold)))
            for gold, mine in zip(golden, found, strict=True)
        ]
        whole = f1([(gold[0], mine[0]) for gold, mine in both])
        outside = f1([(gold[1], mine[1]) for gold, mine in both])
        speed = sum(len("".join(one)) for one in golden) / 1000 / max(seconds, 1e-9)
        print(f"  {name:<10} F1 {whole:.3f}, outside quotations {outside:.3f}, {speed:,.0f} kchar/s")


def main() -> None:
    """Measure every file of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder of .conllu files")
    files = sorted(parser.parse_args().data.glob("*.conllu"))
    cutters: dict[str, Cut] = {"ours": ours}
    if find_spec("sentencex"):
        cutters["sentencex"] = sentencexs()
    else:
        print("sentencex is not installed; `pip install sentencex` sets it beside ours")
    if not files:
        print("no .conllu file there")
    for file in files:
        measure(file, cutters)


if __name__ == "__main__":
    main()
