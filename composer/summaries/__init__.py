"""Summaries: a text's sentences with the places where they stand, and the few that stand for all of it.

Nothing here writes a word: every sentence is the source's own. It knows no edition, no proof and no network.
"""

from composer.summaries.extraction import Weighed, summarise, weigh
from composer.summaries.quotations import quotations
from composer.summaries.segmentation import sentences

__all__ = ["Weighed", "quotations", "sentences", "summarise", "weigh"]
