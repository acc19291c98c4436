"""Which model is asked, where, and with whose key: flag, then environment, then newsletter.toml, then nobody. Pure.

A key belongs to the host that it was set up for. It is never sent to another, never over plain HTTP through a network,
and it is not in any representation of these values.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from composer.errors import UsageError
from composer.settings import ModelSettings

OFF = "off"
PLUGIN = "llm:"  # a model of the llm package, by its id there
OPENAI = "https://api.openai.com/v1"
MODEL, BASE_URL, API_KEY = "CURRENTS_LLM_MODEL", "CURRENTS_LLM_BASE_URL", "CURRENTS_LLM_API_KEY"
OPENAI_BASE_URL, OPENAI_API_KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"
_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A language model and the place where it answers."""

    model: str
    base_url: str  # without a "/" at the end; "llm:" for a model of the llm package
    key: str = field(default="", repr=False)
    timeout_seconds: float = 120

    @property
    def host(self) -> str:
        """Return who gets to see article text: host and port, or the llm package's model."""
        return urlsplit(self.base_url).netloc if self.base_url != PLUGIN else f"{PLUGIN}{self.model}"

    @property
    def is_local(self) -> bool:
        """Say whether the text stays on this machine."""
        return self.base_url != PLUGIN and _is_loopback(urlsplit(self.base_url).hostname or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """A base URL and the key that was set up with it; either may be empty."""

    base_url: str
    key: str = field(repr=False)


def choose(
    settings: ModelSettings, environ: Mapping[str, str], *, model: str = "", base_url: str = ""
) -> Endpoint | None:
    """Return the model to ask; None when none is named or it is called `off`.

    `model` and `base_url` are what the command line says. Raises UsageError when a model is named but not where it
    answers, or when that is no address a key may be sent to.
    """
    name = model.strip() or environ.get(MODEL, "").strip() or settings.name
    if base_url and not name:
        raise UsageError("--base-url says where a model answers; say which with --model NAME")
    if not name or name == OFF:
        return None
    if name.startswith(PLUGIN):
        return _plugin(name, settings, base_url)
    doors = _doors(settings, environ)
    place = base_url.strip() or next((door.base_url for door in doors if door.base_url), "")
    if not place:
        raise UsageError(
            f"{name}: nobody says where this model answers; give --base-url (Ollama on this machine: "
            f"http://127.0.0.1:11434/v1), or set {BASE_URL} or model.base_url"
        )
    address = _address(place)
    return Endpoint(model=name, base_url=address, key=_key(doors, address), timeout_seconds=settings.timeout_seconds)


def _plugin(name: str, settings: ModelSettings, base_url: str) -> Endpoint:
    model = name.removeprefix(PLUGIN)
    if not model:
        raise UsageError(f"{name}: name a model of the llm package, such as llm:gpt-4o-mini; `llm models` lists them")
    if base_url:
        raise UsageError(f"{name}: the llm package knows where its models answer; leave --base-url out")
    return Endpoint(model=model, base_url=PLUGIN, timeout_seconds=settings.timeout_seconds)


def _doors(settings: ModelSettings, environ: Mapping[str, str]) -> tuple[_Door, ...]:
    """Return what was set up, in the order in which it counts: ours, the newsletter's, everybody's."""

    def of(variable: str) -> str:
        return environ.get(variable, "").strip() if variable else ""

    everybodys = of(OPENAI_BASE_URL) or (OPENAI if of(OPENAI_API_KEY) else "")
    return (
        _Door(base_url=of(BASE_URL), key=of(API_KEY)),
        _Door(base_url=settings.base_url, key=of(settings.key_variable)),
        _Door(base_url=everybodys, key=of(OPENAI_API_KEY)),
    )


def _address(written: str) -> str:
    """Check a base URL. The sentences do not repeat it: it may hold a password."""
    address = written.rstrip("/").removesuffix(_PATH).rstrip("/")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or re.search(r"[\s\x00-\x1f]", address):
        raise UsageError("the model's base URL is no web address; write one such as http://127.0.0.1:11434/v1")
    if "@" in parts.netloc:
        raise UsageError(f"the model's base URL must hold no user and no password; put the key into {API_KEY}")
    if parts.query or parts.fragment:
        raise UsageError("the model's base URL must end with its path, usually /v1, without ? and #")
    return address


def _key(doors: Sequence[_Door], address: str) -> str:
    """Return the first key that may be sent to an address: one set up with that host, or with no host."""
    fitting = (door.key for door in doors if door.key and (not door.base_url or _is_same(door.base_url, address)))
    key = next(fitting, "")
    if not re.fullmatch(r"[\x21-\x7e]*", key):
        raise UsageError("the model's key holds characters that no key has; copy it again into its variable")
    parts = urlsplit(address)
    if key and parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise UsageError(f"{parts.netloc}: over http:// the key could be read on the way; use https://, or no key")
    return key


def _is_same(one: str, other: str) -> bool:
    return urlsplit(one.lower())[:2] == urlsplit(other.lower())[:2]


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761 section 6.3
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
