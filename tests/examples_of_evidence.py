"""Examples of the rules that stand on evidence: a stored source, blocks that depart from it, blocks that do not."""

from dataclasses import replace
from typing import Any

from cases import block, brief, case
from fakes import MemoryStore
from makers import article

from composer.blocks import Block
from composer.desk.evidence import research
from composer.model import Article
from composer.proofs import Case

TEXT = """Salt rose by 12.5% in a year, the roads office at Kvemo said on Monday. A sack costs 19 lari now and cost 12 lari
in January. Davit Maisuradze, who has sold salt for 31 years, waits on the north side of the pass with 240 sacks. “We
have never sold so little, and the rain eats what we have,” he said. His neighbour Ketevan Lomidze has gone home. The
office promised to open the road in May, when the snow on the upper bends has melted and the broken bridge has been
replaced by a wooden one. Until then every lorry takes the long way round by the lake, which adds two days and doubles
the price of fuel. Traders on both sides blame the ministry, and the ministry blames the winter. In the town below, the
two bakeries have begun to count their salt by the spoon, and a dairy has stopped making its white cheese. The council
asked the army for two heavy lorries. Nobody has answered the letter, its secretary said, and nobody has sent it back.
Imports of salt from Armenia have doubled since autumn.""".replace("\n", " ")
STORED = article(url="https://wire.example.org/2026/salt", title="Salt rises again", text=TEXT, summary="Salt rises.")
QUOTE = {"speaker": "Davit Maisuradze", "role": "salt trader", "source": "wire"}


def looked_up(*put: Block, stored: Article = STORED, **header: Any) -> Case:
    """Return an edition beside what the store has of its sources."""
    given = case(*put, without=["figure"], **header)
    if not any(one.kind == "quote" for one in put):
        given = replace(given, manuscript=replace(given.manuscript, blocks=_without_quote(given)))
    store = MemoryStore()
    store.articles.save([stored])
    return replace(given, research=research(store, given.manuscript))


def _without_quote(given: Case) -> tuple[Block, ...]:
    return tuple(one for one in given.manuscript.blocks if one.kind != "quote")


FAITHFUL = (
    "At Kvemo a sack now costs 19 lari, seven more than in January, The Wire says. Davit Maisuradze has 240 left."
)
RULES: list[tuple[str, str, Block, Block]] = [
    ("E-NUM", "warning", brief("At Kvemo a sack costs 91 lari. The pass opens in May."), brief(FAITHFUL)),
    ("E-NUM", "warning", brief("The office spoke on Tuesday, The Wire says."), brief("The office spoke on Monday.")),
    ("E-NAME", "warning", brief("Davit Maisuardze still waits for the snow."), brief(FAITHFUL)),
    ("E-NAME", "warning", brief("Ketevan Maisuradze still waits for the snow."), brief("Ketevan Lomidze left.")),
    ("E-NAME", "warning", brief("He asked Irma Gogua for two lorries."), brief(FAITHFUL)),
    (
        "E-QUOTE",
        "error",
        brief("“We have never sold so much, and the rain eats what we have,” one of them said to the agency."),
        brief("“We have never sold so little … the rain eats what we have,” one of them said to the agency."),
    ),
    (
        "E-QUOTE",
        "error",
        block("quote", "We have seldom sold so little.", **QUOTE),
        block("quote", "We have never sold so little.", **QUOTE),
    ),
    (
        "E-COPY",
        "warning",
        brief("Now every lorry takes the long way round by the lake, and all of them pay for it."),
        brief("Lorries take the long way round by the lake now, and all of them pay for it."),
    ),
    (
        "E-COPY",
        "error",
        brief("Until then every lorry takes the long way round by the lake, which adds two days and doubles prices."),
        brief(FAITHFUL),
    ),
    (
        "E-QUOTE-SHARE",
        "warning",
        brief("Traders wait on both sides of the pass in the snow, and so do drivers. “We have never sold so little”."),
        brief(
            "Salt is dear “in a year” of rain, and all along the road people ask who will mend the bridge this time."
        ),
    ),
    (
        "E-QUOTE-SHARE",
        "error",
        brief("He waits. “We have never sold so little, and the rain eats what we have.”"),
        brief(FAITHFUL),
    ),
]
