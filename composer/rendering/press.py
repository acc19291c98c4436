"""Templates → text, by Jinja; in a mail, words become inert tokens that the MJML engine cannot stumble over.

What an article says never passes through the engine: `set_copy` swaps each word for a token, `fill` puts it back,
escaped (plain words) or as it is (sanitised `Markup`). Only numbers and a theme's own tokens go straight through.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import mjml
from jinja2 import BaseLoader, Environment, TemplateNotFound, Undefined, nodes
from jinja2.ext import Extension
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from composer.errors import ThemeError
from composer.rendering.faults import Fault, Missing, hint, theme_errors
from composer.rendering.marks import Mark, with_marks
from composer.rendering.markup import clean
from composer.rendering.tokens import Token
from composer.rendering.vocabulary import nested_too_deep, tag_faults, tidy

MAIL = ".mjml.j2"
COPY = "the words"  # no name that a template could write
SAFE_TAGS = 8_000  # the engine recurses, and ends its process when more than these stand inside each other
_PLACE = re.compile(r"zq(\d+)qz")
_RAW_FILTERS = ("safe", "xmlattr", "tojson", "urlize")
_MACROS = (nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock, nodes.Import, nodes.FromImport)
_LOOKED_AT = (*_MACROS, nodes.Filter, nodes.Test)


class Shelf(BaseLoader):
    """Gives templates from a theme's sources and from nowhere else, and remembers which were asked for."""

    def __init__(self, sources: Mapping[str, str], *, mail: bool) -> None:
        self.sources, self.mail = sources, mail
        self.asked: set[str] = set()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 (Jinja's signature)
        """Return a template's text and, for messages, its name."""
        if template not in self.sources:
            raise TemplateNotFound(template)
        self.asked.add(template)
        source = self.sources[template]
        return with_marks(template, source) if self.mail else source, template, None


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which need not ask again whether our own frozen values are code or could be changed."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Say whether a template may read an attribute."""
        if hasattr(type(obj), "__dataclass_fields__"):
            return not attr.startswith("_")
        return super().is_safe_attribute(obj, attr, value)


def environment(sources: Mapping[str, str], *, mail: bool, extensions: Sequence[type[Extension]] = ()) -> Sandbox:
    """Return Jinja for one theme's templates; with `mail` every word becomes a token, else HTML escapes itself."""
    made = Sandbox(
        loader=Shelf(sources, mail=mail),
        autoescape=True if mail else _is_html,
        undefined=Missing,
        finalize=set_copy if mail else _printed,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
        extensions=extensions,
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
    if source.count("<") > SAFE_TAGS and nested_too_deep(source):
        raise ThemeError(part, 1, "tags stand inside each other so deep that MJML breaks on them")
    try:
        return mjml.mjml2html(tidy(source), disable_comments=True, fonts={})
    except (ValueError, UnicodeError) as error:
        raise ThemeError(part, 1, f"MJML cannot be read: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ThemeError(part, 1, "MJML breaks on this; look for a > after a letter with an accent") from error


def template_faults(press: Environment, sources: Mapping[str, str]) -> Iterator[Fault]:
    """Find what is wrong in templates before anything is printed: what Jinja cannot read, what MJML does not know."""
    for name, source in sorted(sources.items()):
        if not name.endswith(".j2"):
            continue
        try:
            with theme_errors(name):
                tree = press.parse(source, name=name, filename=name)
        except ThemeError as error:
            yield Fault(error.part, error.line, error.sentence)
            continue
        yield from (fault for node in tree.find_all(_LOOKED_AT) if (fault := _node_fault(press, name, node)))
        if name.endswith(MAIL):
            yield from tag_faults(name, source)


def _node_fault(press: Environment, name: str, node: nodes.Node) -> Fault | None:
    """Say what is wrong with a filter, a test or a captured block: Jinja names the former only when it compiles."""
    if isinstance(node, _MACROS):
        sentence = "macros and captured blocks are not used in mail templates; write a part and include it"
        return Fault(name, node.lineno, sentence) if name.endswith(MAIL) else None
    kind, known = ("filter", press.filters) if isinstance(node, nodes.Filter) else ("test", press.tests)
    word = str(getattr(node, "name", ""))
    return None if word in known else Fault(name, node.lineno, f"No {kind} named '{word}'{hint(word, known)}")


def _is_html(name: str | None) -> bool:
    return bool(name and name.endswith(".html.j2"))


def _printed(value: object) -> object:
    return "" if value is None else value
