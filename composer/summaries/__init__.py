"""Summaries: a text's sentences with the places where they stand, and the few that stand for all of it.

Nothing here writes a word: every sentence is the source's own. It knows no edition, no proof and no network.
"""

from composer.summaries.extraction import summarise, weigh
from composer.summaries.quotations import quotations
from composer.summaries.segmentation import sentences
from composer.summaries.verdicts import Summary, Weighed

__all__ = ["Summary", "Weighed", "quotations", "sentences", "summarise", "weigh"]
