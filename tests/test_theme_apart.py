"""Themes that somebody else wrote: what they may not do, and that the newsletter's own process does not mind."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from editions import THEMES, issue

from composer.children import Child, LostError
from composer.errors import ThemeError
from composer.rendering import article, load_theme, theme
from composer.rendering.email import print_html

SECRET = "the-secret-that-nobody-may-print"  # noqa: S105 (no password)
LIMITED = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")

WALKS = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ issue.__class__.__init__.__globals__ }}",
    "{{ issue['__class__'] }}",
    "{{ issue|attr('__class__') }}",
    "{{ issue|attr('__cla' ~ 'ss__') }}",
    "{{ part.__class__.__module__ }}",
    "{{ part.body.__class__.__base__ }}",
    "{{ part.body.format.__self__ }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(issue) }}",
    "{{ '{x.__class__}'.format_map({'x': issue}) }}",
    "{{ part.body.format(issue).__class__ }}",
    "{{ theme.type.update({}) }}",
    "{{ theme.light.clear() }}",
    "{{ theme.light.pop('ink') }}",
    "{{ [].append(1) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.environment }}",
    "{{ loop.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__ }}",
    "{{ joiner }}",
    "{{ namespace }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ request.application.__globals__ }}",
    "{% for x in ().__class__.__bases__ %}{{ x }}{% endfor %}",
    "{{ (issue|map(attribute='__class__')|list) }}",
    "{{ [issue]|map(attribute='__class__.__name__')|first }}",
    "{{ [issue]|groupby('__class__.__name__') }}",
    "{{ [issue]|sum(attribute='__class__') }}",
    "{{ (1).__add__.__objclass__ }}",
    "{{ dir }}{{ open }}{{ __import__('os') }}",
    "{{ environ }}{{ _copy }}{{ context }}",
]
FILES = [
    "{% include '/etc/passwd' %}",
    "{% include '../../newsletter.toml' %}",
    "{% include '../theme.toml' %}",
    "{% include 'parts/../../secret.mjml.j2' %}",
    "{% include 'file:///etc/passwd' %}",
    "{% extends '/etc/hostname' %}",
    "{% import '/etc/hosts' as x %}{{ x }}",
    "{% from '../secret.mjml.j2' import y %}{{ y }}",
    "<mj-include path='/etc/passwd' />",
    "<mj-style inline='inline'>@import '/etc/passwd'</mj-style>",
]
BOMBS = [
    "{{ 'x' * 10**9 }}",
    "{{ 'x'.ljust(10**9) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ [0] * 10**9 }}",
    "{{ 9**(9**9) }}",
    "{{ (10**6)**(10**6) % 7 }}",
    "{{ range(10**9)|list }}",
    "{% for a in [0] * 9999 %}{% for b in [0] * 9999 %}{% for c in [0] * 9999 %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{% include 'parts/divider.mjml.j2' %}",
    "{% for x in issue.title * 10**7 %}{{ x }}{% endfor %}",
    "{{ ('x' * 10**7)|replace('x', 'x' * 10**4) }}",
    "{{ ('a,' * 10**7)|wordwrap(1) }}",
    "<mj-text>{% for x in [1] * 20000 %}<b>{% endfor %}</mj-text>",
    "{% set x = 'y' * 10**8 %}{{ [x]|map('upper')|join * 20 }}",
]


@pytest.fixture(scope="module", autouse=True)
def hasty() -> Iterator[None]:
    """A child that gives up after one second, so that the tests need not wait for five."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme, "CPU_SECONDS_MOST", 1)
        theme.the_child.cache_clear()
        yield
        theme.the_child().end()
        theme.the_child.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A newsletter's folder with a secret beside a theme of its own."""
    for name in ("newsletter.toml", "secret.mjml.j2", "templates/secret.mjml.j2"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SECRET)
    (tmp_path / "templates" / "mine" / "parts").mkdir(parents=True)
    (tmp_path / "templates" / "mine" / "theme.toml").write_text('extends = "currents"\n')
    return tmp_path / "templates"


def printed(own: Path, source: str) -> str:
    """Print an edition with a divider that holds the source; what the theme is refused for comes back as words."""
    (own / "mine" / "parts" / "divider.mjml.j2").write_text(source)
    try:
        return print_html(issue(), load_theme("mine", [own, THEMES]))
    except ThemeError as error:
        return str(error)


