"""Figures: bars in proportion, charts that are drawn where they can be, and never a hole where they cannot."""

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import editions
import pytest
from cases import case, figure
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from composer import resources
from composer.blocks import Block
from composer.charts import Palette, are_bars, chart, chart_key, finding, misfit, number, table, value
from composer.model import Print
from composer.outlets import FileDarkroom, FolderAlbum, charting
from composer.proofs import proof
from composer.rendering import arrange, article, email, load_theme, page, plaintext
from composer.rendering.conventions import signs
from composer.rendering.figures import rows
from composer.rendering.issue import Bar

PALETTE = Palette(card="#FFFDF9", ink="#1D1B19", soft="#4B4641", mute="#6B645C", rule="#D9D2C6", accent="#9C2A1F")
BASE = "https://news.example.org/editions/salt/"
YEARS = "| Year | Kvemo | Zemo |\n| --- | ---: | ---: |\n| 2021 | 12 | 8 |\n| 2022 | 15 | 9 |\n| 2023 | 31 | 7.5 |"
MARKETS = "| Market | Before | After |\n| --- | ---: | ---: |\n| Kvemo | 12 | 19 |\n| Zemo | 11 | 13 |"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct")
SPACE = 20  # px: wider than the space in "Jan 2025"
ARABIC = "| السنة | كفيمو |\n| --- | ---: |\n| 2021 | 12 |\n| 2022 | −3 |"


def drawn(body: str = YEARS, kind: str = "line", *, rtl: bool = False, **values: Any) -> Print:
    asked = chart(figure(body, kind=kind, **values), PALETTE, rtl=rtl)
    assert asked is not None
    return charting.draw(asked)


def bars(body: str, unit: str = "") -> list[Bar]:
    head, cells = table(body)
    return [bar for row in rows(head, cells, unit) for bar in row.bars]


def column(*values: str, head: str = "| Month | Lari |\n| --- | ---: |") -> str:
    return "\n".join([head, *(f"| Month {place} | {one} |" for place, one in enumerate(values))])


# bars


@given(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=12))
def test_bars_keep_their_proportions_and_share_one_axis(numbers: list[int]) -> None:
    drawn_bars = bars(column(*map(str, numbers)))
    longest, farthest = max(bar.reach for bar in drawn_bars), max(map(abs, numbers))

    for one, bar in zip(numbers, drawn_bars, strict=True):
        assert bar.gap + bar.reach <= 74
        assert (bar.reach == 0) == (one == 0)
        assert not one or abs(bar.reach - abs(one) / farthest * longest) <= 1.5
    zero = {bar.gap + (bar.reach if one < 0 else 0) for one, bar in zip(numbers, drawn_bars, strict=True)}
    mixed = min(numbers) < 0 < max(numbers)
    assert len(zero) == 1 if mixed else all(bar.gap == 0 for bar in drawn_bars)


def test_values_below_zero_stand_on_the_other_side_of_the_axis() -> None:
    below, above = bars(column("−10", "30"))

    assert (below.gap, below.reach) == (0, 18)
    assert (above.gap, above.reach) == (18, 54)


def test_values_that_are_all_below_zero_begin_at_the_edge() -> None:
    assert [(bar.gap, bar.reach) for bar in bars(column("−10", "−5"))] == [(0, 72), (0, 36)]


def test_a_long_value_leaves_less_of_the_track_to_the_bars() -> None:
    short, long = bars(column("12"))[0], bars(column("1,234,567"), "million lari")[0]

    assert short.reach == 72
    assert long.reach < 50


def test_several_columns_are_bars_of_their_own_and_named_where_they_end() -> None:
    found = bars(MARKETS, "$")

    assert [(bar.value, bar.series, bar.tone) for bar in found[:2]] == [
        ("$12", "Before", "accent"),
        ("$19", "After", "mute"),
    ]


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("bar", column(*map(str, range(13))), "13 rows; 12 bars"),
        ("bar", column("many"), "no number"),
        ("bar", "| a | 1 | 2 |\n| b | 3 | 4 |", "a head is missing"),
        ("bar", "| a | b | c | d | e |\n|-|-|-|-|-|\n| x | 1 | 2 | 3 | 4 |", "4 bars in a row"),
        ("line", column("1"), "a line needs two points"),
        ("line", YEARS.replace("| 8 |", "| – |").replace("| 9 |", "| – |"), "a line needs two points"),
        ("line", "| a | 1 |\n| b | 2 |", "a head is missing"),
        ("slope", YEARS, ""),
        ("slope", column("1", "2"), "two columns of numbers"),
        ("slope", MARKETS.replace("19", "–"), "a number at both ends"),
        ("table", column("many"), ""),
    ],
)
def test_what_does_not_fit_is_said_in_proof_and_shown_all_the_same(kind: str, body: str, why: str) -> None:
    block = figure(body, kind=kind)

    assert why in misfit(block)
    assert bool(misfit(block)) == bool(why)
    said = [remark.message for remark in proof(case(block)) if remark.rule == "FIG-FORM"]
    assert said == ([f"not shown as {kind}: {misfit(block)}"] if why else [])
    assert shown(block, {}).shape in {"bar", "table"}


