"""The works of the child process that prints themes which are not shipped. Nothing else calls them.

Whatever goes wrong in a template comes back as a fault; what the limits end comes back as the end of the child.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import css_inline

from composer.errors import ThemeError
from composer.rendering.checking import asked_for, check_templates
from composer.rendering.email import set_html
from composer.rendering.faults import theme_errors
from composer.rendering.issue import Issue
from composer.rendering.press import COPY, compile_mjml, environment, template_faults
from composer.rendering.theme import Theme

_TRIAL = "trial.mjml.j2"
KEPT_MOST = 4  # themes, with their compiled templates
_kept: dict[str, Theme] = {}


def prepare() -> None:
    """Let Python and the engines open whatever they open at first use, before the child can open nothing more.

    Python looks codecs up on disk when they are first named; Jinja names one for a word with a backslash in it.
    """
    for source in (r'{{ "\n" ~ 1.5 }}{{ ["b", "a"]|sort|join(", ") }}', "{{ none.such }}", "{{ 1 // 0 }}", "{% if %}"):
        with suppress(ThemeError), theme_errors(_TRIAL):
            environment({_TRIAL: source}, mail=True).get_template(_TRIAL).render({COPY: []})
    with suppress(ThemeError):
        compile_mjml("<mjml><mj-body><mj-text>é > </mj-text></mj-body></mjml>", _TRIAL)
    css_inline.inline("<html><head></head><body><p>x</p></body></html>", load_remote_stylesheets=False)


def work(name: str, digest: str, made_of: Mapping[str, Any], given: Sequence[Any]) -> dict[str, object]:
    """Do one of the works below with a theme, and say what came of it: `done`, or the `fault` of a template."""
    try:
        return {"done": _WORKS[name](_theme(digest, made_of), *given)}
    except ThemeError as error:
        return {"fault": [error.part, error.line, error.sentence]}


def _theme(digest: str, made_of: Mapping[str, Any]) -> Theme:
    if digest not in _kept:
        while len(_kept) >= KEPT_MOST:
            del _kept[next(iter(_kept))]
        _kept[digest] = Theme(**made_of)
    return _kept[digest]


def _vet(theme: Theme) -> None:
    if fault := next(template_faults(theme.mail, theme.sources), None):
        raise fault.error


def _html(theme: Theme, template: str, values: Mapping[str, object]) -> str:
    return theme.html(template, **values)


def _mail(theme: Theme, issue: Issue, beside: Mapping[str, object]) -> str:
    return set_html(issue, theme, beside)


def _check(theme: Theme) -> list[list[object]]:
    return [[fault.part, fault.line, fault.sentence, fault.severity] for fault in check_templates(theme)]


_WORKS: Mapping[str, Callable[..., object]] = {
    "vet": _vet,
    "html": _html,
    "mail": _mail,
    "check": _check,
    "asked": asked_for,
}
