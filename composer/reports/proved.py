"""The noun of every report: an edition that has been proved."""

from dataclasses import dataclass

from composer.blocks import Manuscript
from composer.model import Remark
from composer.proofs import Silenced


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """An edition, and everything that proof had to say about it."""

    edition: int
    title: str
    file: str  # the manuscript, relative to the newsletter's folder: "editions/salt.md"
    path: str  # the same as seen from the current folder, where code hosts look for it
    text: str  # the manuscript as it was proved
    manuscript: Manuscript
    remarks: tuple[Remark, ...]
    silenced: tuple[Silenced, ...] = ()

    @property
    def stands(self) -> bool:
        """Say whether an error stands in the way."""
        return any(remark.severity == "error" for remark in self.remarks)
