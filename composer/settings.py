"""newsletter.toml → Settings. A wrong setting is named with file, line and what is allowed."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from composer.choice import Weights
from composer.errors import NotFoundError, SettingsError, UsageError

FILE = "newsletter.toml"
VARIABLE = "CURRENTS_NEWSLETTER"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """Which language model may write summaries; an empty name is none. The key itself is never a setting."""

    name: str = ""
    base_url: str = ""
    key_variable: str = ""  # the environment variable that holds the key
    temperature: float | None = None  # None: the endpoint's own
    timeout_seconds: float = 120
    price_in: float = 0  # of a million tokens
    price_out: float = 0
    currency: str = "$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A newsletter's settings, checked."""

    root: Path
    name: str
    tagline: str
    base_url: str  # without a "/" at the end
    language: str
    timezone: ZoneInfo
    tag_authority: str
    tag_year: int
    tag_name: str  # what `tag:` URIs call this newsletter, whatever it is called later
    from_name: str
    from_address: str
    reply_to: str
    postal_address: str
    unsubscribe_url: str
    privacy_url: str
    corrections_url: str
    reason: str
    profile: str
    theme: str
    contact: str
    timeout_seconds: float
    bytes_most: int
    connections: int
    private_hosts: tuple[str, ...]  # names, addresses and networks that may lie in a private network
    feed_items: int
    model: ModelSettings = ModelSettings()
    suggest: Weights = field(default_factory=Weights)
    strict: bool = False  # a figure that no source has is an error
    partners: tuple[str, ...] = ()  # who funds us or works with us: a story about one wants a disclosure
    feed_hub: str = ""  # WebSub
    feed_ping: bool = False  # tell it at every publication; else `currents ping` does
    test_addresses: tuple[str, ...] = ()  # who may get test mails, and nobody else
    letters_per_minute: int = 0  # as fast as the server takes them
    dkim_domain: str = ""  # "": that of from_address
    dkim_selector: str = ""  # "": letters are not signed here
    listmonk_lists: tuple[int, ...] = ()
    review_required: bool = False  # nothing goes out that nobody approved
    four_eyes: bool = False  # who handed it in cannot approve it


@dataclass(frozen=True, slots=True)
class _Key:
    """One setting: where it stands, its default, and how a value is read (raises ValueError with what is allowed)."""

    table: str
    name: str
    default: Any
    read: Callable[[Any], Any]


def _words(value: Any) -> str:
    if not isinstance(value, str) or "\n" in value:
        raise ValueError("must be words in quotation marks, on one line")
    return value.strip()


def _some_words(value: Any) -> str:
    if not _words(value):
        raise ValueError("must not be empty")
    return _words(value)


def _web(value: Any) -> str:
    words = _words(value)
    if not re.fullmatch(r"https?://[^\s/]+\S*", words):
        raise ValueError('must be an address such as "https://news.example.org"')
    return words.rstrip("/")


def _web_or_nothing(value: Any) -> str:
    return words if not (words := _words(value)) else _link(words)


def _link(words: str) -> str:
    if not re.fullmatch(r"https?://\S+|mailto:\S+@\S+", words):
        raise ValueError('must be empty or an address such as "https://news.example.org/about"')
    return words


def _mail(value: Any) -> str:
    words = _words(value)
    if not re.fullmatch(r"[^\s@<>\",;]+@[^\s@<>\",;]+\.[^\s@<>\",;]+", words):
        raise ValueError('must be a mail address such as "editor@example.org"')
    return words


def _mail_or_nothing(value: Any) -> str:
    return _mail(value) if _words(value) else ""


def _language(value: Any) -> str:
    words = _words(value)
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", words):
        raise ValueError('must be a language tag (BCP 47) such as "en", "uk" or "pt-BR"')
    return words


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(_words(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('must be a time zone such as "UTC" or "Europe/Tbilisi"') from None


def _authority(value: Any) -> str:
    words = _words(value)
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", words):
        raise ValueError('must be a domain such as "news.example.org"')
    return words.lower()


def _folder_name(value: Any) -> str:
    words = _words(value)
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", words):
        raise ValueError("must be a name of small letters, digits and hyphens")
    return words


def _number(least: float, most: float) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise ValueError(f"must be a number from {least:g} to {most:g}")
        return value

    return read


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return value

    return read


def _hosts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and _is_host(one.strip()) for one in value):
        raise ValueError('must be a list such as ["feeds.internal", "*.newsroom.internal", "127.0.0.1", "10.0.0.0/8"]')
    return tuple(one.strip().lower() for one in value)


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one.strip() for one in value):
        raise ValueError('must be a list of names such as ["Example Foundation", "The Wire"]')
    return tuple(one.strip() for one in value)