def shown(block: Block, prints: dict[str, Print]) -> Any:
    issue = arrange(editions.with_header(case(block).manuscript), editions.settings(), prints=prints, url=BASE)
    return next(part for part in issue.parts if part.kind == "figure")


# charts


@pytest.mark.parametrize("kind", ["line", "slope"])
def test_a_chart_is_a_png_of_twice_the_measure_that_says_the_same_twice(kind: str) -> None:
    made = drawn(MARKETS, kind)

    assert (made.problem, made.media_type, made.width) == ("", "image/png", 1072)
    assert made == drawn(MARKETS, kind)
    assert len(made.content) < 40_000
    picture = Image.open(io.BytesIO(made.content))
    assert not {"Software", "Creation Time", "dpi"} & picture.info.keys() - {"dpi"}


def test_a_chart_has_a_ground_and_a_frame_of_its_own_for_mail_in_the_dark() -> None:
    picture = Image.open(io.BytesIO(drawn().content)).convert("RGB")

    assert picture.getpixel((20, 590)) == (255, 253, 249)
    assert picture.getpixel((0, 300)) != (255, 253, 249)


def test_a_line_is_drawn_in_the_themes_accent() -> None:
    colours = {colour for _, colour in Image.open(io.BytesIO(drawn().content)).convert("RGB").getcolors() or []}

    assert any(abs(r - 0x9C) + abs(g - 0x2A) + abs(b - 0x1F) < 12 for r, g, b in colours)


def test_a_chart_that_runs_from_right_to_left_is_another_picture() -> None:
    forth, back = drawn(ARABIC, rtl=False), drawn(ARABIC, rtl=True)

    assert forth.content != back.content
    ends = [Image.open(io.BytesIO(one.content)).convert("RGB") for one in (forth, back)]
    (left, right), (left_back, right_back) = ((accent(one, 0, 140), accent(one, 932, 1072)) for one in ends)
    assert right > left  # the value stands where the line ends: right, and left
    assert left_back > right_back


def test_labels_along_the_bottom_never_touch() -> None:
    months = "\n".join(f"| {month} 2025 | {place} | {place + 3} |" for place, month in enumerate(MONTHS))
    picture = Image.open(
        io.BytesIO(drawn(f"| Month | Salt | Timber and boards |\n| --- | ---: | ---: |\n{months}").content)
    )
    foot = picture.convert("L").crop((40, 530, 860, 585))
    inked = [
        place for place in range(foot.width) if foot.crop((place, 0, place + 1, foot.height)).getextrema()[0] < 200
    ]

    gaps = [right - left for left, right in pairwise(inked) if right - left > SPACE]
    assert len(gaps) == 2  # three labels: the first, one between, the last


def accent(picture: Image.Image, left: int, right: int) -> int:
    strip = picture.crop((left, 2, right, 598)).getcolors(100_000) or []
    return sum(count for count, (red, green, _) in strip if red > 130 and green < 90)


def test_a_script_that_the_font_does_not_have_is_refused_by_name() -> None:
    assert (
        drawn(YEARS.replace("Kvemo", "市場")).problem
        == "the font has no letters for Cjk; it is shown as bars or a table"
    )


def test_dollar_signs_are_no_formulas() -> None:
    assert drawn(YEARS.replace("Kvemo", "US$ and A$_2$"), unit="$").problem == ""


@pytest.mark.parametrize(
    "values",
    [["1e", "2"], ["0", "0"], ["−5", "−5"], ["9" * 300, "1"], ["0." + "0" * 300 + "1", "0"], ["5", "–", "7"]],
)
def test_no_numbers_are_too_odd(values: Sequence[str]) -> None:
    made = drawn(column(*values))

    assert bool(made.content) != bool(made.problem)


def test_without_the_extra_a_chart_is_bars_and_proof_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charting, "find_spec", lambda _: None)
    block = figure(MARKETS, kind="slope")
    made = drawn(MARKETS, "slope")
    prints = {chart_key(block): made}

    assert "pip install currents-composer[charts]" in made.problem
    assert shown(block, prints).shape == "bar"
    (remark,) = [
        one for one in proof(replace(case(block), prints={**case(block).prints, **prints})) if one.rule == "FIG-FORM"
    ]
    assert "currents-composer[charts]" in remark.message


