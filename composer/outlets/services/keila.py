"""Keila (API v1): a campaign of type HTML, never scheduled. Bodies are Liquid templates; it takes no pictures."""

from typing import Any

from composer.errors import NotFoundError
from composer.model import Print
from composer.outlets.services.web import Api
from composer.services import KEILA, Draft, ServiceName, Standing


class Keila:
    """Keeps editions as Keila campaigns (fills `composer.ports.Service`)."""

    name: ServiceName = "keila"
    dialect = KEILA
    wrapper_bytes = 0
    takes_pictures = False
    takes_mail = True

    def __init__(self, url: str, key: str, *, seconds: float = 30) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        base = f"{url.rstrip('/')}/api/v1"
        self._site = url.rstrip("/")
        self._api = Api(name="KEILA_API_KEY", base_url=base, headers=lambda: headers, seconds=seconds)

    def find(self, draft: Draft, remote_id: str) -> Standing | None:
        """Return what stands there of an edition; see `composer.ports.Service`."""
        if remote_id:
            try:
                return self._standing(self._api.ask("GET", f"/campaigns/{remote_id}"))
            except NotFoundError:
                pass
        for one in self._api.ask("GET", "/campaigns")["data"]:
            if (one.get("data") or {}).get("currents") == draft.key:
                return self._standing(self._api.ask("GET", f"/campaigns/{one['id']}"))
        return None

    def create(self, draft: Draft) -> Standing:
        """Put a draft there, and return it as it stands then."""
        made = self._api.ask("POST", "/campaigns", {"data": _said(draft)})
        return self._standing(self._api.ask("GET", f"/campaigns/{made['data']['id']}"))

    def update(self, standing: Standing, draft: Draft) -> Standing:
        """Write over a draft, and return it as it stands then."""
        self._api.ask("PATCH", f"/campaigns/{standing.id}", {"data": _said(draft)})
        return self._standing(self._api.ask("GET", f"/campaigns/{standing.id}"))

    def send(self, standing: Standing) -> None:
        """Let it send a draft now; it says yes even where it has no sender or credit to do so."""
        self._api.ask("POST", f"/campaigns/{standing.id}/actions/send", {})

    def upload(self, picture: Print) -> str:
        """Return "": Keila takes no pictures by its API; they stay where the edition's page has them."""
        del picture
        return ""

    def _standing(self, told: dict[str, Any]) -> Standing:
        one = told["data"]
        draft = Draft(subject=one["subject"], body=one.get("html_body") or "", text=one.get("text_body") or "")
        sent = one.get("sent_at") or one.get("scheduled_for")
        return Standing(id=str(one["id"]), draft=draft, editable=not sent, url=f"{self._site}/campaigns/{one['id']}")


def _said(draft: Draft) -> dict[str, Any]:
    return {
        "subject": draft.subject,
        "settings": {"type": "html"},
        "html_body": draft.body,
        "text_body": draft.text,
        "preview_text": draft.preheader,
        "data": {"currents": draft.key},
    }
