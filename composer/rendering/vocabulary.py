"""The MJML that themes may use, and what is wrong with a template's tags. The engine itself lets every typo pass."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from composer.rendering.faults import Fault, hint

_PADDING = "padding padding-top padding-bottom padding-left padding-right"
_COMMON = "css-class mj-class"
_FONT = "color font-family font-size font-style font-weight letter-spacing line-height text-decoration text-transform"
_BORDER = "border border-top border-bottom border-left border-right border-radius"
_SECTION = f"{_COMMON} {_PADDING} {_BORDER} background-color direction full-width text-align"
_COLUMN = f"{_COMMON} {_PADDING} {_BORDER} background-color direction vertical-align width"

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "mjml": "lang dir",
        "mj-head": "",
        "mj-attributes": "",
        "mj-breakpoint": "width",
        "mj-body": f"{_COMMON} background-color width",
        "mj-wrapper": _SECTION,
        "mj-section": _SECTION,
        "mj-group": f"{_COMMON} background-color direction vertical-align width",
        "mj-column": _COLUMN,
        "mj-text": f"{_COMMON} {_PADDING} {_FONT} align container-background-color height",
        "mj-image": f"{_COMMON} {_PADDING} align alt border border-radius container-background-color fluid-on-mobile "
        "font-size height href max-height name rel src srcset target title width",
        "mj-button": f"{_COMMON} {_PADDING} {_FONT} {_BORDER} align background-color container-background-color height "
        "href inner-padding name rel target text-align vertical-align width",
        "mj-divider": f"{_COMMON} {_PADDING} align border-color border-style border-width container-background-color "
        "width",
        "mj-spacer": f"{_COMMON} {_PADDING} container-background-color height",
        "mj-table": f"{_COMMON} {_PADDING} align border cellpadding cellspacing color container-background-color "
        "font-family font-size line-height table-layout width",
        "mj-raw": "",
    }.items()
}
_ANY = frozenset(name for names in ATTRIBUTES.values() for name in names)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w-]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^'\">])*?)(?P<void>/?)>")
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_UNITLESS = re.compile(r"(?:^|\s)-?\d+(?:\.\d+)?(?=\s|$)")
_BETWEEN = re.compile(r"<(/?[A-Za-z][\w-]*)([^<>]*)>\s+(?=</?([A-Za-z][\w-]*))")
DEEPEST = 100  # tags inside each other; no mail needs thirty
VOID = frozenset({"br", "img", "hr", "wbr", "meta", "link", "input", "col"})


def tag_faults(part: str, source: str) -> Iterator[Fault]:
    """Find each tag, attribute and padding in a template that MJML would let pass and get wrong."""
    plain = _blanked(source)
    for tag in _TAG.finditer(plain):
        name, line = tag["name"], _line(plain, tag.start())
        if not name.startswith("mj"):
            continue
        if name not in ATTRIBUTES and name not in {"mj-all", "mj-class"}:
            yield Fault(part, line, f"<{name}> is not used in themes{hint(name, ATTRIBUTES)}")
            continue
        for attribute in _ATTRIBUTE.finditer(tag["rest"]):
            at = _line(plain, tag.start("rest") + attribute.start())
            yield from _attribute_faults(Fault(part, at, ""), name, attribute.group(1), attribute.group(2)[1:-1])


def nested_too_deep(mjml: str) -> bool:
    """Say whether more tags stand inside each other than the engine can take."""
    depth = 0
    for tag in _TAG.finditer(mjml):
        if not tag["void"] and tag["name"] not in VOID:
            depth += -1 if tag["close"] else 1
        if depth > DEEPEST:
            return True
    return False


def tidy(mjml: str) -> str:
    """Make white space between tags safe: the engine stumbles over it between its own tags and drops it in words."""
    return _BETWEEN.sub(_between, mjml)


def _between(found: re.Match[str]) -> str:
    before, rest, after = found.groups()
    ours = before.strip("/").startswith("mj") or after.startswith("mj")
    return f"<{before}{rest}>" + ("\n" if ours else " ")


def _attribute_faults(at: Fault, tag: str, name: str, value: str) -> Iterator[Fault]:
    known = _ANY | {"name"} if tag in {"mj-all", "mj-class"} else ATTRIBUTES[tag]
    if name not in known:
        yield replace(at, sentence=f"unknown attribute {name} on <{tag}>{hint(name, known)}")
    if "padding" in name and _UNITLESS.search(value):
        yield replace(at, sentence=f'{name}="{value}" on <{tag}> needs a unit on every number, such as 0px')


def _blanked(source: str) -> str:
    """Put inert letters where Jinja and comments stand, so that places stay as they are."""
    without = _COMMENT.sub(_spaces, source)
    return _JINJA.sub(_filled, without)


def _spaces(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found.group())


def _filled(found: re.Match[str]) -> str:
    word = found.group()
    return re.sub(r"[^\n]", "x", word) if word.startswith("{{") else _spaces(found)


def _line(source: str, offset: int) -> int:
    return source.count("\n", 0, offset) + 1
