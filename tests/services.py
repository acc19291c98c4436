"""Newsletter services on loopback, as far as Currents speaks to them: they refuse what the real ones refuse.

What each does was seen in the real program, its code or its published schema; a request that the real one would take as
an order to send makes the fake remember a letter sent.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, Any]
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_GO_TAG = re.compile(r"\{\{ (?:Safe `[^`]*`|Safe \"`\"|UnsubscribeURL|`\{\{`) \}\}")


@dataclass
class Service:
    """One that runs: what it holds, what it was asked, and what it sent, which must stay empty."""

    url: str = ""
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    moods: list[Any] = field(
        default_factory=list
    )  # answers to give before any of its own: (status, body, headers), "cut"
    template: bool = False

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        raise NotImplementedError

    def edit(self, **changes: Any) -> None:
        """Change the one draft by hand, as somebody does at the service."""
        (one,) = self.drafts.values()
        one |= changes


def _picture(headers: Any, body: bytes) -> bytes:
    boundary = headers["Content-Type"].split("boundary=")[1].encode()
    part = body.split(b"--" + boundary)[1]
    return part.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n")


class Listmonk(Service):
    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:  # noqa: C901, PLR0911, PLR0912 (a route each)
        if headers["Authorization"] != "token desk:secret-token":
            return 403, {"message": "invalid API credentials"}
        if path == "/api/templates" and method == "GET":
            return 200, {
                "data": [
                    {"id": 1, "name": "Default"},
                    *([{"id": 2, "name": "Currents: nothing around it"}] if self.template else []),
                ]
            }
        if path == "/api/templates":
            assert '{{ template "content" . }}' in json.loads(body)["body"]
            self.template = True
            return 200, {"data": {"id": 2}}
        if path == "/api/media":
            self.pictures.append(_picture(headers, body))
            return 200, {"data": {"id": 1, "url": f"{self.url}/uploads/{len(self.pictures)}.jpg"}}
        if path.endswith("/status"):
            number = path.split("/")[-2]
            self.drafts[number]["status"] = json.loads(body)["status"]
            self.sent.append(number)
            return 200, {"data": self.drafts[number]}
        if path == "/api/campaigns" and method == "GET":
            found = [one for one in self.drafts.values() if query.get("tag", "") in one["tags"]]
            return 200, {"data": {"results": found, "total": len(found)}}
        number = path.rpartition("/")[2]
        if method == "GET":
            return (
                (200, {"data": self.drafts[number]})
                if number in self.drafts
                else (400, {"message": "Campaign not found"})
            )
        said = json.loads(body)
        if not said.get("lists"):
            return 400, {"message": "No lists selected"}
        if not (said.get("name") and said.get("subject")):
            return 400, {"message": "Invalid length for name or subject"}
        left = _GO_TAG.sub("", said["body"] + said["altbody"])
        if "{{" in left:
            return 400, {"message": f'Error compiling template: function "{left.partition("{{")[2][:10]}" not defined'}
        if said.get("template_id") != 2:
            said["body"] = f"<default>{said['body']}</default>"
        if method == "POST":
            number = str(len(self.drafts) + 1)
            self.drafts[number] = {"id": int(number), "status": "draft"}
        if self.drafts[number]["status"] not in {"draft", "paused", "scheduled"}:
            return 400, {"message": "Cannot update a running or a finished campaign."}
        self.drafts[number] |= said
        return 200, {"data": self.drafts[number]}

    def shown(self) -> str:
        """Return what Go's html/template would make of the body: comments go, unless they are safe."""
        (one,) = self.drafts.values()
        safe = re.compile(r"\{\{ Safe (?:`([^`]*)`|\"(`)\") \}\}", re.DOTALL)
        pieces = re.split(r"(\{\{ Safe .*? \}\})", one["body"], flags=re.DOTALL)
        return "".join(
            safe.sub(lambda f: f[1] or f[2], piece) if piece.startswith("{{ Safe") else _COMMENT.sub("", piece)
            for piece in pieces
        )


