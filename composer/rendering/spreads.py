"""An issue's parts in rows, for a theme that sets briefs side by side; and what such a theme lists above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from composer.rendering.issue import Brief, Hyperlink, Issue, Part
from composer.rendering.words import say

COLUMNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Parts that stand together: one under the other across the card, or briefs side by side."""

    columns: int  # 1 or 2
    parts: tuple[Part, ...]


def listed(issue: Issue) -> dict[str, object]:
    """Return what mail templates know beside the issue: `spreads`, `contents` and the words over the contents."""
    return {"spreads": spreads(issue), "contents": contents(issue), "contents_label": say(issue.lang, "inside")}


def spreads(issue: Issue) -> tuple[Spread, ...]:
    """Return an issue's sheets in rows: two briefs share one, a leading brief and all else stand across.

    Rows are read from the start: on a phone, where columns stack, the order stays the editor's.
    """
    return tuple(spread for sheet in issue.sheets for spread in _rows(sheet))


def contents(issue: Issue) -> tuple[Hyperlink, ...]:
    """Return the headlines of an issue's numbered briefs, each with its place on the web page; none without numbers.

    Links inside a mail fail in more than four of ten clients (Can I email), so they lead to the page.
    """
    briefs = (part for part in issue.parts if isinstance(part, Brief) and part.number)
    return tuple(Hyperlink(words=f"{part.number}\u00a0{part.headline}", url=_place(issue, part)) for part in briefs)


def numbered(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Give each brief its number where an edition has several, and let the first of an odd run lead it."""
    several = sum(isinstance(part, Brief) for part in parts) > 1
    count, laid = 0, list[Part]()
    for _, run in groupby(parts, key=lambda part: part.kind):
        briefs = list(run)
        odd = len(briefs) % COLUMNS == 1
        for place, part in enumerate(briefs):
            if not isinstance(part, Brief):
                laid.append(part)
                continue
            count += 1
            laid.append(replace(part, number=str(count) if several else "", leads=odd and place == 0))
    return tuple(laid)


def _rows(sheet: Sequence[Part]) -> Iterator[Spread]:
    for paired, run in groupby(sheet, key=lambda part: isinstance(part, Brief) and not part.leads):
        parts = tuple(run)
        step = COLUMNS if paired else len(parts)
        for at in range(0, len(parts), step):
            row = parts[at : at + step]
            yield Spread(columns=COLUMNS if paired and len(row) == COLUMNS else 1, parts=row)


def _place(issue: Issue, part: Brief) -> str:
    return f"{issue.url}#{part.slug}" if issue.url and part.slug else issue.url
