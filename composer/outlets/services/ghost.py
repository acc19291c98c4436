"""Ghost (Admin API 5 and 6): a post that stays a draft, its words in one HTML card: elsewhere Ghost drops classes.

Ghost stores HTML its own way: what it answers is what is compared later, never what was sent.
"""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from composer.errors import NotFoundError, RejectedError, UsageError
from composer.model import Print
from composer.outlets.services.web import Api
from composer.services import GHOST, Draft, ServiceName, Standing

_LIVES_SECONDS = 300  # the most that Ghost takes


class Ghost:
    """Keeps editions as Ghost posts (fills `composer.ports.Service`)."""

    name: ServiceName = "ghost"
    dialect = GHOST
    wrapper_bytes = 24_595  # of its own mail, measured for a post of one word
    takes_pictures = True
    takes_mail = False

    def __init__(self, url: str, key: str, *, seconds: float = 30) -> None:
        number, _, secret = key.partition(":")
        try:
            self._secret = bytes.fromhex(secret)
        except ValueError:
            self._secret = b""
        if not number or not self._secret:
            raise UsageError(
                "GHOST_ADMIN_API_KEY: is no Admin API key; Ghost shows it as id:secret, under Integrations"
            )
        self._number = number
        base = f"{url.rstrip('/')}/ghost/api/admin"
        self._site = url.rstrip("/")
        self._api = Api(name="GHOST_ADMIN_API_KEY", base_url=base, headers=self._headers, seconds=seconds)

    def find(self, draft: Draft, remote_id: str) -> Standing | None:
        """Return what stands there of an edition; see `composer.ports.Service`."""
        for path in (f"/posts/{remote_id}/" if remote_id else "", f"/posts/slug/{draft.slug}/"):
            if path:
                try:
                    return self._standing(self._api.ask("GET", path, params={"formats": "html"}))
                except NotFoundError:
                    continue
        return None

    def create(self, draft: Draft) -> Standing:
        """Put a draft there, and return it as it stands then."""
        post = {**_said(draft), "status": "draft", "slug": draft.slug}
        made = self._api.ask("POST", "/posts/", {"posts": [post]}, {"source": "html", "formats": "html"})
        return self._standing(made)

    def update(self, standing: Standing, draft: Draft) -> Standing:
        """Write over a draft, and return it as it stands then. Raises ConflictError when it was changed meanwhile."""
        post = {**_said(draft), "updated_at": standing.version}
        asked = {"source": "html", "formats": "html", "save_revision": "true"}
        return self._standing(self._api.ask("PUT", f"/posts/{standing.id}/", {"posts": [post]}, asked))

    def send(self, standing: Standing) -> None:
        """Publish a draft on its site and mail it to all members, by the first newsletter that is active."""
        told = self._api.ask("GET", "/newsletters/", params={"limit": "all"})["newsletters"]
        slug = next((one["slug"] for one in told if one.get("status") == "active"), None)
        if slug is None:
            raise RejectedError(self._api.host, "has no active newsletter; nothing was sent")
        post = {"status": "published", "updated_at": standing.version}
        asked = {"newsletter": slug, "email_segment": "all"}
        self._api.ask("PUT", f"/posts/{standing.id}/", {"posts": [post]}, asked)

    def upload(self, picture: Print) -> str:
        """Put a picture there, and return its address."""
        return str(self._api.ask("POST", "/images/upload/", picture=("file", picture))["images"][0]["url"])

    def _headers(self) -> dict[str, str]:
        """Return a token that lives for minutes (RFC 7519, HS256)."""
        now = int(time.time())
        head = {"alg": "HS256", "typ": "JWT", "kid": self._number}
        claims = {"iat": now, "exp": now + _LIVES_SECONDS, "aud": "/admin/"}
        signed = f"{_segment(json.dumps(head).encode())}.{_segment(json.dumps(claims).encode())}"
        mark = hmac.new(self._secret, signed.encode(), hashlib.sha256).digest()
        return {"Authorization": f"Ghost {signed}.{_segment(mark)}", "Accept-Version": "v5.0"}

    def _standing(self, told: dict[str, Any]) -> Standing:
        post = told["posts"][0]
        draft = Draft(
            subject=post.get("email_subject") or post["title"], body=post.get("html") or "", title=post["title"]
        )
        return Standing(
            id=str(post["id"]),
            draft=draft,
            editable=post["status"] == "draft",
            version=str(post["updated_at"]),
            url=f"{self._site}/ghost/#/editor/post/{post['id']}",
        )


def _said(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "email_subject": draft.subject,
        "html": draft.body,
        "custom_excerpt": draft.summary[:300],
        "canonical_url": draft.url,
        "tags": [*draft.tags, "#currents"],
    }


def _segment(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