def test_a_drawn_chart_is_a_picture_in_mail_and_numbers_everywhere_else(tmp_path: Path) -> None:
    block = figure(YEARS, kind="line", alt="Kvemo rose from 12 to 31, Zemo fell to 7.5.")
    asked = chart(block, PALETTE, rtl=False)
    assert asked is not None
    key = chart_key(block)
    made = replace(FileDarkroom(tmp_path).draw(asked, BASE), src=key)
    newsletter = editions.settings()
    issue = arrange(case(block).manuscript, newsletter, prints={key: made}, url=BASE)
    theme = load_theme("currents", [resources.templates()])

    mail = email(issue, theme, newsletter, "").html
    text = plaintext(issue)

    assert made.url in mail
    assert 'alt="Kvemo rose from 12 to 31, Zemo fell to 7.5."' in mail
    assert "2022" in text
    assert "7.5" in text


@pytest.mark.parametrize(
    ("lang", "ticks"),
    [("en", ["0", "500", "1,000"]), ("de", ["0", "500", "1.000"]), ("uk", ["0", "500", "1\u00a0000"])],
)
def test_a_scale_is_written_as_the_language_writes_numbers(lang: str, ticks: list[str]) -> None:
    assert [charting.tick(value, "", signs(lang)) for value in (0, 500, 1000)] == ticks
    assert charting.tick(-2.5, "%", signs("de")) == "−2,5%"


def test_german_thousands_are_drawn_as_thousands() -> None:
    body = "| Jahr | Säcke |\n| --- | ---: |\n| 2024 | 500 |\n| 2025 | 1.000 |"
    asked = chart(figure(body, kind="line"), PALETTE, rtl=False, signs=signs("de"))

    assert asked is not None
    assert asked.series[0].values == (500, 1000)


def test_a_chart_is_drawn_once_and_stays_as_it_was_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = chart(figure(YEARS, kind="line"), PALETTE, rtl=False)
    assert asked is not None
    first = FileDarkroom(tmp_path, album=FolderAlbum(tmp_path)).draw(asked, BASE)
    monkeypatch.setattr(charting, "find_spec", lambda _: None)  # another machine, without the extra

    again = FileDarkroom(tmp_path, album=FolderAlbum(tmp_path)).draw(asked, BASE)

    assert first.url == BASE + first.name
    assert again == first


def test_a_damaged_picture_of_a_chart_is_drawn_again(tmp_path: Path) -> None:
    asked = chart(figure(YEARS, kind="line"), PALETTE, rtl=False)
    assert asked is not None
    first = FileDarkroom(tmp_path, album=FolderAlbum(tmp_path)).draw(asked, BASE)
    (kept,) = (tmp_path / "pictures" / "charts").glob("*.png")
    kept.write_bytes(kept.read_bytes()[:200])

    assert FileDarkroom(tmp_path, album=FolderAlbum(tmp_path)).draw(asked, BASE) == first


# alt words


def test_alt_words_are_proposed_from_the_numbers() -> None:
    assert finding(figure()) == "Price of a sack of salt: January, 12; March, 19."
    assert finding(figure(column(*map(str, [1, 2, 3, 40, 5, 6, 7, 8])), title="Salt")) == (
        "Salt: Month 0, 1; Month 3, 40; Month 7, 8."
    )


def test_proof_proposes_alt_words_where_they_tell_no_number() -> None:
    remarks = [one for one in proof(case(figure(alt="Two bars."))) if one.rule == "FIG-ALT"]

    assert "for instance `alt: Price of a sack of salt: January, 12; March, 19.`" in remarks[0].message


@given(st.text(max_size=30))
def test_reading_a_number_never_raises(written: str) -> None:
    assert number(written) == (value(written) or 0.0)


@given(st.text(alphabet="|-: 1a\n−–٣", max_size=60), st.sampled_from(["bar", "line", "slope", "table"]))
def test_no_table_raises(body: str, kind: str) -> None:
    block = figure(body, kind=kind)
    head, cells = table(body)

    assert isinstance(misfit(block), str)
    assert isinstance(finding(block), str)
    assert are_bars(head, cells) in {True, False}
    assert len(rows(head, cells, "%")) == len(cells)
    assert chart(block, PALETTE, rtl=False) is None or not misfit(block)


def test_bars_of_several_columns_are_as_long_in_mail_and_on_the_page_as_they_say() -> None:
    newsletter, theme = editions.settings(), load_theme("currents", [resources.templates()])
    issue = arrange(case(figure(MARKETS, kind="bar")).manuscript, newsletter, url=BASE)
    reaches = [bar.reach for bar in bars(MARKETS)]

    mail = html.fromstring(email(issue, theme, newsletter, "").html)
    web = html.fromstring(page(issue, article(issue, theme), theme, newsletter).html)
    cells = [cell for cell in mail.iter("td") if "bar" in cell.get("class", "").split()]
    tracks = [span for span in web.iter("span") if "track" in span.get("class", "").split()]

    assert [cell.get("width") for cell in cells] == [f"{reach}%" for reach in reaches]
    assert {cell.get("style", "").split(";")[0] for cell in cells} == {"height: 22px"}  # no other room of its own
    assert [track.get("style") for track in tracks] == [f"width:{reach}%" for reach in reaches]
    assert len({cell.get("bgcolor") for cell in cells}) == 2
