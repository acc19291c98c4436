"""Snippets: pieces that editions use again and again, with {placeholders} for what differs. Texts in, blocks out."""

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from types import MappingProxyType

from composer.blocks import TK, Block, Field, Value
from composer.errors import ManuscriptError, UsageError
from composer.manuscript import load
from composer.text import one_line

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_NO_HEADER = "F008"
KNOWN = ("name", "base_url", "today", "title")  # what the newsletter and the edition can say by themselves


def about(text: str) -> str:
    """Return what a snippet is for: the note that it begins with, on one line, or ""."""
    first = next(iter(load(text).manuscript.blocks), None)
    return one_line(first.body) if first and first.kind == "note" else ""


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names that a snippet asks for, in their order, each once."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(text)))


def fill(
    file: str, text: str, values: Mapping[str, str], known: Mapping[str, str] = MappingProxyType({})
) -> tuple[Block, ...]:
    """Return a snippet's blocks with values in the place of their {placeholders}; one without a value becomes TK.

    The note that it begins with stays behind. `file` names it in errors; `known` is what need not be given. Raises
    ManuscriptError for a snippet that cannot be read, UsageError for a value that it does not ask for.
    """
    asked = placeholders(text)
    for name in values:
        if name not in asked:
            raise UsageError(f"{name}: {file} does not ask for it{_near(name, asked)}")
    loaded = load(text)
    for problem in loaded.problems:
        if problem.severity == "error" and problem.rule != _NO_HEADER:
            raise ManuscriptError(file, problem.line, problem.message)
    blocks = loaded.manuscript.blocks
    said = {**known, **values}
    return tuple(_filled(block, said) for block in (blocks[1:] if about(text) else blocks))


def _filled(block: Block, values: Mapping[str, str]) -> Block:
    fields = tuple(replace(one, value=_value(one, values)) for one in block.fields)
    return replace(block, fields=fields, body=_said(block.body, values))


def _value(field: Field, values: Mapping[str, str]) -> Value:
    if isinstance(field.value, str):
        return one_line(_said(field.value, values))
    return tuple(one_line(_said(words, values)) for words in field.value)


def _said(words: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda asked: values.get(asked[1]) or f"{TK} {asked[1]}", words)


def _near(name: str, asked: tuple[str, ...]) -> str:
    near = get_close_matches(name, asked, 1)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; it asks for {', '.join(asked)}" if asked else "; it asks for nothing"
