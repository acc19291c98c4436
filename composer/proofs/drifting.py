"""Whether the reporting that an edition stands on still says what it said when it was chosen."""

from collections.abc import Iterator

from composer.differences import brief
from composer.proofs.case import Case, Finding, rule
from composer.records import Drift


@rule(
    "E-SRC-CHANGED",
    "warning",
    reason="A publisher who changes or takes away a story has often found a mistake in it; yours would stand on it.",
    mend="Look with `currents show N --diff`, mend what you wrote, then `currents pick N --again`.",
)
def source_changed(case: Case) -> Iterator[Finding]:
    """Name sources whose article reads otherwise than when it was chosen, or whose page is gone."""
    drifts = {str(drift.article.id): drift for drift in case.drifts}
    for block in case.manuscript.of("source"):
        drift = drifts.get(block.get("article"))
        if drift is None:
            continue
        if drift.differs:
            yield Finding(block=block, key="article", message=_changed(drift))
        if drift.gone_at:
            since = f"{drift.gone_at:%Y-%m-%d}"
            message = f"its page is gone since {since}; what it said is kept, but readers will not find it there"
            yield Finding(block=block, key="url", message=message)


def _changed(drift: Drift) -> str:
    number = drift.article.id
    who = drift.article.outlet or "its publisher"
    return (
        f"{who} changed this story since it was chosen: {brief(drift.was, drift.now)}; "
        f"look with `currents show {number} --diff`, then `currents pick {number} --again`"
    )


RULES = (source_changed,)
