"""robots.txt (RFC 9309): what a host asks of programs that visit its pages unasked. Pure; nothing here fetches.

Ours because it reads hostile files too: libraries keep every agent's rules, and agents times rules fills the memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

AGENT = "Currents"  # our product token
BYTES_MOST = 500_000  # section 2.5: at least 500 KiB are read; what follows is passed over
DELAY_MOST = 3600.0

_TOKEN = re.compile(r"[a-z_-]+", re.IGNORECASE)  # section 2.2.1
_LINE = re.compile(r"[ \t]*([a-z-]+)[ \t]*:[ \t]*([^#]*)", re.IGNORECASE)
_ESCAPED = re.compile(r"%([0-9a-f]{2})", re.IGNORECASE)
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")  # RFC 3986 section 2.3
_AS_WRITTEN = "/%?#[]@!$&'()*+,;=:~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one host asks of us: its rules, the longest first, an allowing one before one that forbids as much."""

    lines: tuple[tuple[bool, str], ...] = ()  # (it allows, its pattern)
    delay_seconds: float = 0.0  # between two visits; outside RFC 9309, but widely asked for

    def allow(self, path: str) -> bool:
        """Say whether a path, with its query, may be visited."""
        asked = _octets(path or "/")
        if asked.partition("?")[0] == "/robots.txt":
            return True
        return next((allows for allows, pattern in self.lines if _matches(pattern, asked)), True)


FORBID_ALL = Rules(lines=((False, "/"),))  # section 2.3.1.4: a host that cannot say is left alone


def allows(robots_txt: str, path: str, agent: str = AGENT) -> bool:
    """Say whether a robots.txt lets an agent visit a path, with its query."""
    return rules(robots_txt, agent).allow(path)


def path_of(url: str) -> str:
    """Return what of a URL the rules speak about: its path and query."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def rules(robots_txt: str, agent: str = AGENT) -> Rules:
    """Return what a robots.txt asks of an agent: all groups that name it, else all for everybody (section 2.2.1)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for group, key, value in _grouped(robots_txt.removeprefix("\ufeff"), agent.lower()):
        found.setdefault(group, []).append((key, value))
    ours = found.get(agent.lower(), found.get("*", []))
    told = {(key == "allow", _octets(value)) for key, value in ours if key in {"allow", "disallow"} and value}
    delays = [_seconds(value) for key, value in ours if key == "crawl-delay"]
    ordered = sorted(told, key=lambda line: (-len(line[1]), not line[0], line[1]))
    return Rules(lines=tuple(ordered), delay_seconds=max(delays, default=0.0))


def _grouped(robots_txt: str, agent: str) -> Iterator[tuple[str, str, str]]:
    """Give the lines that speak to an agent or to everybody, as (whom, key, value); a group named twice is one."""
    speaking_to: set[str] = set()
    naming = False
    for key, value in _pairs(robots_txt):
        if key == "user-agent":
            speaking_to = speaking_to if naming else set()
            speaking_to |= {_token(value)} & {agent, "*"}
            yield from ((whom, "", "") for whom in speaking_to)  # a group without a rule allows all
        elif key in {"allow", "disallow", "crawl-delay"}:
            yield from ((whom, key, value) for whom in speaking_to)
        naming = key == "user-agent" or (naming and key not in {"allow", "disallow", "crawl-delay"})


def _pairs(robots_txt: str) -> Iterator[tuple[str, str]]:
    for line in re.split(r"[\r\n]+", robots_txt):
        if found := _LINE.match(line):
            yield found.group(1).lower(), found.group(2).strip()


def _token(value: str) -> str:
    found = _TOKEN.match(value)
    return found.group().lower() if found else value[:1]


def _seconds(value: str) -> float:
    found = re.match(r"\d{1,9}(?:\.\d{1,3})?", value)
    return min(float(found.group()), DELAY_MOST) if found else 0.0


def _octets(path: str) -> str:
    """Write a path so that equal octets are equal characters (section 2.2.2)."""
    return _ESCAPED.sub(_plainest, quote(path, safe=_AS_WRITTEN, errors="replace"))


def _plainest(found: re.Match[str]) -> str:
    letter = chr(int(found.group(1), 16))
    return letter if _UNRESERVED.fullmatch(letter) else found.group().upper()


def _matches(pattern: str, path: str) -> bool:
    """Match a pattern with its `*` and its closing `$` (section 2.2.3), without backtracking."""
    ends = pattern.endswith("$")
    head, *parts = pattern.removesuffix("$").split("*")
    if not path.startswith(head):
        return False
    if not parts:
        return not ends or path == head
    place = len(head)
    for part in parts[:-1]:
        place = path.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return path[place:].endswith(parts[-1]) if ends else parts[-1] in path[place:]
