"""`currents theme`: the list, a new one, and what is said about one that is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from editions import THEMES, settings
from hypothesis import assume, given
from hypothesis import strategies as st

from composer.colours import inverted
from composer.rendering.checking import Report, check_theme
from composer.rendering.inversion import contrasts, half_inverted_contrasts, inverted_contrasts
from composer.rendering.shelf import first_files, list_themes
from composer.rendering.tokens import Token, contrast

Cli = Callable[..., Ran]
SHIPPED = pytest.mark.parametrize("name", ["currents", "digest", "plain"])
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "mine" / "parts").mkdir(parents=True)
    (tmp_path / "mine" / "theme.toml").write_text('extends = "currents"\n')
    return tmp_path


def write(own: Path, name: str, text: str) -> None:
    (own / "mine" / name).write_text(text, encoding="utf-8")


def look(own: Path) -> Report:
    return check_theme("mine", [own, THEMES], settings())


def said(own: Path) -> list[str]:
    return [f"{fault.severity} {fault}" for fault in look(own).faults]


@SHIPPED
def test_a_shipped_theme_has_no_mistake_and_no_warning(name: str) -> None:
    assert check_theme(name, [THEMES], settings()).faults == ()


def test_every_mistake_is_told_at_once_each_with_its_line(own: Path) -> None:
    write(own, "theme.toml", 'extends = "currents"\n[light]\ninck = "#111111"\naccent = "red"\n')
    write(own, "parts/quote.mjml.j2", "<mj-text>\n{{ part.boddy }}{{ issue.titel }}</mj-text>\n")
    write(own, "parts/prose.mjml.j2", '<mj-text font-sise="2px"\n padding="0 3px">{{ part.body }}</mj-text>\n')
    write(own, "parts/why.html.j2", "\n\n{% fro x in y %}")

    assert said(own) == [
        "error mine/theme.toml:3: light.inck is not known, did you mean ink?; [light] takes page, card, ink, soft, mute, rule, accent, tint, on_accent",
        'error mine/theme.toml:4: light.accent must be a colour such as "#9C2A1F"',
        "error parts/prose.mjml.j2:1: unknown attribute font-sise on <mj-text>, did you mean font-size?",
        'error parts/prose.mjml.j2:2: padding="0 3px" on <mj-text> needs a unit on every number, such as 0px',
        "error parts/quote.mjml.j2:2: boddy is not there, did you mean body? (in part)",
        "error parts/quote.mjml.j2:2: titel is not there, did you mean title? (in issue)",
        "error parts/why.html.j2:3: Encountered unknown tag 'fro', did you mean for?",
    ]


def test_a_name_in_a_branch_that_no_edition_reaches_is_found_too(own: Path) -> None:
    write(own, "parts/divider.mjml.j2", "{% if false %}\n{{ theme.light.inq }}{{ theme.tpye.body }}\n{% endif %}")

    assert said(own) == [
        "error parts/divider.mjml.j2:2: inq is not there, did you mean ink? (in theme.light)",
        "error parts/divider.mjml.j2:2: tpye is not there, did you mean type? (in theme)",
    ]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("\n{{ isue.title }}", "parts/divider.mjml.j2:2: isue is not there, did you mean issue?"),
        ("<mj-text>\n\n<p>x</mj-text>", "parts/divider.mjml.j2:3: <p> is not closed"),
        ("<mj-text>\n5 < 6</mj-text>", "parts/divider.mjml.j2:2: cannot be read as a tag: < 6</mj-text>"),
        ("<mj-text>\né > 6</mj-text>", "parts/divider.mjml.j2:2: MJML breaks on a >"),
        ("{% include 'parts/devider.mjml.j2' %}", "parts/divider.mjml.j2:1: the theme has no parts/devider.mjml.j2"),
    ],
)
def test_what_only_printing_shows_is_named_with_its_line(own: Path, source: str, sentence: str) -> None:
    write(own, "parts/divider.mjml.j2", source)

    assert [one.removeprefix("error ")[: len(sentence)] for one in said(own)] == [sentence]


def test_a_part_that_eats_time_is_found_among_all(own: Path) -> None:
    write(own, "parts/view.mjml.j2", "{% for a in [0] * 10**9 %}{% endfor %}")

    (fault,) = look(own).faults
    assert (fault.part, fault.line) == ("parts/view.mjml.j2", 1)
    assert "was refused: printing it takes more than 192 MB" in fault.sentence


def test_a_mistake_in_a_page_is_found_too(own: Path) -> None:
    write(own, "index.html.j2", "<html>\n{{ nmae }}</html>")

    assert said(own) == ["error index.html.j2:2: nmae is not there, did you mean name?"]


def test_files_that_nothing_reads_are_named_with_what_was_meant(own: Path) -> None:
    write(own, "parts/qoute.mjml.j2", "<mj-text>x</mj-text>")
    write(own, "parts/lede.mjml", "<mj-text>x</mj-text>")
    write(own, "logo.png", "")
    write(own, "README.md", "ours")

    assert said(own) == [
        "warning logo.png:1: is not read; templates end in .mjml.j2, .html.j2 or .css.j2",
        "warning parts/lede.mjml:1: is not read, did you mean parts/lede.mjml.j2?",
        "warning parts/qoute.mjml.j2:1: nothing asks for it, did you mean parts/quote.mjml.j2?",
    ]


def test_a_font_that_is_nearly_a_known_one_and_a_list_without_a_last_resort_are_warned_of(own: Path) -> None:
    write(
        own,
        "theme.toml",
        'extends = "currents"\n[fonts]\nserif = "Georgai, serif"\nsans = "Own Face, Courier, Arial"\n',
    )

    assert said(own) == [
        "warning mine/theme.toml:3: fonts.serif names Georgai, did you mean Georgia?",
        "warning mine/theme.toml:4: fonts.sans ends in Arial; let the last be a kind that every client has, such as serif",
    ]


def test_pure_grounds_are_warned_of(own: Path) -> None:
    write(own, "theme.toml", 'extends = "currents"\n[light]\ncard = "#FFFFFF"\n')

    assert said(own) == ["warning mine/theme.toml:3: light.card is pure; clients that turn colours around do it badly"]


def test_black_and_white_change_places_when_colours_are_turned_around() -> None:
    assert (inverted("#000000"), inverted("#FFFFFF"), inverted("#777777")) == ("#ffffff", "#000000", "#777777")


@given(COLOURS)
def test_what_is_light_is_dark_once_turned(colour: str) -> None:
    middle = contrast("#777777", "#000000")
    lightness, turned = contrast(colour, "#000000"), contrast(inverted(colour), "#000000")
    assume(abs(lightness - middle) > 0.5)  # about the middle the cut at sRGB's edge decides

    assert (lightness > middle) != (turned > middle)


def test_a_palette_of_greys_keeps_its_contrasts_when_turned() -> None:
    names = ("page", "card", "ink", "soft", "mute", "rule", "accent", "tint", "on_accent")
    greys = ("#F0F0F0", "#FAFAFA", "#1A1A1A", "#404040", "#5A5A5A", "#D0D0D0", "#333333", "#EEEEEE", "#FAFAFA")
    palette = {name: Token(grey) for name, grey in zip(names, greys, strict=True)}

    assert min(contrasts(palette).values()) > 4.5
    assert min(inverted_contrasts(palette).values()) > 4.5
    assert min(half_inverted_contrasts(palette).values()) > 4.5


def test_the_list_says_what_each_theme_is_and_where_it_lies(own: Path) -> None:
    found = {one.name: one for one in list_themes([own, THEMES])}

    assert list(found) == ["currents", "digest", "mine", "plain"]
    assert (found["mine"].own, found["mine"].extends, found["mine"].folders) == (True, ("currents",), (own / "mine",))
    assert (found["digest"].own, found["digest"].extends) == (False, ("currents",))
    assert all(found[name].about for name in ("currents", "digest", "plain"))


def test_a_theme_that_cannot_be_read_does_not_hide_the_others(folder: Path, cli: Cli) -> None:
    (folder / "templates" / "ours").mkdir()
    (folder / "templates" / "ours" / "theme.toml").write_text('extends = "nobody"\n')
    done = cli("theme", "list")

    assert done.code == 1
    assert "ours" in done.out
    assert "plain" in done.out
    assert done.err == 'currents: no theme "nobody"; there are currents, digest, ours, plain\n'


@SHIPPED
def test_a_new_theme_lists_every_token_of_its_base_and_changes_none(tmp_path: Path, name: str) -> None:
    for path, text in first_files("ours", name, [THEMES]).items():
        (tmp_path / "ours" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ours" / path).write_text(text, encoding="utf-8")
    before, after = (check_theme(one, [tmp_path, THEMES], settings()) for one in (name, "ours"))

    assert (after.faults, after.contrasts) == ((), before.contrasts)
    assert "\n# on_accent = " in (tmp_path / "ours" / "theme.toml").read_text(encoding="utf-8")


def test_a_line_of_a_new_theme_works_once_its_sign_is_taken_away(tmp_path: Path) -> None:
    text = first_files("mine", "currents", [THEMES])["theme.toml"]
    (tmp_path / "mine").mkdir()
    write(
        tmp_path,
        "theme.toml",
        "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.split("\n")),
    )

    assert look(tmp_path).faults == ()


def test_an_editor_begins_a_theme_and_looks_it_over(folder: Path, cli: Cli) -> None:
    begun = cli("theme", "new", "ours", "--from", "digest")
    looked = cli("theme", "check", "ours")

    assert (begun.code, begun.err) == (0, "")
    assert begun.out.startswith("templates/ours/theme.toml: written")
    assert (looked.code, looked.err) == (0, "")
    assert looked.out.splitlines()[-1].endswith("templates, no mistakes")
    assert "ours" in cli("theme", "list").out


def test_a_new_theme_writes_over_nothing(folder: Path, cli: Cli) -> None:
    (folder / "templates" / "ours").mkdir()
    done = cli("theme", "new", "ours")

    assert done.code == 6
    assert "exists already; nothing was changed" in done.err
    assert list((folder / "templates" / "ours").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("new", "Ours"), 2, "a theme's name has small letters"),
        (("new", "../x"), 2, "a theme's name has small letters"),
        (("new", "currents"), 2, "a theme cannot extend itself"),
        (("new", "plain"), 6, "a theme has this name already; nothing was changed"),
        (("new", "ours", "--from", "digst"), 5, 'no theme "digst"; did you mean digest?'),
        (("check", "digst"), 5, 'no theme "digst"; did you mean digest?'),
    ],
)
def test_a_name_that_cannot_be_is_refused(
    folder: Path, cli: Cli, words: tuple[str, ...], code: int, sentence: str
) -> None:
    done = cli("theme", *words)

    assert (done.code, done.out) == (code, "")
    assert sentence in done.err
    assert done.err.count("\n") == 1


def test_the_command_alone_lists_the_themes(folder: Path, cli: Cli) -> None:
    assert cli("theme") == cli("theme", "list")


def test_a_part_that_includes_itself_is_told_so_in_words(folder: Path, cli: Cli) -> None:
    cli("theme", "new", "ours")
    (folder / "templates" / "ours" / "parts" / "divider.mjml.j2").write_text('{% include "parts/divider.mjml.j2" %}')

    told = cli("theme", "check", "ours").out.splitlines()[0]

    assert told == "parts/divider.mjml.j2:1: nests too deep; a template must not include itself"


def test_a_mistake_ends_with_exit_code_1_in_words_and_in_json(folder: Path, cli: Cli) -> None:
    cli("theme", "new", "ours")
    (folder / "templates" / "ours" / "parts" / "divider.mjml.j2").write_text("<mj-txt>x</mj-txt>")
    plain, coded = cli("theme", "check", "ours"), cli("theme", "check", "ours", "--json")

    assert (plain.code, coded.code) == (1, 1)
    assert plain.out.splitlines()[0] == "parts/divider.mjml.j2:1: <mj-txt> is not used in themes, did you mean mj-text?"
    assert plain.out.splitlines()[-1] == "ours: 1 mistake"
    assert json.loads(coded.out)["faults"][0]["line"] == 1
    assert [one["name"] for one in json.loads(cli("theme", "list", "--json").out)] == [
        "currents",
        "digest",
        "ours",
        "plain",
    ]
