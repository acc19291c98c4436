"""Templates → text, by Jinja; in a mail, words become inert tokens that the MJML engine cannot stumble over.

What an article says never passes through the engine: `set_copy` swaps each word for a token, `fill` puts it back,
escaped (plain words) or as it is (sanitised `Markup`). Only numbers and a theme's own tokens go straight through.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from traceback import walk_tb

import mjml
from jinja2 import Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, Undefined, nodes
from jinja2.loaders import FunctionLoader
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from composer.errors import ThemeError
from composer.rendering.marks import Mark, with_marks
from composer.rendering.markup import clean
from composer.rendering.tokens import Token
from composer.rendering.vocabulary import check_tags, tidy

MAIL = ".mjml.j2"
COPY = "_copy"
_PLACE = re.compile(r"zq(\d+)qz")
_RAW_FILTERS = ("safe", "xmlattr", "tojson", "urlize")
_MACROS = (nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock, nodes.Import, nodes.FromImport)


def environment(sources: Mapping[str, str], *, mail: bool) -> Environment:
    """Return Jinja for one theme's templates; with `mail` every word becomes a token, else HTML escapes itself."""
    made = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: _found(sources, name, mail=mail)),
        autoescape=True if mail else _is_html,
        undefined=StrictUndefined,
        finalize=set_copy if mail else _printed,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    made.globals.clear()
    for name in _RAW_FILTERS if mail else ():
        del made.filters[name]
    return made


@pass_context
def set_copy(context: Context, value: object) -> str:
    """Keep a word aside and return the token that stands for it (Jinja's `finalize`)."""
    if isinstance(value, Undefined):
        return str(value)  # raises, with the name that is not there
    if isinstance(value, Mark):
        return Markup(value.word)  # noqa: S704 - ours, and no words in it
    if value is None or isinstance(value, Token | int):
        return "" if value is None else str(value)
    copy: list[Markup] = context[COPY]
    copy.append(Markup(clean(value)) if isinstance(value, Markup) else escape(clean(str(value))))  # noqa: S704 - was Markup
    return f"zq{len(copy) - 1}qz"


def fill(html: str, copy: list[Markup]) -> str:
    """Put the words back where their tokens stand, once each place; words that look like a token stay words."""
    return _PLACE.sub(lambda found: str(copy[int(found.group(1))]), html)


def compile_mjml(source: str, part: str) -> str:
    """Compile MJML to HTML. Raises ThemeError; the engine panics with a BaseException of its own, which counts too."""
    try:
        return mjml.mjml2html(tidy(source), disable_comments=True, fonts={})
    except ValueError as error:
        raise ThemeError(part, 1, f"MJML cannot be read: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ThemeError(part, 1, "MJML breaks on this; look for a > after a letter with an accent") from error


def check_templates(press: Environment, sources: Mapping[str, str]) -> None:
    """Raise ThemeError for the first template that cannot be read or uses what MJML does not know."""
    for name, source in sorted(sources.items()):
        if not name.endswith(".j2"):
            continue
        with theme_errors():
            tree = press.parse(source, name=name, filename=name)
        if not name.endswith(MAIL):
            continue
        for node in tree.find_all(_MACROS):
            sentence = "macros and captured blocks are not used in mail templates; write a part and include it"
            raise ThemeError(name, node.lineno, sentence)
        check_tags(name, source)


@contextmanager
def theme_errors() -> Iterator[None]:
    """Turn whatever goes wrong in a template into a ThemeError with the template's name and line."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise ThemeError(error.name or "", error.lineno, error.message or "cannot be read") from error
    except TemplateNotFound as error:
        part, line = _place(error)
        raise ThemeError(part, line, f"the theme has no {error.name}") from error
    except (
        TemplateError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        part, line = _place(error)
        raise ThemeError(part, line, str(error)) from error


def _place(error: BaseException) -> tuple[str, int]:
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return next((place for place in reversed(frames) if place[0].endswith(".j2")), ("", 1))


def _found(sources: Mapping[str, str], name: str, *, mail: bool) -> tuple[str, str, None] | None:
    if name not in sources:
        return None
    return (with_marks(name, sources[name]) if mail else sources[name]), name, None


def _is_html(name: str | None) -> bool:
    return bool(name and name.endswith(".html.j2"))


def _printed(value: object) -> object:
    return "" if value is None else value