class Buttondown(Service):
    FIELDS = frozenset({"subject", "body", "status", "slug", "description", "canonical_url", "template", "metadata"})

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:  # noqa: C901, PLR0911 (as above)
        if headers["Authorization"] != "Token secret-key":
            return 401, {"detail": "Invalid token."}
        if headers["X-API-Version"] != "2026-04-01":
            return 400, {"detail": "unknown version"}
        if path == "/images":
            self.pictures.append(_picture(headers, body))
            return 201, {"image": f"{self.url}/media/{len(self.pictures)}.jpg"}
        if path.endswith("/publish"):
            number = path.split("/")[-2]
            self.drafts[number]["status"] = "about_to_send"
            self.sent.append(number)
            return 200, self.drafts[number]
        number = path.rpartition("/")[2]
        if path == "/emails" and method == "GET":
            page = int(query.get("page", "1"))
            ones = list(self.drafts.values())[(page - 1) * 2 : page * 2]
            return 200, {"results": ones, "next": "more" if len(self.drafts) > page * 2 else None}
        if method == "GET":
            return (200, self.drafts[number]) if number in self.drafts else (404, {"detail": "Not found."})
        said = json.loads(body)
        if strange := sorted(set(said) - self.FIELDS):
            return 422, {
                "detail": [
                    {"type": "extra_forbidden", "loc": ["body", strange[0]], "msg": "Extra inputs are not permitted"}
                ]
            }
        if said["body"].startswith("---"):
            return 400, {"code": "body_contains_frontmatter", "detail": "Your body contains front matter"}
        if not re.fullmatch(r"[a-zA-Z0-9_-]{1,100}", said["slug"]):
            return 400, {"code": "slug_invalid", "detail": "slug"}
        if method == "POST":
            number = f"em_{len(self.drafts) + 1}"
            self.drafts[number] = {"id": number, "status": said.get("status", "about_to_send")}
        self.drafts[number] |= said
        if self.drafts[number]["status"] != "draft":
            self.sent.append(number)
        return (201 if method == "POST" else 200), self.drafts[number]


class Ghost(Service):
    SECRET = "ab" * 32

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:  # noqa: C901, PLR0911 (as above)
        if wrong := self._unentered(headers.get("Authorization", "")):
            return wrong
        path = path.removeprefix("/ghost/api/admin")
        if path == "/images/upload/":
            self.pictures.append(_picture(headers, body))
            return 201, {"images": [{"url": f"{self.url}/content/{len(self.pictures)}.jpg"}]}
        if path == "/newsletters/":
            return 200, {
                "newsletters": [
                    {"slug": "old", "status": "archived"},
                    {"slug": "default-newsletter", "status": "active"},
                ]
            }
        key = path.strip("/").rpartition("/")[2]
        found = self.drafts.get(key) or next((one for one in self.drafts.values() if one["slug"] == key), None)
        if method == "GET":
            return (
                (200, {"posts": [found]})
                if found
                else (404, {"errors": [{"message": "Resource not found error", "context": "Post not found."}]})
            )
        (said,) = json.loads(body)["posts"]
        if not said.get("title", "there" if found else ""):
            return 422, {
                "errors": [
                    {"message": "Validation error, cannot save post.", "context": "Validation failed for title."}
                ]
            }
        if query.get("source") == "html" and not said.get("html", "").startswith("<!--kg-card-begin: html-->"):
            said["html"] = re.sub(r' class="[^"]*"', "", said["html"])
        if "html" in said:  # it writes HTML its own way
            said["html"] = said["html"].replace("&#123;", "{").replace("><", ">\n<")
        if method == "POST":
            key = f"{len(self.drafts) + 1:024x}"
            taken = any(one["slug"] == said["slug"] for one in self.drafts.values())
            self.drafts[key] = {"id": key, "updated_at": "2026-03-06T08:00:00.000Z"}
            said["slug"] += "-2" if taken else ""
        else:
            assert found
            if "updated_at" not in said:
                return 422, {"errors": [{"message": "Validation error", "context": "updated_at is required"}]}
            if said["updated_at"] != found["updated_at"]:
                return 409, {
                    "errors": [
                        {"message": "Saving failed! Someone else is editing this post.", "code": "UPDATE_COLLISION"}
                    ]
                }
            said["updated_at"] = found["updated_at"].replace("08:00:00", f"08:00:{len(self.asked) % 60:02}")
        if said.get("status", "draft") != "draft" or "newsletter" in query:
            assert query["newsletter"] == "default-newsletter"
            self.sent.append(key)
        self.drafts[key] |= said
        return (201 if method == "POST" else 200), {"posts": [self.drafts[key]]}

    def _unentered(self, said: str) -> Answer | None:
        try:
            head, claims, mark = said.removeprefix("Ghost ").split(".")
            told = json.loads(base64.urlsafe_b64decode(claims + "=="))
            kid = json.loads(base64.urlsafe_b64decode(head + "=="))["kid"]
        except ValueError:
            return 403, {"errors": [{"message": "Authorization failed", "type": "NoPermissionError"}]}
        right = hmac.new(bytes.fromhex(self.SECRET), f"{head}.{claims}".encode(), hashlib.sha256).digest()
        good = base64.urlsafe_b64decode(mark + "==") == right and kid == "1234" and told["aud"] == "/admin/"
        if not good or not told["iat"] - 5 <= time.time() <= told["exp"] or told["exp"] - told["iat"] > 300:
            return 401, {"errors": [{"message": "Invalid token", "code": "INVALID_JWT"}]}
        return None


