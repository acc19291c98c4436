"""Where the newest sheet hangs, and where open pages wait for the next. One event loop only; no files, no web."""

import asyncio

from composer.preview.sheet import BLANK, Sheet


class Wall:
    """The sheet that hangs there now, numbered, and everybody who waits for another."""

    def __init__(self) -> None:
        self.sheet: Sheet = BLANK
        self.number = 0
        self.closed = False
        self._turned = asyncio.Event()

    def hang(self, sheet: Sheet) -> None:
        """Show another sheet and wake those who wait; the same sheet again disturbs nobody."""
        if sheet == self.sheet:
            return
        self.sheet = sheet
        self.number += 1
        self._wake()

    def close(self) -> None:
        """Send everybody home."""
        self.closed = True
        self._wake()

    async def newer(self, seen: int) -> int:
        """Wait for a sheet other than number `seen`, or for the end; return the number that hangs there then."""
        while self.number == seen and not self.closed:
            await self._turned.wait()
        return self.number

    def _wake(self) -> None:
        self._turned.set()
        self._turned = asyncio.Event()
