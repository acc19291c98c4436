"""Buttondown (API 2026-04-01): an e-mail that says it is a draft, for without a word it would be sent.

An unknown field is refused (422). The body begins by naming the editor that keeps HTML as it is.
"""

from typing import Any

from composer.errors import NotFoundError
from composer.model import Print
from composer.outlets.services.web import Api
from composer.services import BUTTONDOWN, Draft, ServiceName, Standing

_MODE = "<!-- buttondown-editor-mode: fancy -->"
_VERSION = "2026-04-01"
_SLUG_MOST = 100


class Buttondown:
    """Keeps editions as Buttondown drafts (fills `composer.ports.Service`)."""

    name: ServiceName = "buttondown"
    dialect = BUTTONDOWN
    wrapper_bytes = 0  # its template "naked" adds nothing
    takes_pictures = True
    takes_mail = True

    def __init__(self, url: str, key: str, *, seconds: float = 30) -> None:
        headers = {"Authorization": f"Token {key}", "X-API-Version": _VERSION}
        self._api = Api(name="BUTTONDOWN_API_KEY", base_url=url, headers=lambda: headers, seconds=seconds)

    def find(self, draft: Draft, remote_id: str) -> Standing | None:
        """Return what stands there of an edition; see `composer.ports.Service`."""
        if remote_id:
            try:
                return _standing(self._api.ask("GET", f"/emails/{remote_id}"))
            except NotFoundError:
                pass
        page = 1
        while True:
            told = self._api.ask("GET", "/emails", params={"page": str(page)})
            for one in told["results"]:
                if (one.get("metadata") or {}).get("currents") == draft.key:
                    return _standing(one)
            if not told.get("next"):
                return None
            page += 1

    def create(self, draft: Draft) -> Standing:
        """Put a draft there, and return it as it stands then."""
        return _standing(self._api.ask("POST", "/emails", {**_said(draft), "status": "draft"}))

    def update(self, standing: Standing, draft: Draft) -> Standing:
        """Write over a draft, and return it as it stands then."""
        return _standing(self._api.ask("PATCH", f"/emails/{standing.id}", _said(draft)))

    def send(self, standing: Standing) -> None:
        """Let it send a draft to all subscribers now."""
        self._api.ask("POST", f"/emails/{standing.id}/publish", {})

    def upload(self, picture: Print) -> str:
        """Put a picture there, and return its address."""
        return str(self._api.ask("POST", "/images", picture=("image", picture))["image"])


def _said(draft: Draft) -> dict[str, Any]:
    return {
        "subject": draft.subject,
        "body": f"{_MODE}{draft.body}",
        "slug": draft.slug[:_SLUG_MOST],
        "description": draft.summary,
        "canonical_url": draft.url,
        "template": "naked",
        "metadata": {"currents": draft.key},
    }


def _standing(told: dict[str, Any]) -> Standing:
    draft = Draft(subject=told["subject"], body=str(told["body"]).removeprefix(_MODE), slug=told.get("slug") or "")
    return Standing(
        id=str(told["id"]),
        draft=draft,
        editable=told["status"] == "draft",
        url=f"https://buttondown.com/emails/{told['id']}",
    )
