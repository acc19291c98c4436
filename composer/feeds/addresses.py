"""Addresses: which are on the web, which are on this disk, and how one is written the same way every time."""

import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

_PLAIN = re.compile(r"https?://[a-z0-9]++(?>[.-][a-z0-9]++)++(?>/[A-Za-z0-9_][A-Za-z0-9_.~-]*+)*+/?")
_PATH_AS_WRITTEN = "/%!=:,-;@()+$&'*~._"


def is_web(address: str) -> bool:
    """Say whether an address is an http(s) URL with a host; anything else is a path."""
    try:
        parts = urlsplit(address.strip())
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # "http://[::1": urlsplit refuses broken IPv6
        return False


def web_url(address: str, base: str = "") -> str:
    """Return an absolute http(s) URL without tracking parameters, or "" when there is none.

    Fragments stay but text fragments (`#:~:text=`): some feeds use them as identity.
    """
    if _PLAIN.fullmatch(address):
        return address
    url = joined(base, "".join(address.split("\n")).strip().replace(" ", "%20"))
    if _PLAIN.fullmatch(url):
        return url
    if not is_web(url):
        return ""
    head, mark, text_fragment = url.partition("#:~:text=")
    return _normal(head if mark and text_fragment else url)


def joined(base: str, address: str) -> str:
    """Resolve an address against a base; "" when they cannot be joined."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _normal(url: str) -> str:
    """Let courlan drop trackers and default ports, but keep the publisher's own path and what else was asked."""
    from courlan import normalize_url  # noqa: PLC0415 (a run that finds nothing new need not wait for it)

    try:
        normal, given = urlsplit(normalize_url(url)), urlsplit(url)
    except ValueError:
        return ""
    path = quote(given.path, safe=_PATH_AS_WRITTEN) if ".." not in given.path else normal.path
    return normal._replace(path=path, query=_query(given.query, normal.query)).geturl()


def _query(given: str, without_trackers: str) -> str:
    """Take courlan's query only where it dropped a tracker: it also sorts, and loses words without a value."""
    asked = parse_qsl(given, keep_blank_values=True)
    kept = {name for name, _ in parse_qsl(without_trackers, keep_blank_values=True)}
    if all(name in kept or not value for name, value in asked):
        return given
    return "&".join(part for part in given.split("&") if not _has_value(part) or parse_qsl(part)[0][0] in kept)


def _has_value(part: str) -> bool:
    return bool(parse_qsl(part))


def source_address(path: Path, root: Path) -> str:
    """Write a path as `Source.url` holds it: relative to the newsletter's folder inside it, else absolute."""
    whole = path.expanduser().resolve()
    home = root.resolve()
    return whole.relative_to(home).as_posix() if whole.is_relative_to(home) else str(whole)


def source_path(address: str, root: Path) -> Path:
    """Return where the file behind `Source.url` lies."""
    return root / Path(address).expanduser()
