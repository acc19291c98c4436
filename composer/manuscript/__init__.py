"""The edition's text file and its blocks, both ways: `coda-edition/1`; and surgery on the text itself.

Nothing here touches a file or judges words; what a text may say is the proof's business. Reading never fails;
surgery raises UsageError on what cannot be done, and NotFoundError on a block that is not there.
"""

from composer.manuscript.containers import is_id
from composer.manuscript.pieces import Parted, Piece, find_block, part, refuse_taken
from composer.manuscript.reader import Loaded, load, load_header
from composer.manuscript.setting import fields_for, set_fields, set_header
from composer.manuscript.stamps import stamp
from composer.manuscript.surgery import drop, insert, move, put_for, rewrite
from composer.manuscript.writer import dump, dump_blocks

__all__ = [
    "Loaded",
    "Parted",
    "Piece",
    "drop",
    "dump",
    "dump_blocks",
    "fields_for",
    "find_block",
    "insert",
    "is_id",
    "load",
    "load_header",
    "move",
    "part",
    "put_for",
    "refuse_taken",
    "rewrite",
    "set_fields",
    "set_header",
    "stamp",
]
