"""A WebSub hub on the web: one POST a changed feed (W3C WebSub, section 7; the form that hubs agree on).

One deadline for the whole of it, no redirect followed, nothing of the answer kept but a line for the editor.
"""

import asyncio
from urllib.parse import urlsplit

import aiohttp

from composer.errors import WireError

_SECONDS = 15
_SAID_MOST = 200  # characters of what a hub says


class WebHub:
    """Tells hubs. Not for use inside a running event loop."""

    def tell(self, hub_url: str, feed_url: str) -> None:
        """Tell a hub that a feed changed. Raises WireError when it does not answer 2xx in time."""
        host = urlsplit(hub_url).netloc
        try:
            status, said = asyncio.run(_post(hub_url, feed_url))
        except TimeoutError as error:
            raise WireError(host, f"no answer within {_SECONDS} seconds; {feed_url} is still to be told") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise WireError(host, f"cannot be reached; {feed_url} is still to be told") from error
        if not 200 <= status < 300:  # noqa: PLR2004 (HTTP's own numbers)
            raise WireError(host, f"answered {status} {said}".rstrip() + f"; {feed_url} is still to be told")


async def _post(hub_url: str, feed_url: str) -> tuple[int, str]:
    # Older hubs know a feed as "url", newer ones as "topic".
    form = {"hub.mode": "publish", "hub.url": feed_url, "hub.topic": feed_url}
    patience = aiohttp.ClientTimeout(total=_SECONDS)
    async with (
        aiohttp.ClientSession(timeout=patience, cookie_jar=aiohttp.DummyCookieJar()) as session,
        session.post(hub_url, data=form, allow_redirects=False) as answer,
    ):
        piece = await answer.content.read(_SAID_MOST)
        return answer.status, " ".join(piece.decode("utf-8", "replace").split())
