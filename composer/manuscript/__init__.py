"""The edition's text file and its blocks, both ways: `coda-edition/1`.

Nothing here raises on a text, touches a file or judges words; what a text may say is the proof's business.
"""

from composer.manuscript.reader import Loaded, load
from composer.manuscript.stamps import stamp
from composer.manuscript.writer import dump

__all__ = ["Loaded", "dump", "load", "stamp"]
