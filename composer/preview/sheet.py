"""What the preview shows: one edition, rendered. Values only; where they come from is not known here."""

from collections.abc import Sequence
from dataclasses import dataclass

from composer.model import FeedItem, Print, Remark, Severity

_GRAVITY: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An edition as its readers will get it, every picture of its own pointing below the preview's prints address."""

    title: str
    subject: str
    preheader: str
    from_name: str
    email_html: str
    page_html: str
    text: str
    remarks: tuple[Remark, ...] = ()
    proved: bool = True  # False while the remarks are those of an older text, or none yet
    problem: str = ""  # one line, "editions/3-salt.md:12: …": why this is an older rendering than the file
    prints: tuple[Print, ...] = ()  # own photos, served by name; those without content lie elsewhere
    item: FeedItem | None = None  # what the feeds carry
    manuscript: str = ""  # the text that all of it was read from
    file: str = ""  # the manuscript as its editor names it, to stand before a remark's line


BLANK = Sheet(title="", subject="", preheader="", from_name="", email_html="", page_html="", text="")


def gravest_first(remarks: Sequence[Remark]) -> list[Remark]:
    """Order remarks by severity, then by their place in the manuscript."""
    return sorted(remarks, key=lambda remark: (_GRAVITY.index(remark.severity), remark.line))


def place(remark: Remark, file: str) -> str:
    """Name where a remark stands, as editors and terminals read it ("editions/3-salt.md:12"), or ""."""
    if not remark.line:
        return file
    return f"{file}:{remark.line}" if file else f"line {remark.line}"