@pytest.mark.parametrize("source", WALKS)
def test_a_template_cannot_walk_to_what_it_was_not_given(own: Path, source: str) -> None:
    said = printed(own, f"<mj-text>{source}</mj-text>")

    assert said.startswith("parts/divider.mjml.j2:1: ")
    assert "<class" not in said
    assert "<module" not in said


@pytest.mark.parametrize("source", FILES)
def test_a_template_cannot_read_a_file(own: Path, source: str) -> None:
    said = printed(own, source)

    assert said.startswith("parts/divider.mjml.j2:1: ")
    assert SECRET not in said
    assert "root:" not in said


@LIMITED
@pytest.mark.parametrize("source", BOMBS)
def test_a_template_cannot_eat_time_or_memory(own: Path, source: str) -> None:
    said = printed(own, source)

    assert ".mjml.j2:1: " in said[:60]
    assert print_html(issue(), load_theme("currents", [own, THEMES])).endswith("</html>")


@LIMITED
def test_after_a_theme_was_refused_the_next_one_prints(own: Path) -> None:
    assert "was refused" in printed(own, BOMBS[8])
    assert "three stars" in printed(own, "<mj-text><p>three stars</p></mj-text>")


@LIMITED
def test_a_page_part_cannot_eat_time_either(own: Path) -> None:
    (own / "mine" / "parts" / "divider.html.j2").write_text("{% for a in [0] * 9999 %}" * 3 + "{% endfor %}" * 3)

    with pytest.raises(ThemeError, match="was refused: printing it takes more than 1 s of work"):
        article(issue(), load_theme("mine", [own, THEMES]))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_out_of_the_theme_is_refused(own: Path) -> None:
    (own / "mine" / "parts" / "divider.mjml.j2").symlink_to(own / "secret.mjml.j2")

    with pytest.raises(ThemeError, match=r"parts/divider\.mjml\.j2:1: is no file of this folder"):
        load_theme("mine", [own, THEMES])


def test_a_pipe_in_the_theme_is_refused(own: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on disk here")
    os.mkfifo(own / "mine" / "parts" / "divider.mjml.j2")

    with pytest.raises(ThemeError, match="is no file of this folder"):
        load_theme("mine", [own, THEMES])


def test_a_file_that_is_far_too_long_is_refused(own: Path) -> None:
    (own / "mine" / "parts" / "divider.mjml.j2").write_text("x" * 600_000)

    with pytest.raises(ThemeError, match="longer than 512 KB"):
        load_theme("mine", [own, THEMES])


def test_a_theme_of_tokens_and_style_sheets_alone_is_printed_here(own: Path) -> None:
    (own / "mine" / "page-own.css").write_text("p{color:var(--ink)}")

    assert not load_theme("mine", [own, THEMES]).apart


def test_an_own_theme_prints_the_same_bytes_as_a_shipped_one(own: Path) -> None:
    part = (THEMES / "currents" / "parts" / "divider.mjml.j2").read_text(encoding="utf-8")
    (own / "mine" / "parts" / "divider.mjml.j2").write_text(part)
    mine = load_theme("mine", [own, THEMES])

    assert mine.apart
    assert print_html(issue(), mine) == print_html(issue(), load_theme("currents", [THEMES]))
    assert article(issue(), mine) == article(issue(), load_theme("currents", [THEMES]))


@LIMITED
@pytest.mark.parametrize("work", ["open_a_file", "start_a_process", "open_a_connection", "write_a_file"])
def test_a_child_is_shut_in_whatever_its_functions_try(work: str) -> None:
    child = Child("escapes", memory_bytes=64_000_000, cpu_seconds=2)
    try:
        assert child.ask(work) == "refused"
    finally:
        child.end()


@LIMITED
def test_a_child_that_works_too_long_is_ended_and_replaced() -> None:
    child = Child("escapes", memory_bytes=64_000_000, cpu_seconds=1)
    try:
        with pytest.raises(LostError, match="takes more than 1 s of work"):
            child.ask("work_for_ever")
        with pytest.raises(LostError, match="takes more than 61 MB of memory"):
            child.ask("want_memory")
        assert child.ask("open_a_file") == "refused"
    finally:
        child.end()
