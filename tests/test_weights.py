"""What a mail weighs, block by block: the parts are the whole, and the scales leave no mark."""

import json
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest
from conftest import Ran
from editions import PRINTS, THEMES, URL, every_kind, settings, with_header
from galleys import faultless, proved, sound
from makers import NOON, block

from composer.blocks import Manuscript
from composer.cli.demonstration import settle
from composer.model import Message
from composer.proofs import proof
from composer.rendering import arrange, email, load_theme, plaintext
from composer.rendering.email import print_html
from composer.rendering.envelope import to_bytes
from composer.rendering.marks import MARK, Marks
from composer.rendering.weights import Weights, weigh

Cli = Callable[..., Ran]
SHIPPED = sorted(file.parent.name for file in THEMES.glob("*/theme.toml"))


def weighed(manuscript: Manuscript, theme: str = "currents") -> tuple[Weights, Message]:
    issue = arrange(manuscript, settings(), prints=PRINTS, url=URL, published=NOON)
    loaded = load_theme(theme, (THEMES,))
    return weigh(issue, loaded, manuscript), email(issue, loaded, settings(), plaintext(issue))


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("theme", SHIPPED)
def test_the_parts_add_up_to_the_files_size(theme: str, lang: str) -> None:
    weights, message = weighed(with_header(every_kind(), lang=lang), theme)

    assert weights.size == len(message.html.encode())
    assert weights.size == sum(part.size for part in weights.parts)
    assert all(part.size for part in weights.parts)


@pytest.mark.parametrize("theme", SHIPPED)
def test_without_its_marks_a_weighed_mail_is_the_mail(theme: str) -> None:
    issue = arrange(every_kind(), settings(), prints=PRINTS, url=URL, published=NOON)
    loaded = load_theme(theme, (THEMES,))
    marked = print_html(issue, loaded, Marks(issue.parts))

    assert MARK.sub("", marked) == print_html(issue, loaded)
    assert len(MARK.findall(marked)) >= 2 * len(issue.parts)


def test_every_block_that_readers_see_is_weighed_once() -> None:
    numbered = (replace(one, line=line) for line, one in enumerate(every_kind().blocks, 1))
    manuscript = replace(every_kind(), blocks=tuple(numbered))
    weights, _ = weighed(manuscript)

    assert sorted(part.block.line for part in weights.parts if part.block) == sorted(
        one.line for one in manuscript.visible
    )
    assert {part.name for part in weights.parts if part.block is None} >= {"head", "frame", "nameplate", "colophon"}


def test_a_longer_block_weighs_what_its_words_weigh() -> None:
    short, _ = weighed(Manuscript(blocks=(block("prose", "Salt."), block("prose", "Salt."))))
    longer, _ = weighed(Manuscript(blocks=(block("prose", "Salt."), block("prose", "Salt is dear: მარილი."))))
    (kept, before), (still, after) = ([p.size for p in one.parts if p.name == "prose"] for one in (short, longer))

    assert kept == still
    assert after - before == len("Salt is dear: მარილი.".encode()) - len("Salt.")


def test_the_encoded_size_is_what_the_mail_carries() -> None:
    weights, message = weighed(every_kind())
    raw = to_bytes(message, date=NOON, message_id="7@news.example.org")
    _, html = message_from_bytes(raw).get_payload()

    assert weights.encoded == len(html.get_payload())


def test_a_heavy_mail_is_told_its_heaviest_blocks_by_weight() -> None:
    heavy = proved(sound(block("prose", "Salt is dear. " * 5_000), block("prose", "Salt was dear. " * 3_000)))
    (remark,) = (one for one in proof(heavy) if one.rule == "EML-S01")

    assert remark.severity == "error"
    assert "the heaviest: prose at line 0 70.3 KB, prose at line 0 45.3 KB" in remark.message


def test_a_light_mail_is_not_weighed() -> None:
    galley = faultless().galley

    assert galley
    assert galley.weights == ()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(tmp_path / "portolan")
    monkeypatch.chdir(tmp_path / "portolan")
    return tmp_path / "portolan"


def test_weigh_lists_blocks_and_says_how_near_the_mail_is_to_being_clipped(folder: Path, cli: Cli) -> None:
    cli("collect")
    cli("draft", "--from", "seeds/editions/nobody-lives-in-a-corridor.md")
    said = cli("weigh", "1")
    told = json.loads(cli("weigh", "1", "--json").out)

    assert said.code == 0
    assert "lede" in said.out
    assert "of the 100 KB from which Gmail may clip" in said.out.splitlines()[-1]
    assert sum(part["bytes"] for part in told["parts"]) == told["bytes"]


def test_weigh_without_that_edition_says_so(folder: Path, cli: Cli) -> None:
    assert cli("weigh", "9").code == 5
