"""Which store may send: the one that sent last, and no copy of it until a person says so.

A store that was restored or copied does not know who got what since. So each run is counted, in the store and in a
badge that lies beside it and is in no copy or backup of the store itself.
"""

import secrets
from dataclasses import replace

from composer.errors import ConflictError
from composer.mailing import SenderMark
from composer.ports import Badge, Deliveries


def check_in(ledger: Deliveries, badge: Badge, *, this_one: bool = False) -> None:
    """Begin a run of sending. Raises ConflictError for a store that is not known to be the one that sent last.

    `this_one` is a person's word that it is.
    """
    mark, worn = ledger.mark(), badge.worn()
    if this_one or (mark is None and worn is None):
        mark = SenderMark(token=secrets.token_hex(16), runs=max(mark.runs if mark else 0, worn.runs if worn else 0))
    elif mark is None or worn is None or mark.token != worn.token or mark.runs < worn.runs:
        raise ConflictError(
            "this store is not known to be the one that sent last: it was restored or copied, and does not know who "
            "got what since; `currents deliveries` says what it knows, `currents send N --this-one` lets it send all "
            "the same; nothing was sent"
        )
    mark = replace(mark, runs=mark.runs + 1)
    ledger.put_mark(mark)  # first: a crash in between leaves the store ahead, as no copy ever is
    badge.wear(mark)
