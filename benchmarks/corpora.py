"""Try the readers on folders of other people's feeds and hostile texts; nothing of them is kept here.

`python benchmarks/corpora.py FOLDER` expects in it `feeds/` (any feeds; beside them, where they exist, feedparser's
`expectations.json` and gofeed's pairs of a feed and its JSON) and `hostile/*.jsonl` (one `payload` a line).
"""

import json
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
from lxml import html

from composer.errors import FeedError
from composer.feeds.addresses import web_url
from composer.feeds.clean import plain, safe_html, text_of, title_of
from composer.feeds.feed import Feed
from composer.feeds.parse import parse_feed, parse_usual_feed
from composer.feeds.people import names
from composer.text import one_line

NOW = datetime(2026, 11, 24, tzinfo=UTC)
URL = "https://feeds.example/feed"
SLOW_SECONDS = 5
_ALLOWED = frozenset({"href", "title", "src", "alt", "width", "height", "colspan", "rel"})
_NEVER = frozenset("script style svg math iframe object embed form input link meta base template".split())  # noqa: SIM905 (a list of words)
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


def feeds_in(folder: Path) -> Iterator[Path]:
    """Give every file that may be a feed, in order."""
    ends = (".xml", ".json", ".rss", ".atom")
    yield from (path for path in sorted(folder.rglob("*")) if path.suffix in ends and path.name != "expectations.json")


def read(body: bytes, charset: str = "") -> Feed | str:
    """Return a feed, or why there is none."""
    try:
        return parse_feed(body, url=URL, now=NOW, charset=charset)
    except FeedError as error:
        return error.sentence


def try_feeds(folder: Path) -> None:
    """Count what becomes of every file."""
    counts: Counter[str] = Counter()
    slowest = (0.0, "")
    for path in feeds_in(folder):
        began = time.perf_counter()
        try:
            result = read(path.read_bytes())
        except Exception as error:  # noqa: BLE001 (to count them is what this is for)
            counts["crashed"] += 1
            print(f"  crashed: {path}: {error!r}")
            continue
        took = time.perf_counter() - began
        slowest = max(slowest, (took, path.name))
        counts["hung"] += took > SLOW_SECONDS
        counts["refused" if isinstance(result, str) else "damaged" if result.damage else "read"] += 1
        counts["read by the fast path"] += not isinstance(result, str) and _is_usual(path)
    print(f"feeds: {counts.total() - counts['read by the fast path'] - counts['hung']} files, {dict(counts)}")
    print(f"  slowest {slowest[0]:.2f} s ({slowest[1]})")


def _is_usual(path: Path) -> bool:
    return parse_usual_feed(path.read_bytes(), url=URL, now=NOW) is not None


def try_expectations(path: Path) -> None:
    """Compare us with feedparser on feedparser's own checks, where an article has the field."""
    score: Counter[str] = Counter()
    for case in json.loads(path.read_text(encoding="utf-8")):
        body = (path.parent.parent / case["file"]).read_bytes()
        headers = {name.lower(): value for name, value in case["headers"].items()}
        charset = (re.search(r"charset=[\"']?([\w-]+)", headers.get("content-type", "")) or ["", ""])[1]
        ours, theirs = read(body, charset), feedparser.parse(body, response_headers=headers)
        for check in case["checks"] or []:
            verdict = _verdict(ours, check)
            if verdict is None:
                score["no such field"] += 1
                continue
            peer = _passes(theirs, check)
            kind = "of being damaged" if check["path"] == ["bozo"] else "of fields"
            score[f"{kind}: checked"] += 1
            score[f"{kind}: ours"] += verdict
            score[f"{kind}: feedparser's"] += peer
            score[f"{kind}: feedparser's alone"] += peer and not verdict
            if peer and not verdict:
                print(f"  ours differs: {case['file']} {check}")
    print(f"expectations: {dict(score)}")


