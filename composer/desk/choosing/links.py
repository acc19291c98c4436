"""Links as keys: what to compare, never what to show or to visit. Pure.

`canonical` is safe: two links with one key lead to one page. `hint` folds more (http, `www.`, mobile and AMP editions)
and counts only together with an equal headline or a like text.
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urlsplit

_TEXT_FRAGMENT = ":~:text="
_AS_WRITTEN = "/%!=:,-;@()+$&'*~._"
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_PLAIN = re.compile(r"(?:/[A-Za-z0-9_~\-][A-Za-z0-9_~.\-]*)+/?")
_PLAIN_HOST = re.compile(r"(?!.*xn--)[a-z0-9\-]+(?:\.[a-z0-9\-]*[a-z0-9])+")
_PLAIN_LINK = re.compile(r"(https?)://([a-z0-9.\-]+)(/[A-Za-z0-9_~.\-/]*)(?:\?([!\"$-~]*))?")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")
_SURE_TRACKER = re.compile(r"^(?:utm|mtm|mc|pk|ga|gs|itm|mkt|ml|oly|vero|ads?)_|(?:clid|xtor)$", re.IGNORECASE)
_SAME_HOST = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+(?=[^.]+\.)")
_AMP_CACHE = re.compile(r"^/(?:amp|[cv])/(?:s/)?(?=[^/]+\.[^/]+)")
_AMP_PATH = re.compile(r"^/(?:amp|m|mobile)(?=/)|/amp/?$|[./]amp(?=\.html?$)|(?<=\.html)\.amp$", re.IGNORECASE)
_AMP_QUERY = re.compile(r"^(?:amp(?:=(?:1|true)?)?|outputtype=amp|m=[01])$", re.IGNORECASE)
_AMP_HOSTS = re.compile(r"^(?:www\.)?google\.[a-z.]+$|\.cdn\.ampproject\.org$")


def canonical(url: str) -> str:
    """Return the key of a link: two links with one key lead to one page. "" for what is no http(s) link.

    Case, default ports, dot segments and escapes as RFC 3986 section 6.2.2 has them; trackers go, fragments stay, for
    some feeds tell their entries apart by nothing else.
    """
    try:
        given = _split(url.strip())
        host = _host(given.scheme, given.netloc)
    except ValueError:  # "http://[::1"
        return ""
    if not host:
        return ""
    fragment = given.fragment.partition(_TEXT_FRAGMENT)[0].strip()
    return host + _path(given.path) + _led("?", _query(given.query)) + _led("#", fragment)


def hint(url: str) -> str:
    """Return a key that folds http and https, `www.`, mobile and AMP editions. "" for what is no http(s) link."""
    return hint_of(canonical(url))


def hint_of(key: str) -> str:
    """Return the hint of a link of which the key is known; "" for ""."""
    if not key:
        return ""
    parts = _out_of_cache(_split(key))
    host = _SAME_HOST.sub("", parts.netloc)
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    query = "&".join(part for part in parts.query.split("&") if not _AMP_QUERY.match(part))
    return host + path + _led("?", query) + _led("#", parts.fragment)


def names_a_page(key: str) -> bool:
    """Say whether a key can stand for one article: a front page stands for all of them."""
    parts = _split(key)
    return bool(parts.path.strip("/") or parts.query or parts.fragment)


def _split(url: str) -> SplitResult:
    """Return what `urlsplit` returns; most links are so plain that a pattern tells their parts in half the time."""
    plain = _PLAIN_LINK.fullmatch(url)
    return SplitResult(plain[1], plain[2], plain[3], plain[4] or "", "") if plain else urlsplit(url)


@lru_cache(maxsize=4096)
def _host(scheme: str, netloc: str) -> str:
    """Return scheme and host as courlan writes them (case, default port, punycode), without a last dot; or ""."""
    if scheme in {"http", "https"} and _PLAIN_HOST.fullmatch(netloc):
        return f"{scheme}://{netloc}"
    parts = urlsplit(_normalised(f"{scheme}://{netloc}"))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    host, colon, port = parts.netloc.rpartition(":")
    dotless = f"{host.rstrip('.')}:{port}" if colon and port.isdigit() else parts.netloc.rstrip(".")
    return f"{parts.scheme}://{dotless}"


@lru_cache(maxsize=4096)
def _is_tracker(name: str) -> bool:
    return name.startswith("utm_") or not urlsplit(_normalised(f"https://x.example/?{quote(name)}=1")).query


def _normalised(url: str) -> str:
    from courlan import normalize_url  # noqa: PLC0415 (it imports urllib3, and plain links do not need it)

    return normalize_url(url)


def _led(mark: str, words: str) -> str:
    return mark + words if words else ""


def _path(path: str) -> str:
    """Resolve dot segments and write every escape in one way."""
    if _PLAIN.fullmatch(path):
        return path
    plain = _ESCAPE.sub(_one_way, quote(path, safe=_AS_WRITTEN))
    return (_resolved(plain) if "/." in plain else plain) or "/"


def _resolved(path: str) -> str:
    """Remove dot segments (RFC 3986 section 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    folder = [""] if segments[-1] in {".", ".."} else []
    return "/" + "/".join(kept + folder)


def _one_way(escape: re.Match[str]) -> str:
    letter = unquote(escape[0], errors="replace")
    return letter if _UNRESERVED.fullmatch(letter) else escape[0].upper()


def _query(given: str) -> str:
    """Drop trackers and sort the rest."""
    if not given:
        return ""
    parts = (part.strip() for part in given.split("&"))
    return "&".join(sorted(part for part in parts if part and _stays(part)))


def _stays(part: str) -> bool:
    """Say whether a part of the query is no tracker; `?cid=4711` is an article, not a campaign."""
    name, _, value = part.partition("=")
    if not value or not _is_tracker(unquote(name)):
        return True
    return value.isdecimal() and not _SURE_TRACKER.search(name)


def _out_of_cache(parts: SplitResult) -> SplitResult:
    """Return the page behind an address in an AMP cache."""
    inner = _AMP_CACHE.sub("", parts.path)
    if inner == parts.path or not _AMP_HOSTS.search(parts.netloc):
        return parts
    host, _, path = inner.partition("/")
    return parts._replace(netloc=host.lower(), path=f"/{path}")