def _mails(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError('must be a list such as ["editor@example.org"]')
    return tuple(dict.fromkeys(map(_mail, value)))


def _numbers(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list | tuple) or any(type(one) is not int or one < 1 for one in value):
        raise ValueError("must be a list of whole numbers, such as [1, 3]")
    return tuple(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _is_host(words: str) -> bool:
    """Say whether words are a host name (with or without "*." before it), an IP address or a network."""
    try:
        ip_network(words, strict=False)
    except ValueError:
        numeric = re.fullmatch(r"[\d.]+", words)  # "300.1.1.1" is no name
        return not numeric and re.fullmatch(r"(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", words) is not None
    return True


def _variable(value: Any) -> str:
    words = _words(value)
    if words and not re.fullmatch(r"[A-Z_][A-Z0-9_]*", words):
        raise ValueError('must be the name of the environment variable that holds the key, such as "WIRE_KEY"')
    return words


def _warmth(value: Any) -> float | None:
    return None if value == "" else float(_number(0, 2)(value))


_REQUIRED = object()
_WEIGHTS = {  # of the settings of [suggest], those that are no shares
    "half_life_hours": _number(1, 10_000),
    "outlets_many": _whole(1, 1000),
    "words_enough": _whole(1, 500),
    "per_source": _whole(1, 1000),
    "editions": _whole(0, 1000),
}
_KEYS = (
    _Key("newsletter", "name", _REQUIRED, _some_words),
    _Key("newsletter", "tagline", "", _words),
    _Key("newsletter", "base_url", _REQUIRED, _web),
    _Key("newsletter", "language", "en", _language),
    _Key("newsletter", "timezone", "UTC", _zone),
    _Key("newsletter", "tag_authority", _REQUIRED, _authority),
    _Key("newsletter", "tag_year", _REQUIRED, _whole(1990, 2200)),
    _Key("newsletter", "tag_name", _REQUIRED, _folder_name),
    _Key("mail", "from_name", "", _words),
    _Key("mail", "from_address", _REQUIRED, _mail),
    _Key("mail", "reply_to", "", _mail_or_nothing),
    _Key("mail", "postal_address", "", _words),
    _Key("mail", "unsubscribe_url", "", _web_or_nothing),
    _Key("mail", "privacy_url", "", _web_or_nothing),
    _Key("mail", "corrections_url", "", _web_or_nothing),
    _Key("mail", "reason", "", _words),
    _Key("edition", "profile", "coda-currents", _folder_name),
    _Key("edition", "theme", "currents", _folder_name),
    _Key("collect", "contact", "", _words),
    _Key("collect", "timeout_seconds", 9, _number(1, 600)),
    _Key("collect", "megabytes_most", 15, _number(0.1, 1000)),
    _Key("collect", "connections", 16, _whole(1, 100)),
    _Key("collect", "private_hosts", (), _hosts),
    _Key("feeds", "items", 20, _whole(1, 500)),
    _Key("feeds", "hub", "", _web_or_nothing),
    _Key("feeds", "ping", False, _yes_or_no),  # noqa: FBT003 (a default)
    _Key("send", "test_addresses", (), _mails),
    _Key("send", "per_minute", 0, _whole(0, 100_000)),
    _Key("send", "dkim_domain", "", _words),
    _Key("send", "dkim_selector", "", _words),
    _Key("services", "listmonk_lists", (), _numbers),
    _Key("review", "required", False, _yes_or_no),  # noqa: FBT003 (a default)
    _Key("review", "four_eyes", False, _yes_or_no),  # noqa: FBT003 (a default)
    _Key("model", "name", "", _words),
    _Key("model", "base_url", "", _web_or_nothing),
    _Key("model", "key_variable", "", _variable),
    _Key("model", "temperature", "", _warmth),
    _Key("model", "timeout_seconds", 120, _number(1, 3600)),
    _Key("model", "price_in", 0, _number(0, 100_000)),
    _Key("model", "price_out", 0, _number(0, 100_000)),
    _Key("model", "currency", "$", _words),
    *(_Key("suggest", one.name, one.default, _WEIGHTS.get(one.name, _number(0, 1))) for one in fields(Weights)),
    _Key("proof", "strict", False, _yes_or_no),  # noqa: FBT003 (a default)
    _Key("proof", "partners", (), _names),
)


def find_root(start: Path, named: str | None) -> Path:
    """Return the newsletter's folder: the one named, else $CURRENTS_NEWSLETTER, else the nearest above `start`."""
    chosen = named or os.environ.get(VARIABLE, "")
    if chosen:
        if not (Path(chosen) / FILE).is_file():
            raise NotFoundError(f"{chosen}: no {FILE} there; `currents init {chosen}` makes a newsletter")
        return Path(chosen).resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise NotFoundError(f"{start}: no {FILE} here or above; `currents init` makes a newsletter in this folder")


def read_settings(root: Path) -> Settings:
    """Read and check a newsletter's settings. Raises SettingsError with file, line and what is allowed."""
    file = root / FILE
    text, tables = read_toml(file)
    _refuse_unknown(file, text, tables)
    values = {(key.table, key.name): _value(file, text, tables, key) for key in _KEYS}

    def of(table: str, name: str) -> Any:
        return values[table, name]

    return Settings(
        root=root,
        name=of("newsletter", "name"),
        tagline=of("newsletter", "tagline"),
        base_url=of("newsletter", "base_url"),
        language=of("newsletter", "language"),
        timezone=of("newsletter", "timezone"),
        tag_authority=of("newsletter", "tag_authority"),
        tag_year=of("newsletter", "tag_year"),
        tag_name=of("newsletter", "tag_name"),
        from_name=of("mail", "from_name") or of("newsletter", "name"),
        from_address=of("mail", "from_address"),
        reply_to=of("mail", "reply_to"),
        postal_address=of("mail", "postal_address"),
        unsubscribe_url=of("mail", "unsubscribe_url"),
        privacy_url=of("mail", "privacy_url"),
        corrections_url=of("mail", "corrections_url"),
        reason=of("mail", "reason"),
        profile=of("edition", "profile"),
        theme=of("edition", "theme"),
        contact=of("collect", "contact"),
        timeout_seconds=of("collect", "timeout_seconds"),
        bytes_most=int(of("collect", "megabytes_most") * 1_000_000),
        connections=of("collect", "connections"),
        private_hosts=of("collect", "private_hosts"),
        feed_items=of("feeds", "items"),
        model=ModelSettings(**{one.name: of("model", one.name) for one in fields(ModelSettings)}),
        suggest=Weights(**{one.name: of("suggest", one.name) for one in fields(Weights)}),
        strict=of("proof", "strict"),
        partners=of("proof", "partners"),
        feed_hub=of("feeds", "hub"),
        feed_ping=of("feeds", "ping"),
        test_addresses=of("send", "test_addresses"),
        letters_per_minute=of("send", "per_minute"),
        dkim_domain=of("send", "dkim_domain"),
        dkim_selector=of("send", "dkim_selector"),
        listmonk_lists=of("services", "listmonk_lists"),
        review_required=of("review", "required"),
        four_eyes=of("review", "four_eyes"),
    )


def read_toml(file: Path) -> tuple[str, dict[str, Any]]:
    """Return a TOML file's text and what it says. Raises SettingsError with the line, UsageError."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) if place else text.count("\n") + 1
        raise SettingsError(str(file), line, f"not TOML: {str(error).split(' (at')[0]}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(str(file), 1, "not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error


def _value(file: Path, text: str, tables: Mapping[str, Any], key: _Key) -> Any:
    table = tables.get(key.table, {})
    if key.name not in table and key.default is _REQUIRED:
        raise SettingsError(str(file), _line(text, key.table, ""), f"{key.table}.{key.name} is missing")
    try:
        return key.read(table.get(key.name, key.default))
    except ValueError as error:
        line = _line(text, key.table, key.name)
        raise SettingsError(str(file), line, f"{key.table}.{key.name} {error}") from None


def _refuse_unknown(file: Path, text: str, tables: Mapping[str, Any]) -> None:
    known: dict[str, list[str]] = {}
    for key in _KEYS:
        known.setdefault(key.table, []).append(key.name)
    for table, values in tables.items():
        if table not in known or not isinstance(values, dict):
            allowed = ", ".join(f"[{name}]" for name in known)
            raise SettingsError(str(file), _line(text, table, ""), f"{table} is not a table; there are {allowed}")
        for name in values:
            if name not in known[table]:
                allowed = ", ".join(known[table])
                line = _line(text, table, name)
                raise SettingsError(str(file), line, f"{table}.{name} is not a setting; [{table}] takes {allowed}")


def _line(text: str, table: str, name: str) -> int:
    """Find the line of `name` in `[table]`, of `[table]` itself, else 1. tomllib does not keep places."""
    found, current = 1, ""
    for number, line in enumerate(text.splitlines(), 1):
        if heading := re.match(r"\s*\[([^\]]+)\]", line):
            current = heading.group(1).strip()
            found = number if current == table else found
            continue
        wanted = name if current == table else table if not (name or current) else ""
        if wanted and re.match(rf"\s*\"?{re.escape(wanted)}\"?\s*=", line):
            return number
    return found
