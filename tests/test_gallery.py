"""Every shipped theme with every kind of block, from the left and from the right: what assistive software needs of it."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from cases import PROFILE
from editions import THEMES, URL, every_kind, settings
from lxml import html as reader
from lxml.etree import _Element

from composer.blocks import KINDS
from composer.proofs import Case, proof
from composer.rendering import Theme, arrange, article, email, index, load_theme, page, plaintext
from composer.rendering.issue import Issue
from composer.rendering.specimen import PRINTS, entry, manuscripts, specimens
from composer.rendering.spreads import contents

NAMES = ("currents", "digest", "plain")
SIDES = ("ltr", "rtl")
everywhere = pytest.mark.parametrize(("name", "side"), [(name, side) for name in NAMES for side in SIDES])


@cache
def theme(name: str) -> Theme:
    return load_theme(name, [THEMES])


@cache
def edition(side: str) -> Issue:
    return specimens(settings())[SIDES.index(side)]


@cache
def mail(name: str, side: str) -> str:
    return email(edition(side), theme(name), settings(), plaintext(edition(side))).html


@cache
def web(name: str, side: str) -> str:
    issue = edition(side)
    return page(issue, article(issue, theme(name)), theme(name), settings()).html


def both(name: str, side: str) -> tuple[_Element, _Element]:
    return reader.document_fromstring(mail(name, side)), reader.document_fromstring(web(name, side))


def test_the_specimens_hold_every_kind_that_readers_see() -> None:
    visible = {kind for kind, form in KINDS.items() if form.visible}

    assert [visible - {block.kind for block in told.blocks} for told in manuscripts()] == [set(), set()]


@everywhere
def test_the_proof_has_no_error_on_the_mail_or_on_what_it_leaves_out(name: str, side: str) -> None:
    issue = edition(side)
    case = Case(
        manuscript=manuscripts()[SIDES.index(side)],
        profile=PROFILE,
        settings=settings(),
        prints=PRINTS,
        message=email(issue, theme(name), settings(), plaintext(issue)),
    )
    of_the_mail = [remark for remark in proof(case) if remark.rule.startswith(("EML-", "O-"))]

    assert [remark for remark in of_the_mail if remark.severity == "error"] == []
    assert [remark for remark in of_the_mail if remark.rule in {"EML-A10", "EML-A11"}] == []


@everywhere
def test_document_and_body_name_language_and_side(name: str, side: str) -> None:
    lang = edition(side).lang
    for document in both(name, side):
        assert (document.get("lang"), document.get("dir")) == (lang, side)


@everywhere
def test_headings_begin_with_one_title_and_skip_no_level(name: str, side: str) -> None:
    for document in both(name, side):
        levels = [int(heading.tag[1]) for heading in document.iter("h1", "h2", "h3", "h4", "h5")]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@everywhere
def test_every_picture_has_words_and_every_link_says_where_it_leads(name: str, side: str) -> None:
    for document in both(name, side):
        assert all(picture.get("alt") is not None for picture in document.iter("img"))
        for link in document.iter("a"):
            shown = link.text_content().strip() or "".join(one.get("alt") or "" for one in link.iter("img"))
            assert shown
            assert link.get("href")


@everywhere
def test_a_layout_table_says_so_and_a_table_of_figures_names_its_heads(name: str, side: str) -> None:
    for document in both(name, side):
        for table in document.iter("table"):
            assert (table.get("role") == "presentation") is (table.find("caption") is None)
        assert all(cell.get("scope") in {"row", "col"} for cell in document.iter("th"))


@everywhere
def test_the_page_has_one_main_and_no_name_twice(name: str, side: str) -> None:
    _, document = both(name, side)
    names = [element.get("id") for element in document.iter() if isinstance(element.tag, str) and element.get("id")]

    assert len(list(document.iter("main"))) == 1
    assert sorted(set(names) - {""}) == sorted(set(names))
    assert not [link for link in document.iter("a") for inner in link.iter("a", "button") if inner is not link]


@everywhere
def test_every_word_of_a_block_stands_in_mail_and_page(name: str, side: str) -> None:
    issue = edition(side)
    wanted = [part.headline for part in issue.parts if part.kind in {"brief", "link"}]
    wanted += [part.label for part in issue.parts if part.kind in {"view", "disclosure", "correction", "signup", "cta"}]
    wanted += [part.line for part in issue.parts if part.kind == "credits"]
    for document in both(name, side):
        said = document.text_content()
        assert [words for words in wanted if words not in said] == []


@everywhere
def test_a_mail_from_the_right_has_nothing_that_was_set_for_the_left(name: str, side: str) -> None:
    start = {"ltr": "left", "rtl": "right"}[side]
    other = {"ltr": "right", "rtl": "left"}[side]

    printed = re.sub(r'<td class="bar-rule turned"[^>]*>', "", mail(name, side))  # words that run the other way

    assert f"border-{start}: 1px solid" in printed
    assert f"border-{other}:" not in printed.replace(f"border-{other}: 0", "")


@everywhere
def test_the_front_page_wears_the_theme_too(name: str, side: str) -> None:
    front = index([entry(settings())], [2026], [], theme(name), settings(language={"ltr": "en", "rtl": "ar"}[side]))

    assert theme(name).tokens.light["accent"].word in front
    assert entry(settings()).title in front
    assert f'dir="{side}"' in front


def test_the_three_differ_in_more_than_colour() -> None:
    colourless = set()
    for name in NAMES:
        said = mail(name, "ltr")
        for palette in (theme(name).tokens.light, theme(name).tokens.dark):
            for token in palette.values():
                said = said.replace(token.word, "#")
        colourless.add(said)

    assert len(colourless) == len(NAMES)
    assert "mj-column-per-50 " in mail("digest", "ltr")
    assert "mj-column-per-50 " not in mail("currents", "ltr") + mail("plain", "ltr")


def test_a_digest_lists_its_numbered_briefs_with_places_on_the_web_page() -> None:
    (listed,) = reader.document_fromstring(mail("digest", "ltr")).find_class("contents")
    links = {link.text_content(): link.get("href") for link in listed.iter("a")}

    assert next(iter(links)) == "1\u00a0Grain and silence 0"
    assert len(links) == 5
    assert set(links.values()) == {f"{edition('ltr').url}#brief-1"}


def test_a_digest_leads_to_briefs_that_nobody_gave_an_id() -> None:
    told = arrange(every_kind(), settings(), prints=PRINTS, url=URL)
    leads_to = [str(entry.url).partition("#")[2] for entry in contents(told)]

    assert leads_to == ["water", "harbour", "second-reading"]
    assert all(f'id="{name}"' in article(told, theme("digest")) for name in leads_to)


def test_every_theme_has_a_line_on_its_character_in_the_docs() -> None:
    page_of_docs = (Path(__file__).resolve().parent.parent / "docs" / "themes.md").read_text(encoding="utf-8")

    assert [name for name in NAMES if f"| `{name}` |" not in page_of_docs] == []
