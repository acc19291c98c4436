"""listmonk: a campaign that stays a draft, in a template that adds nothing (its code, mid-2026).

Bodies are Go templates. A campaign is found by a tag, for the API knows no key of ours; PUT keeps what is left out but
for `lists`, which are given each time.
"""

from typing import Any

from composer.model import Print
from composer.outlets.services.web import Api
from composer.services import LISTMONK, Draft, ServiceName, Standing

_TEMPLATE = "Currents: nothing around it"
_OPEN = frozenset({"draft", "paused", "scheduled"})


class Listmonk:
    """Keeps editions as listmonk campaigns (fills `composer.ports.Service`)."""

    name: ServiceName = "listmonk"
    dialect = LISTMONK
    wrapper_bytes = 0
    takes_pictures = True
    takes_mail = True

    def __init__(self, url: str, token: str, lists: tuple[int, ...], *, seconds: float = 30) -> None:
        headers = {"Authorization": f"token {token}"}
        self._api = Api(name="LISTMONK_API_TOKEN", base_url=url, headers=lambda: headers, seconds=seconds)
        self._lists = list(lists)

    def find(self, draft: Draft, remote_id: str) -> Standing | None:
        """Return what stands there of an edition; see `composer.ports.Service`."""
        found = self._api.ask("GET", "/api/campaigns", params={"tag": _tag(draft), "per_page": "all"})
        standing = [one for one in found["data"]["results"] if _tag(draft) in (one.get("tags") or [])]
        same = next((one for one in standing if str(one["id"]) == remote_id), standing[0] if standing else None)
        return self._read(str(same["id"])) if same else None

    def create(self, draft: Draft) -> Standing:
        """Put a draft there, and return it as it stands then."""
        made = self._api.ask("POST", "/api/campaigns", self._said(draft))
        return self._read(str(made["data"]["id"]))

    def update(self, standing: Standing, draft: Draft) -> Standing:
        """Write over a draft, and return it as it stands then."""
        self._api.ask("PUT", f"/api/campaigns/{standing.id}", self._said(draft))
        return self._read(standing.id)

    def send(self, standing: Standing) -> None:
        """Let it send a draft to its lists now; the key's role must have `campaigns:send`."""
        self._api.ask("PUT", f"/api/campaigns/{standing.id}/status", {"status": "running"})

    def upload(self, picture: Print) -> str:
        """Put a picture there, and return its address."""
        told = self._api.ask("POST", "/api/media", picture=("file", picture))["data"]
        return str(told.get("url") or told["uri"])

    def _said(self, draft: Draft) -> dict[str, Any]:
        return {
            "name": draft.title,
            "subject": draft.subject,
            "lists": self._lists,
            "type": "regular",
            "content_type": "html",
            "body": draft.body,
            "altbody": draft.text,
            "template_id": self._template(),
            "messenger": "email",
            "tags": [*draft.tags, _tag(draft)],
        }

    def _template(self) -> int:
        """Return the template that adds nothing; without one, listmonk's default one would wrap the mail."""
        for one in self._api.ask("GET", "/api/templates")["data"]:
            if one["name"] == _TEMPLATE:
                return int(one["id"])
        body = {"name": _TEMPLATE, "type": "campaign", "body": '{{ template "content" . }}'}
        return int(self._api.ask("POST", "/api/templates", body)["data"]["id"])

    def _read(self, number: str) -> Standing:
        told = self._api.ask("GET", f"/api/campaigns/{number}")["data"]
        draft = Draft(subject=told["subject"], body=told["body"], text=told.get("altbody") or "", title=told["name"])
        return Standing(
            id=number,
            draft=draft,
            editable=told["status"] in _OPEN,
            url=f"{self._api.base_url.rstrip('/')}/admin/campaigns/{number}",
        )


def _tag(draft: Draft) -> str:
    return f"currents:{draft.key}"