class Keila(Service):
    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        del query
        if headers["Authorization"] != "Bearer secret-key":
            return 403, {"errors": [{"status": "403", "title": "Not authorized"}]}
        path = path.removeprefix("/api/v1")
        if "/actions/" in path:
            number = path.split("/")[-3]
            self.drafts[number]["sent_at"] = "2026-03-06T08:00:00Z"
            self.sent.append(number)
            return 202, {"data": {}}
        number = path.rpartition("/")[2]
        if path == "/campaigns" and method == "GET":
            return 200, {"data": [{key: one[key] for key in ("id", "subject", "data")} for one in self.drafts.values()]}
        if method == "GET":
            return (
                (200, {"data": self.drafts[number]})
                if number in self.drafts
                else (404, {"errors": [{"title": "Not found"}]})
            )
        said = json.loads(body)["data"]
        if not said.get("subject") or not said.get("settings", {}).get("type"):
            return 400, {"errors": [{"title": "Missing field", "detail": "subject"}]}
        if method == "POST":
            number = f"mc_{len(self.drafts) + 1}"
            self.drafts[number] = {"id": number, "sent_at": None}
        self.drafts[number] |= said
        return 200, {"data": {"id": number}}


@contextlib.contextmanager
def running(kind: Callable[[], Service]) -> Iterator[Service]:
    """Run a service until the block ends."""
    service = kind()

    class Door(BaseHTTPRequestHandler):
        def _do(self) -> None:
            asked = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Transfer-Encoding") == "chunked":
                body = b"".join(iter(self._chunk, b""))
            service.asked.append((self.command, asked.path))
            mood = service.moods.pop(0) if service.moods else None
            if mood == "cut":
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if mood == "silence":
                time.sleep(3)
                return
            query = {name: values[0] for name, values in parse_qs(asked.query).items()}
            status, told, headers = mood or (*service.answer(self.command, asked.path, query, self.headers, body), {})
            content = told.encode() if isinstance(told, str) else json.dumps(told).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def _chunk(self) -> bytes:
            length = int(self.rfile.readline(), 16)
            content = self.rfile.read(length)
            self.rfile.readline()
            return content

        do_GET = do_POST = do_PUT = do_PATCH = _do  # noqa: N815 (http.server's names)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
