"""What is wrong with a theme, said so that its author can mend it: file, line, what, and what was probably meant."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import starmap
from traceback import walk_tb
from types import FrameType

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from composer.errors import ThemeError
from composer.text import cut, one_line

_RUNTIME = (
    TemplateError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    SyntaxError,  # a template that nests deeper than Python's own compiler goes
    TypeError,
    ValueError,
)
SENTENCE_MOST = 200  # characters of what Python says; it may quote a whole value
_UNKNOWN_TAG = re.compile(r"unknown tag '(\w*)'\.$")
_TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "include", "with", "endwith", "raw", "endraw")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A mistake in a theme; a warning is printed all the same."""

    part: str  # the file, by its path inside the theme; theme.toml with its theme's name before it
    line: int
    sentence: str
    severity: str = "error"  # or warning

    def __str__(self) -> str:
        """Return it as it is printed: `parts/quote.mjml.j2:3: what is wrong`."""
        return f"{self.part}:{self.line}: {self.sentence}"

    @property
    def error(self) -> ThemeError:
        """Return it as what is raised."""
        return ThemeError(self.part, self.line, self.sentence)


class Missing(StrictUndefined):
    """A name that is not there; the sentence names the nearest that is, for attributes of values."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return str(self._undefined_hint)
        known = [*owner] if isinstance(owner, Mapping) else [one for one in dir(owner) if not one.startswith("_")]
        if not isinstance(owner, Mapping) and not hasattr(owner, "__dataclass_fields__"):
            return f"{name!r} is not defined"
        return f"{name} is not there{hint(str(name), known)}"


def hint(name: str, known: Iterable[str]) -> str:
    """Return `, did you mean …?` with the nearest of the known names, or nothing."""
    near = get_close_matches(name, sorted(map(str, known)), n=1)
    return f", did you mean {near[0]}?" if near else ""


@contextmanager
def theme_errors(template: str) -> Iterator[None]:
    """Turn whatever goes wrong while a template is read or printed into a ThemeError with the line that is to blame."""
    try:
        yield
    except TemplateSyntaxError as error:
        raise ThemeError(error.name or template, error.lineno, _syntax(error.message or "cannot be read")) from error
    except TemplateNotFound as error:
        part, line, _ = _place(error, template)
        raise ThemeError(part, line, f"the theme has no {error.name}") from error
    except SecurityError as error:
        part, line, _ = _place(error, template)
        raise ThemeError(part, line, f"is not open to themes: {error}") from error
    except UndefinedError as error:
        raise ThemeError(*_undefined(error, template)) from error
    except RecursionError as error:
        part, line, _ = _place(error, template)
        raise ThemeError(part, line, "nests too deep; a template must not include itself") from error
    except _RUNTIME as error:
        part, line, _ = _place(error, template)
        raise ThemeError(part, line, cut(one_line(str(error)), SENTENCE_MOST) or type(error).__name__) from error


def _undefined(error: UndefinedError, template: str) -> tuple[str, int, str]:
    """Say which name is not there; names of the template itself are looked for in what it was given."""
    part, line, frame = _place(error, template)
    sentence = error.message or "something is not defined"
    found = re.fullmatch(r"'(\w+)' is (?:undefined|not defined)", sentence)
    if not found:
        return part, line, sentence
    known = [name for name in (frame.f_locals if frame else ()) if name.isidentifier()]
    return part, line, f"{found[1]} is not there{hint(found[1], known)}"


def _syntax(message: str) -> str:
    found = _UNKNOWN_TAG.search(message)
    return f"{message.rstrip('.')}{hint(found[1], _TAGS)}" if found else message


def _place(error: BaseException, template: str) -> tuple[str, int, FrameType | None]:
    """Return template, line and frame where an error rose: Jinja gives its frames the template's name and lines."""
    frames = list(starmap(_framed, walk_tb(error.__traceback__)))
    found = next((place for place in reversed(frames) if place[0].endswith(".j2")), None)
    return found or (template, 1, None)


def _framed(frame: FrameType, line: int) -> tuple[str, int, FrameType]:
    return frame.f_code.co_filename, line, frame