def _passes(value: Any, check: dict[str, Any]) -> bool:  # noqa: ANN401 (feedparser has no types)
    try:
        for step in check["path"]:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return check["op"] == "falsy"
    if check["op"] in {"truthy", "falsy"}:
        return bool(value) == (check["op"] == "truthy")
    wanted = check["value"]
    same = value == wanted or (isinstance(value, tuple) and list(value) == list(wanted))
    return bool(same)


def _verdict(ours: Feed | str, check: dict[str, Any]) -> bool | None:
    """Say whether our feed says what a check wants; None when it has no such field."""
    path, wanted = [step for step in check["path"] if step != 0], check.get("value")
    if path == ["bozo"] and check["op"] == "falsy":
        return not isinstance(ours, str) and not ours.damage
    if check["op"] != "eq" or not isinstance(wanted, str | list) or isinstance(ours, str):
        return False if isinstance(ours, str) and path[0] in {"entries", "feed"} and check["op"] == "eq" else None
    if path[0] == "feed":
        return _of_feed(ours, str(path[1]), wanted) if len(path) == 2 else None  # noqa: PLR2004 (feed, field)
    return _of_entry(ours, path[1:], wanted) if path[0] == "entries" and 1 not in path[:1] else None


def _of_feed(ours: Feed, field: str, wanted: Any) -> bool | None:  # noqa: ANN401 (JSON)
    if field == "title":
        return ours.title in {title_of(wanted), plain(wanted).strip()}
    if field == "link":
        return ours.homepage == web_url(wanted, URL)
    return None


def _of_entry(ours: Feed, path: list[Any], wanted: Any) -> bool | None:  # noqa: ANN401 (JSON)
    field = ".".join(str(step) for step in path)
    if field in {"description", "summary", "content.value", "summary_detail.value"}:
        told = {text for article in ours.articles for text in (article.text, article.summary)} - {""}
        return text_of(wanted) in told if text_of(wanted) else not told
    one = ours.articles[0] if ours.articles else None
    if field in {"title", "title_detail.value"}:
        wanted_titles = {title_of(wanted), plain(wanted).strip()} - {""}
        return (one is not None and one.title in wanted_titles) if title_of(wanted) else None
    if one is None or field not in _FIELDS:
        return None
    return bool(_FIELDS[field](one, wanted))


def _when(moment: datetime | None) -> list[int]:
    return list(moment.utctimetuple()[:6]) if moment else []


_FIELDS = {
    "link": lambda one, wanted: one.url == web_url(wanted, URL),
    "id": lambda one, wanted: one.guid == one_line(plain(wanted)),
    "guid": lambda one, wanted: one.guid == one_line(plain(wanted)),
    "author": lambda one, wanted: set(names(re.sub(r"\([^()@]*@[^()]*\)", "", wanted))) <= set(one.authors),
    "author_detail.name": lambda one, wanted: wanted in one.authors,
    "tags.term": lambda one, wanted: one_line(wanted) in one.categories,
    "source.title": lambda one, wanted: one.via == title_of(wanted),
    "published_parsed": lambda one, wanted: _when(one.published) == wanted[:6],
    "updated_parsed": lambda one, wanted: _when(one.updated) == wanted[:6],
    "content.language": lambda one, wanted: one.lang == wanted,
}


def try_pairs(folder: Path) -> None:
    """Compare us with the JSON that lies beside a feed."""
    score: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.xml")):
        beside = path.with_suffix(".json")
        if not beside.exists():
            continue
        ours, wanted = read(path.read_bytes()), json.loads(beside.read_text(encoding="utf-8"))
        differs = ["refused"] if isinstance(ours, str) else list(_differences(ours, wanted))
        score["pairs"] += 1
        score["equal"] += not differs
        if differs:
            print(f"  pair differs: {path.stem}: {'; '.join(differs)}")
    print(f"pairs: {dict(score)}")


