"""Where a page asks for an act, and what it is told: that it was done, that it cannot be, or that two texts parted."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from composer.differences import changes, cut
from composer.errors import ComposerError, ConflictError, PartedError, UsageError
from composer.preview.acts import Hands, act_of

_MOST = 64 * 1024  # bytes; a reason or a headline is far shorter
_AROUND = 8  # words shown on each side of a change


@dataclass(frozen=True, slots=True)
class Counter:
    """Takes acts one at a time; `turn` shows what has become of the edition."""

    hands: Hands
    turn: Callable[[], None]

    async def take(self, request: Request) -> Response:
        """Have an act done: 200 with what was done, 409 with both texts, 422 with why it cannot be."""
        try:
            given = await _given(request)
            seen = str(given.pop("seen", ""))
            done = self.hands(act_of(request.path_params["name"], given), seen)
            said = await asyncio.to_thread(done.later) if done.later else done.said
        except PartedError as error:
            sides = {"theirs": _told(error.common, error.theirs), "yours": _told(error.common, error.yours)}
            return JSONResponse({"problem": str(error), **sides}, 409)
        except ComposerError as error:
            return JSONResponse({"problem": str(error)}, 409 if isinstance(error, ConflictError) else 422)
        self.turn()
        return JSONResponse({"said": said, "block": done.block})


async def _given(request: Request) -> dict[str, object]:
    """Read what was sent. A form of another page cannot send JSON, whatever else it knows."""
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise UsageError("acts are sent as application/json")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST:
            raise UsageError(f"an act has {_MOST:,} bytes at most")
    try:
        given = json.loads(body)
    except ValueError:
        raise UsageError("this is no JSON") from None
    if not isinstance(given, Mapping):
        raise UsageError("an act is a JSON object")
    return dict(given)


def _told(before: str, after: str) -> list[dict[str, object]]:
    """Return how a text differs: the line of each place, and its words as pairs of mark and words."""
    return [
        {"line": change.now_line, "parts": [[part.mark, part.words] for part in cut(change, _AROUND)]}
        for change in changes(before, after)
    ]
