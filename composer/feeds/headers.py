"""What an answer's head says: when to come again, what to ask then, and whether a browser is wanted. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY_SECONDS = 86_400
_YEAR_SECONDS = 366 * DAY_SECONDS
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[\s,;])max-age\s*=\s*\"?(\d+)", re.IGNORECASE)
_STALE = re.compile(r"(?:^|[\s,;])(?:no-cache|no-store)(?=$|[\s,;=])", re.IGNORECASE)

_HEADS = (  # (header, what it says, who says it)
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "challenge", "AWS WAF"),
    ("x-amzn-waf-action", "captcha", "AWS WAF"),
    ("x-vercel-mitigated", "challenge", "Vercel"),
)
_BODIES = (  # (what only a challenge holds, who sends it)
    (b"_cf_chl_opt", "Cloudflare"),
    (b"<title>Just a moment...</title>", "Cloudflare"),
    (b"cf-browser-verification", "Cloudflare"),
    (b"<title>Attention Required! | Cloudflare</title>", "Cloudflare"),
    (b"_Incapsula_Resource", "Imperva"),
    (b"sucuri_cloudproxy_js", "Sucuri"),
    (b"captcha-delivery.com", "DataDome"),
    (b"_pxAppId", "HUMAN"),
    (b"/.well-known/ddos-guard/", "DDoS-Guard"),
    (b"anubis_challenge", "Anubis"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a server says beside its answer."""

    status: int = 0  # 0: there was no answer
    retry_after: str = ""  # as it came: seconds or a date
    fresh_seconds: int = 0  # what is left of the answer's freshness; 0: it does not say


NOTHING = Told()


def told(status: int, headers: Mapping[str, str]) -> Told:
    """Read an answer's head."""
    retry_after = headers.get("Retry-After", "").strip()
    return Told(status=status, retry_after=retry_after, fresh_seconds=_fresh_seconds(headers))


def not_before(retry_after: str, now: datetime) -> datetime | None:
    """Return when the next visit is allowed (RFC 9110 section 10.2.3); None when nothing usable is said."""
    if re.fullmatch(r"[0-9]+", retry_after):
        return now + timedelta(seconds=_seconds(retry_after, _YEAR_SECONDS))
    return _date(retry_after)


def validator(headers: Mapping[str, str], name: str) -> str:
    """Return a validator that can be sent back as it came; `Expires: 0` says that there is none worth keeping."""
    value = headers.get(name, "")
    return value if value.isascii() and value.isprintable() and headers.get("Expires", "").strip() != "0" else ""


def charset(headers: Mapping[str, str]) -> str:
    """Return the charset that the Content-Type names, or ""."""
    found = _CHARSET.search(headers.get("Content-Type", ""))
    return found.group(1) if found else ""


def challenger(headers: Mapping[str, str], body: bytes = b"") -> str:
    """Return who wants to see a browser before it lets anybody in, or ""."""
    by_head = (who for name, says, who in _HEADS if name in headers and says in headers[name].lower())
    by_body = (who for mark, who in _BODIES if mark in body)
    return next(by_head, "") or next(by_body, "")


def _fresh_seconds(headers: Mapping[str, str]) -> int:
    """Return how long an answer stays fresh, its age taken off (RFC 9111 section 4.2), at most a day."""
    cached = headers.get("Cache-Control", "")
    if _STALE.search(cached):
        return 0
    if found := _MAX_AGE.search(cached):
        age = headers.get("Age", "").strip()
        return max(0, _seconds(found.group(1), DAY_SECONDS) - (_seconds(age, DAY_SECONDS) if age.isdecimal() else 0))
    expires, sent = _date(headers.get("Expires", "")), _date(headers.get("Date", ""))
    return int(min(max((expires - sent).total_seconds(), 0), DAY_SECONDS)) if expires and sent else 0


def _seconds(digits: str, most: int) -> int:
    return min(int(digits[:12]), most)


def _date(value: str) -> datetime | None:
    """Read an HTTP date in any of its three forms (RFC 9110 section 5.6.7)."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
