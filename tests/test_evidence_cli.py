"""`currents evidence` and `currents figures`, as an editor runs them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from composer.cli.demonstration import settle

STORY = """Salt on the Kvemo road

Salt rose by 12.5% in a year, the roads office at Kvemo said on Monday. A sack costs 19 lari now and cost 12 lari in
January. Davit Maisuradze, who has sold salt for 31 years, waits on the north side of the pass with 240 sacks.

“We have never sold so little, and the rain eats what we have,” he said. The office promised to open the road in May.
"""
MANUSCRIPT = """---
format: coda-edition/1
lang: en
title: Salt
date: "2026-03-06"
---

::: brief #salt
headline: Salt is dear at Kvemo
source: wire
attribution: The Wire reports

A sack costs 91 lari at Kvemo. Davit Maisuardze sat there with 240 of them. “We have never sold so little”, he said.
:::

::: brief #pepper
headline: Pepper
source: gone
attribution: Elsewhere reports

Pepper rose by 3%, they say.
:::

Russian imports from China fell by 17.8%. Nobody minds. Chinese imports from Russia fell by 17.8%, too.

::: source #wire
title: Salt on the Kvemo road
outlet: The Wire
url: https://wire.example.org/salt
accessed: "2026-03-05"
article: 3
:::

::: source #gone
title: Pepper
outlet: Elsewhere
url: https://elsewhere.example.org/pepper
accessed: "2026-03-05"
:::
"""


@pytest.fixture
def edition(folder: Path, cli: Callable[..., Ran]) -> Path:
    (folder / "salt.txt").write_text(STORY, encoding="utf-8")
    (folder / "letter.md").write_text(MANUSCRIPT, encoding="utf-8")
    assert cli("add", "salt.txt").code == 0
    assert cli("draft", "--from", "letter.md").code == 0
    return folder


def test_every_fact_of_a_brief_is_shown_beside_its_source(edition: Path, cli: Callable[..., Ran]) -> None:
    shown = cli("evidence", "1", "salt")

    assert shown.code == 0
    assert shown.out.splitlines() == [
        "brief#salt  Salt is dear at Kvemo",
        "  headline: Salt is dear at Kvemo",
        "    ✓ Kvemo  wire: in its title, byline or date",
        "  A sack costs 91 lari at Kvemo.",
        "    ✗ 91 lari  altered (19 lari?)  wire: …said on Monday. A sack costs 19 lari now and cost 12 lari…",
        "    ✓ Kvemo  wire: in its title, byline or date",
        "  Davit Maisuardze sat there with 240 of them.",
        "    ✗ Davit Maisuardze  misspelt (Maisuradze?)  wire: …cost 12 lari in January. Davit Maisuradze, who has sold salt for 31…",
        "    ✓ 240  wire: …north side of the pass with 240 sacks. “We have never sold so…",
        "  “We have never sold so little”, he said.",
        "    ✓ “We have never sold so little”  wire: …of the pass with 240 sacks. “We have never sold so little, and the rain eats what we…",
        "",
        "checked: figures, dates, names, quotations; 4 in their sources, 0 to look at, 2 in none",
    ]


def test_a_source_that_is_not_stored_is_named(edition: Path, cli: Callable[..., Ran]) -> None:
    shown = cli("evidence", "1", "brief#pepper")

    assert "  – gone: no text is stored; what it says cannot be checked" in shown.out.splitlines()


def test_evidence_for_scripts_carries_offsets(edition: Path, cli: Callable[..., Ran]) -> None:
    found = json.loads(cli("evidence", "1", "--json").out)
    body = next(one for one in found["blocks"] if one["block"] == "brief#salt" and not one["field"])
    fact = body["facts"][0]

    assert found["checked"] == "checked: figures, dates, names, quotations"
    assert body["text"][fact["fact"]["start"] : fact["fact"]["end"]] == "91 lari"
    assert (fact["level"], fact["result"], fact["near"]) == ("red", "altered", "19 lari")


def test_a_brief_is_named_as_every_other_command_names_a_block(edition: Path, cli: Callable[..., Ran]) -> None:
    by_id = cli("evidence", "1", "#salt").out

    assert cli("evidence", "1", "1").out == cli("evidence", "1", ":13").out == by_id
    assert cli("evidence", "1", "2").out.startswith("brief#pepper")


def test_a_block_without_a_source_is_answered_with_those_that_cite_one(edition: Path, cli: Callable[..., Ran]) -> None:
    unknown, several, prose = (cli("evidence", "1", name) for name in ("sugar", "brief", "prose"))

    assert (unknown.code, unknown.err) == (5, "currents: sugar: no such block; `currents blocks` lists them\n")
    assert several.code == 2
    assert "name one by its number: 1 (line 10), 2 (line 18)" in several.err
    assert (prose.code, prose.err) == (5, "currents: prose: cites no source; those that do: 1, 2\n")


def test_proof_names_what_the_source_does_not_have(edition: Path, cli: Callable[..., Ran]) -> None:
    said = cli("proof", "1").out

    assert "E-NUM: 91 lari is not in wire; wire has 19 lari there" in said
    assert "E-NAME: Davit Maisuardze: did you mean Maisuradze, as wire has?" in said


def test_a_figure_used_for_two_statements_comes_first(edition: Path, cli: Callable[..., Ran]) -> None:
    shown = cli("figures", "1")

    assert shown.out.splitlines()[:3] == [
        "✗ 17.8%",
        "  ✗ prose, line 26: Russian imports from China fell by 17.8%.",
        "  ✗ prose, line 26: Chinese imports from Russia fell by 17.8%, too.",
    ]
    assert "1 figure used for two statements" in shown.err


def test_figures_for_scripts_name_every_place(edition: Path, cli: Callable[..., Ran]) -> None:
    entries = {one["figure"]: one for one in json.loads(cli("figures", "1", "--json").out)}

    assert [one["where"] for one in entries["240"]["mentions"]] == ["brief#salt", "wire"]
    assert entries["240"]["parted"] is None
    assert entries["17.8%"]["parted"] is not None


def test_the_sample_editions_say_what_their_sources_say(
    tmp_path: Path, cli: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    cli("follow", "seeds/feeds.opml")
    cli("collect")
    editions = sorted((tmp_path / "portolan/seeds/editions").glob("*.md"))
    for number, file in enumerate(editions, 1):
        assert cli("draft", "--from", str(file)).code == 0
        assert "nothing to remark" in cli("proof", str(number)).out

    assert len(editions) == 2
