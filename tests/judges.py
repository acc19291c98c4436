"""Programs of others that judge what leaves: the HTML checkers, axe, SpamAssassin, MJML's own compiler, schemas.

Each is a function from files to complaints. What is no fault in a mail is set aside here, with the reason. A judge that
is not installed is skipped with a line that says how to get it; with CURRENTS_JUDGES=all that is a failure.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft7Validator, FormatChecker
from lxml import etree
from playwright.sync_api import Page

JURY = Path(__file__).resolve().parent / "jury"
MODULES = JURY / "node_modules"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
PATIENCE_SECONDS = 180

# What is right in a mail and unknown on the web: styles for Outlook's Word and old Apple Mail, Outlook's namespaces,
# and heights that follow the width.
_OF_MAIL = re.compile(
    r"CSS: .*\bmso-|CSS: .*-ms-|CSS: .*-webkit-|CSS: “supported-color-schemes”|Attribute “xmlns:[vo]”|“auto” for attribute “height” on element “img”"
)


def needed(*programs: str, module: str = "") -> None:
    """Skip the test when a judge is missing; fail it where none may be."""
    missing = [name for name in programs if not shutil.which(name)]
    missing += [module] if module and not (MODULES / module).exists() else []
    if not missing:
        return
    sentence = f"not installed: {', '.join(missing)}; `make judges` installs them on Debian"
    if os.environ.get("CURRENTS_JUDGES") == "all":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def vnu(files: Sequence[Path]) -> list[str]:
    """Return what the Nu HTML Checker calls an error, as `file:line: message`."""
    needed("java", module="vnu-jar")
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    ran = _run("java", "-jar", jar, "--stdout", "--format", "json", "--exit-zero-always", *files)
    messages = json.loads(ran.stdout)["messages"]
    return [
        f"{Path(found['url']).name}:{found.get('lastLine', 0)}: {found['message']}"
        for found in messages
        if found["type"] == "error"
    ]


def beyond_mail(complaints: Sequence[str]) -> list[str]:
    """Leave out what is no fault in a mail."""
    return [one for one in complaints if not _OF_MAIL.search(one)]


def html_validate(files: Sequence[Path], preset: str) -> list[str]:
    """Return what html-validate says under one of its presets, as `file:line: rule: message`."""
    needed("node", module="html-validate")
    program = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"  # the program exits before a long report has left through a pipe
        _run("node", program, "--preset", preset, "--formatter", f"json={report}", *files, cwd=JURY, codes=(0, 1))
        judgement = json.loads(report.read_text(encoding="utf-8"))
    return [
        f"{Path(judged['filePath']).name}:{found['line']}: {found['ruleId']}: {found['message']}"
        for judged in judgement
        for found in judged["messages"]
        if found["severity"] == 2
    ]


def axe(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """Return what axe-core finds on an open page, best practices included, as `rule: element`."""
    needed("node", module="axe-core")
    page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    rules = {rule: {"enabled": False} for rule in without}
    found = page.evaluate("rules => axe.run(document, {rules, resultTypes: ['violations']})", rules)
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


def spam(letter: bytes) -> tuple[float, dict[str, float]]:
    """Return SpamAssassin's score of a mail without network, and the rules that count."""
    needed("spamassassin")
    ran = subprocess.run(
        ["spamassassin", "-t", "-L"], input=letter, capture_output=True, check=True, timeout=PATIENCE_SECONDS
    )
    said = ran.stdout.decode("utf-8", "replace")
    score = re.search(r"^X-Spam-Status:.*?score=(-?[\d.]+)", said, re.MULTILINE)
    report = said[said.rindex("Content analysis details") :]
    rules = {
        name: float(points)
        for points, name in re.findall(r"^\s*(-?\d+(?:\.\d+)?)\s+([A-Z][A-Z0-9_]+)", report, re.MULTILINE)
    }
    return float(score.group(1)) if score else sum(rules.values()), {name: at for name, at in rules.items() if at > 0}


def compile_by_npm(sources: Mapping[str, str]) -> dict[str, str]:
    """Compile MJML by its own compiler, strictly: unknown tags and attributes are errors there."""
    needed("node", module="mjml")
    ran = _run("node", JURY / "compile.mjs", given=json.dumps(sources))
    compiled: dict[str, str] = json.loads(ran.stdout)
    return compiled


def atom_faults(feed: bytes) -> list[str]:
    """Return where an Atom feed breaks RFC 4287: by its grammar, and by what a grammar cannot say."""
    tree = etree.fromstring(feed)
    grammar = etree.RelaxNG(etree.parse(JURY / "atom.rng"))
    grammar.validate(tree)
    faults = [f"line {error.line}: {error.message}" for error in grammar.error_log]
    return [*faults, *_beyond_grammar(tree)]


def json_feed_faults(feed: bytes) -> list[str]:
    """Return where a JSON Feed breaks the schema that `jsonfeed-schema` gives for version 1.1."""
    needed(module="jsonfeed-schema")
    schema = json.loads((MODULES / "jsonfeed-schema" / "schema-v1.1.json").read_text(encoding="utf-8"))
    judge = Draft7Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in judge.iter_errors(json.loads(feed))]


def sarif_faults(log: Any) -> list[str]:
    """Return where a report breaks the schema of SARIF 2.1.0 that Microsoft's own test library ships."""
    return [f"{error.json_path}: {error.message}" for error in _sarif_judge().iter_errors(log)]


@cache
def _sarif_judge() -> Draft4Validator:
    needed(module="@microsoft/jest-sarif")
    schema = MODULES / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
    return Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))


def _beyond_grammar(feed: Any) -> Iterator[str]:
    entries = feed.findall("a:entry", ATOM)
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    yield from (f"id {one} stands twice" for one in set(ids) if ids.count(one) > 1)
    for place in (feed, *entries):
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in place.findall("a:link", ATOM)
            if link.get("rel", "alternate") == "alternate"
        ]
        yield from ("two alternates of one type and language" for one in set(alternates) if alternates.count(one) > 1)
    if feed.find("a:author", ATOM) is None and any(entry.find("a:author", ATOM) is None for entry in entries):
        yield "an entry has no author, and the feed has none"
    for entry in entries:
        if entry.find("a:content", ATOM) is None and entry.find("a:link[@rel='alternate']", ATOM) is None:
            yield "an entry has neither content nor an alternate"


def _run(
    *words: str | Path, given: str = "", cwd: Path | None = None, codes: Sequence[int] = (0,)
) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(
        [str(word) for word in words],
        input=given,
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert ran.returncode in codes, ran.stderr[-2000:] or ran.stdout[-2000:]
    return ran
