"""What readers were told already: stories and links that an earlier edition carried (`Case.reruns`)."""

from collections.abc import Iterator

from composer.blocks import Block
from composer.choice import Rerun
from composer.proofs.case import BODY, OWN_WORDS, Case, Finding, rule
from composer.text import cut, quoted

_STORIES = ("brief", "link")
_HEADLINE_MOST = 60


@rule(
    "E-RAN",
    "warning",
    also="info",
    reason="Readers notice a story that they were given before; a link that only stood in words is less (note).",
    mend="Take it out, or say what is new since then and `x-allow: E-RAN` why it runs again.",
)
def ran_already(case: Case) -> Iterator[Finding]:
    """Look for stories and links that another edition carried."""
    for block in case.manuscript.of(*_STORIES):
        for name in block.all("source"):
            if run := case.reruns.get(f"src:{name}"):
                yield _again(block, run)
    for block, reading in case.readings(*OWN_WORDS):
        for anchor in reading.anchors:
            if run := case.reruns.get(anchor.url):
                message = f"the link at {quoted(cut(anchor.words, _HEADLINE_MOST))} {run.sentence}"
                yield Finding(block=block, key=BODY, below=anchor.line, severity="info", message=message)


def _again(block: Block, run: Rerun) -> Finding:
    told = quoted(cut(block.get("headline"), _HEADLINE_MOST))
    if run.is_story:
        return Finding(block=block, key="source", message=f"{told} {run.sentence}; take it out, or say what is new")
    return Finding(block=block, key="source", severity="info", message=f"the story of {told} {run.sentence}")


RULES = (ran_already,)
