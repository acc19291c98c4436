import shutil
from pathlib import Path

import pytest
from editions import THEMES, issue
from hypothesis import given
from hypothesis import strategies as st

from composer.errors import NotFoundError, ThemeError
from composer.rendering import load_theme
from composer.rendering.email import print_html
from composer.rendering.faults import Fault
from composer.rendering.sourcemap import first_fault
from composer.rendering.tokens import COLOURS, FACES, FONTS, SPACES, Sheet, contrast, lay_tokens, read_sheet
from composer.rendering.vocabulary import tidy


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A newsletter's own templates folder, with an empty theme that extends the shipped one."""
    (tmp_path / "mine" / "parts").mkdir(parents=True)
    (tmp_path / "mine" / "theme.toml").write_text('extends = "currents"\n')
    return tmp_path


def write(own: Path, part: str, source: str) -> None:
    (own / "mine" / "parts" / f"{part}.mjml.j2").write_text(source, encoding="utf-8")


def fault(own: Path) -> str:
    """Load the theme, print with it, and return what it says is wrong."""
    with pytest.raises(ThemeError) as found:
        print_html(issue(), load_theme("mine", [own, THEMES]))
    return str(found.value)


@pytest.mark.parametrize("name", ["currents", "digest", "plain"])
def test_a_shipped_theme_can_be_read(name: str) -> None:
    assert load_theme(name, [THEMES]).name == name


def test_an_own_part_stands_for_the_shipped_one(own: Path) -> None:
    write(own, "divider", "<mj-text><p>three stars</p></mj-text>\n")
    assert "three stars" in print_html(issue(), load_theme("mine", [own, THEMES]))


def test_an_own_folder_of_a_shipped_theme_overrides_part_by_part(tmp_path: Path) -> None:
    (tmp_path / "currents" / "parts").mkdir(parents=True)
    (tmp_path / "currents" / "parts" / "divider.mjml.j2").write_text("<mj-text><p>three stars</p></mj-text>\n")
    html = print_html(issue(), load_theme("currents", [tmp_path, THEMES]))
    assert "three stars" in html
    assert "#9C2A1F" in html


def test_an_own_token_stands_for_the_shipped_one(own: Path) -> None:
    (own / "mine" / "theme.toml").write_text('extends = "currents"\n[light]\naccent = "#1D5C3A"\n')
    assert "#1D5C3A" in print_html(issue(), load_theme("mine", [own, THEMES]))


def test_a_template_saved_on_windows_prints_the_same(tmp_path: Path) -> None:
    shutil.copytree(THEMES / "currents", tmp_path / "currents")
    for file in (tmp_path / "currents").rglob("*.j2"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert print_html(issue(), load_theme("currents", [tmp_path])) == print_html(
        issue(), load_theme("currents", [THEMES])
    )


def test_an_unknown_theme_is_named_with_those_there_are() -> None:
    with pytest.raises(NotFoundError, match='no theme "loud"; there are currents, digest, plain'):
        load_theme("loud", [THEMES])


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ('[light]\ninc = "#000000"', "mine/theme.toml:3: light.inc is not known"),
        ('[light]\nink = "red"', "mine/theme.toml:3: light.ink must be a colour"),
        ('[light]\n\nmute = "#BBBBBB"', "mine/theme.toml:4: light.mute on card has a contrast of 1.89"),
        ('[space]\nside = "32px"', "mine/theme.toml:3: space.side must be a whole number of px"),
        ("[type]\nbody = 18", "mine/theme.toml:3: type.body must be such as"),
        ('[type]\nbody = { font = "slab", wide = [18, 29] }', "mine/theme.toml:3: type.body must name its font"),
        ('[fonts]\nserif = "url(x)"', "mine/theme.toml:3: fonts.serif must be a list of font families"),
        ("[colours]", "mine/theme.toml:2: colours is not known"),
        ("[light", "mine/theme.toml:2: not TOML"),
        ("x = " + "[" * 20_000, "mine/theme.toml:"),
        ("# " + "x" * 70_000, "mine/theme.toml:1: longer than 64 KB"),
        ("[light]\nacent = 1", "mine/theme.toml:3: light.acent is not known, did you mean accent?"),
        ("[lihgt]", "mine/theme.toml:2: lihgt is not known, did you mean light?"),
        ('[type]\nbody = { font = "seriff", wide = [18, 29] }', "did you mean serif?: serif, sans"),
        ("[type]\nbody = { font = [1], wide = [18, 29] }", "mine/theme.toml:3: type.body must name its font"),
        ("[space]\nside = true", "mine/theme.toml:3: space.side must be a whole number of px"),
    ],
)
def test_a_wrong_token_is_named_with_its_line(own: Path, toml: str, sentence: str) -> None:
    (own / "mine" / "theme.toml").write_text(f'extends = "currents"\n{toml}\n')
    assert sentence in fault(own)


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.just("#102030"))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
KEYS = st.sampled_from((*COLOURS, *FACES, *FONTS, *SPACES, "x"))
TABLES = st.dictionaries(
    st.sampled_from(("light", "dark", "fonts", "type", "space", "about", "x")),
    st.dictionaries(KEYS, VALUES, max_size=4) | VALUES,
)