def _differences(ours: Feed, wanted: dict[str, Any]) -> Iterator[str]:
    if title_of(wanted.get("title", "")) != ours.title:
        yield f"title {ours.title!r}"
    if wanted.get("link") and web_url(wanted["link"], URL) != ours.homepage:
        yield f"link {ours.homepage!r}"
    for item, article in zip(wanted.get("items") or [], ours.articles, strict=False):
        facts = (
            ("title", title_of(item.get("title", "")), article.title),
            ("link", web_url(item.get("link", ""), URL) if item.get("link") else "", article.url),
            ("guid", one_line(item.get("guid", "")), article.guid),
            ("categories", tuple(item.get("categories", ())), article.categories),
            ("enclosures", tuple(one.get("url") for one in item.get("enclosures", ())), _urls(article)),
            ("published", item.get("publishedParsed", ""), _iso(article.published)),
            ("updated", item.get("updatedParsed", ""), _iso(article.updated)),
        )
        yield from (f"{name} {ours!r} for {theirs!r}" for name, theirs, ours in facts if theirs and theirs != ours)


def _urls(article: Any) -> tuple[str, ...]:  # noqa: ANN401 (an article)
    return tuple(one.url for one in article.enclosures)


def _iso(when: datetime | None) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else ""


def try_json_feeds(folder: Path) -> None:
    """Compare the entries of JSON Feeds with what came of them."""
    score: Counter[str] = Counter()
    for path in sorted(folder.glob("*.json")):
        ours, raw = read(path.read_bytes()), json.loads(path.read_bytes().decode("utf-8-sig"))
        score["files"] += 1
        score["every item kept"] += not isinstance(ours, str) and len(ours.articles) == len(raw.get("items", ()))
        if isinstance(ours, str) or len(ours.articles) != len(raw.get("items", ())):
            told = ours if isinstance(ours, str) else f"{len(ours.articles)} of {len(raw.get('items', ()))} items"
            print(f"  JSON Feed differs: {path.name}: {told}")
    print(f"JSON Feeds: {dict(score)}")


def try_hostile(folder: Path) -> None:
    """Count what comes through the cleaning that must not."""
    tried, bad = 0, 0
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            payload = json.loads(line)["payload"]
            payload = payload if isinstance(payload, str) else json.dumps(payload)
            tried += 1
            found = [*_hidden(payload), *violations(safe_html(payload))]
            bad += bool(found)
            if found:
                print(f"  violation: {path.name}: {payload[:80]!r}: {found}")
    print(f"hostile: {tried} inputs, {bad} with violations")


def _hidden(payload: str) -> Iterator[str]:
    for name, words in (("title", title_of(payload)), ("text", text_of(payload))):
        if _HIDDEN.search(words):
            yield f"a hidden character in the {name}"


def violations(markup: str) -> Iterator[str]:
    """Give what is wrong with HTML that was made safe."""
    if _HIDDEN.search(markup):
        yield "a hidden character"
    for node in html.fragment_fromstring(markup, create_parent=True).iter() if markup else ():
        tag = node.tag if isinstance(node.tag, str) else "comment"
        if tag in _NEVER or tag == "comment":
            yield f"<{tag}>"
        yield from (f"{tag} {name}" for name in node.attrib if name not in _ALLOWED)
        for name in ("href", "src"):
            scheme = _SCHEME.match(re.sub(r"[\s\x00-\x20]", "", node.get(name, "")))
            if scheme and scheme.group(1).lower() not in {"http", "https", "mailto"}:
                yield f"{name} {scheme.group(1)}:"
        if tag == "img" and {node.get("width"), node.get("height")} & {"0", "1"}:
            yield "a tracking pixel"


def main(folder: Path) -> None:
    """Try everything that lies in a folder of corpora."""
    warnings.simplefilter("ignore")
    feeds = folder / "feeds"
    try_feeds(feeds)
    for expectations in feeds.rglob("expectations.json"):
        try_expectations(expectations)
    try_pairs(feeds / "gofeed")
    try_json_feeds(feeds / "jsonfeed")
    try_hostile(folder / "hostile")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