@given(TABLES)
def test_whatever_a_sheet_holds_is_tokens_or_faults_with_their_place(tables: dict[str, object]) -> None:
    base = read_sheet(THEMES / "currents" / "theme.toml")
    faults: list[Fault] = []
    tokens = lay_tokens([base, Sheet("mine/theme.toml", "", tables)], faults)

    assert (tokens is None) is bool(faults)
    assert all(fault.line >= 1 and fault.sentence for fault in faults)


def test_a_theme_that_extends_itself_in_a_ring_is_refused(own: Path) -> None:
    (own / "other").mkdir()
    (own / "mine" / "theme.toml").write_text('extends = "other"\n')
    (own / "other" / "theme.toml").write_text('extends = "mine"\n')
    assert "extends itself" in fault(own)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            '\n<mj-text font-sise="12px">x</mj-text>',
            "parts/quote.mjml.j2:2: unknown attribute font-sise on <mj-text>, did you mean font-size?",
        ),
        ("\n\n<mj-txt>x</mj-txt>", "parts/quote.mjml.j2:3: <mj-txt> is not used in themes, did you mean mj-text?"),
        ('<mj-text padding="0 32px">x</mj-text>', 'parts/quote.mjml.j2:1: padding="0 32px" on <mj-text> needs a unit'),
        ("<mj-include path='x' />", "parts/quote.mjml.j2:1: <mj-include> is not used in themes"),
        ("<mj-text>\n{{ part.boddy }}</mj-text>", "parts/quote.mjml.j2:2: boddy is not there, did you mean body?"),
        ("<mj-text>\n{% if %}</mj-text>", "parts/quote.mjml.j2:2: "),
        ("<mj-text>{{ part.body|safe }}</mj-text>", "parts/quote.mjml.j2:1: No filter named 'safe'"),
        ("<mj-text>{% set x %}y{% endset %}</mj-text>", "parts/quote.mjml.j2:1: macros and captured blocks"),
        ("{% macro x() %}y{% endmacro %}", "parts/quote.mjml.j2:1: macros and captured blocks"),
        ('{% include "parts/none.mjml.j2" %}', "parts/quote.mjml.j2:1: the theme has no parts/none.mjml.j2"),
        ("<mj-text>\n<p>{{ part.body }}</mj-text>", "parts/quote.mjml.j2:2: <p> is not closed"),
        ("<mj-text>\n{{ part.body }}</p></mj-text>", "parts/quote.mjml.j2:2: </p> closes a tag that is not open"),
        ("<mj-text>{{ part.body }}", "parts/quote.mjml.j2:1: <mj-text> is not closed"),
        ("<mj-text>{{ ''.__class__.__mro__ }}</mj-text>", "parts/quote.mjml.j2:1: "),
        ("<mj-text>i < 3</mj-text>", "parts/quote.mjml.j2:1: cannot be read as a tag: < 3"),
    ],
)
def test_a_wrong_part_is_named_with_its_line(own: Path, source: str, sentence: str) -> None:
    write(own, "quote", source)
    assert sentence in fault(own)


def test_the_engine_that_panics_is_an_error_like_any_other(own: Path) -> None:
    write(own, "quote", "<mj-text>цены > 5</mj-text>")
    assert "parts/quote.mjml.j2:1: MJML breaks on a > after a letter" in fault(own)


def test_a_part_that_is_not_utf8_is_named(own: Path) -> None:
    (own / "mine" / "parts" / "quote.mjml.j2").write_bytes(b"\xff\xfe")
    assert "parts/quote.mjml.j2:1: not UTF-8" in fault(own)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0


def test_white_space_between_words_survives_and_between_the_engines_tags_is_a_newline() -> None:
    assert tidy("<mj-text>\r\n <em>a</em>\n<strong>b</strong></mj-text>\t<mj-text>") == (
        "<mj-text>\n<em>a</em> <strong>b</strong></mj-text>\n<mj-text>"
    )


@pytest.mark.parametrize("mjml", ["<p>i<br><em>x</em></p><!-- <p> -->", "<mj-image src='x' />é<b>ok</b>"])
def test_tags_in_order_are_not_blamed(mjml: str) -> None:
    assert first_fault(mjml) is None
