"""All that is wrong with a theme, at once: its tokens, its templates, every part with every block, both directions."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from composer.errors import ThemeError
from composer.model import FeedItem
from composer.rendering.email import EDITION, mail_values, set_html
from composer.rendering.faults import Fault, hint, theme_errors
from composer.rendering.inversion import contrasts, half_inverted_contrasts, inverted_contrasts
from composer.rendering.issue import Issue, Part
from composer.rendering.naming import name_faults
from composer.rendering.page import article, feed_item, index, page
from composer.rendering.press import MAIL, Shelf, compile_mjml, template_faults
from composer.rendering.sourcemap import blamed
from composer.rendering.specimen import specimens
from composer.rendering.spreads import listed
from composer.rendering.theme import SUFFIXES, Layer, Theme, theme_layers, theme_sources
from composer.rendering.tokens import CONTRAST_LEAST, FILE, Sheet, Tokens, lay_tokens
from composer.settings import Settings

GENERIC = ("serif", "sans-serif", "monospace", "system-ui", "ui-serif", "ui-sans-serif")
FAMILIES = (  # that some mail client's system brings; others are passed over, which is no mistake
    *("Arial", "Baskerville", "Calibri", "Cambria", "Charter", "Courier New", "Garamond", "Georgia", "Gill Sans"),
    *("Helvetica", "Helvetica Neue", "Iowan Old Style", "Lucida Grande", "Palatino", "Palatino Linotype", "Roboto"),
    *("Segoe UI", "Tahoma", "Times", "Times New Roman", "Trebuchet MS", "Verdana"),
)
_FRAME = ("<mjml><mj-body><mj-section><mj-column>", "</mj-column></mj-section></mj-body></mjml>")
_BESIDE = {".md", ".txt", ""}  # what may lie beside templates: a readme, a licence


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """How well one kind of words stands out from its ground (WCAG 2.2: 1 to 21), and what clients make of it."""

    words: str
    ground: str
    light: float
    dark: float
    turned: float  # the light palette, turned around by force
    half_turned: float  # only its light grounds and dark words


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a look at a theme found."""

    name: str
    faults: tuple[Fault, ...]  # sorted by file and line
    contrasts: tuple[Contrast, ...]  # none when the tokens cannot be read
    templates: int

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Return the mistakes; the rest are warnings."""
        return tuple(fault for fault in self.faults if fault.severity == "error")


def check_theme(name: str, folders: Sequence[Path], settings: Settings) -> Report:
    """Look a theme over: read it, print every part with every kind of block in both directions, and its pages.

    Everything is reported at once; what is raised is NotFoundError, for a theme that is not there, and ThemeError, for
    one whose files cannot be read at all.
    """
    layers = theme_layers(name, folders)
    faults: list[Fault] = []
    sheets = [sheet for layer in reversed(layers) if (sheet := layer.sheet)]
    tokens = lay_tokens(sheets, faults)
    sources, apart = theme_sources(layers)
    if usable := tokens or lay_tokens(_below(layers), []):
        faults += _look(Theme(name=name, tokens=usable, sources=sources, apart=apart), layers, settings)
    if tokens:
        faults += _turning_faults(tokens, sheets[-1])
    faults += _family_faults(sheets[-1:])
    faults += _strangers(layers[0])
    return Report(
        name=name,
        faults=tuple(sorted(set(faults))),
        contrasts=_contrasts(tokens) if tokens else (),
        templates=sum(one.endswith(".j2") for one in sources),
    )


def check_templates(theme: Theme, told: Sequence[tuple[Issue, Mapping[str, object]]]) -> list[Fault]:
    """Print every part alone, and every mail; where templates cannot be read at all, say only that."""
    faults = [*template_faults(theme.mail, theme.sources), *_names(theme)]
    if faults:
        return faults
    for issue, beside in told:
        for part in issue.parts:
            faults += _tried(partial(print_part, theme, issue, beside, part))
        if not faults:
            faults += _tried(partial(set_html, issue, theme, beside))
    return faults


def asked_for(theme: Theme) -> list[str]:
    """Return the templates that this process has printed of a theme."""
    shelves = (environment.loader for environment in (theme.mail, theme.pages))
    return sorted(name for shelf in shelves if isinstance(shelf, Shelf) for name in shelf.asked)


def _below(layers: Sequence[Layer]) -> list[Sheet]:
    """Return the sheets of the themes that a theme extends: its templates can be tried on their tokens."""
    return [sheet for layer in reversed(layers) if layer.name != layers[0].name and (sheet := layer.sheet)]


def _look(theme: Theme, layers: Sequence[Layer], settings: Settings) -> Iterator[Fault]:
    issues = specimens(settings)
    told = [(issue, listed(issue)) for issue in issues]
    try:
        faults = _ask(theme, told) if theme.apart else check_templates(theme, told)
    except ThemeError as error:
        yield _heaviest(theme, told) or _as_fault(error)
        return
    faults = faults or [fault for issue in issues for fault in _page_faults(theme, issue, settings)]
    yield from faults
    if not faults:
        asked = theme.ask("asked", blamed=EDITION) if theme.apart else asked_for(theme)
        yield from _idle(layers, {*asked, *(one for one in theme.sources if one.endswith(".css"))})


def _heaviest(theme: Theme, told: Sequence[tuple[Issue, Mapping[str, object]]]) -> Fault | None:
    """Find the part that ended the child which printed them all, by printing them one by one."""
    for issue, beside in told:
        for part in issue.parts:
            asking = partial(theme.ask, "part", issue, beside, part, blamed=f"parts/{part.kind}{MAIL}")
            if faults := _tried(asking):
                return faults[0]
    return None


def _ask(theme: Theme, told: Sequence[tuple[Issue, Mapping[str, object]]]) -> list[Fault]:
    return [Fault(*fault) for fault in theme.ask("check", told, blamed=EDITION)]


def _names(theme: Theme) -> Iterator[Fault]:
    for name, source in theme.sources.items():
        if name.endswith(".j2"):
            with suppress(ThemeError), theme_errors(name):
                yield from name_faults(name, theme.mail.parse(source, name=name, filename=name))


def print_part(theme: Theme, issue: Issue, beside: Mapping[str, object], part: Part) -> None:
    """Print one part of the mail alone. Raises ThemeError."""
    name = f"parts/{part.kind}{MAIL}"
    with theme_errors(name):
        values = mail_values(issue, theme, beside, []) | {"part": part, "following": ""}
        printed = theme.mail.get_template(name).render(values)
    try:
        compile_mjml(f"{_FRAME[0]}{printed}{_FRAME[1]}", name)
    except ThemeError as error:
        raise blamed(theme.sources, name, values, error, _FRAME) from error


def _page_faults(theme: Theme, issue: Issue, settings: Settings) -> Iterator[Fault]:
    def all_pages() -> None:
        body = article(issue, theme)
        page(issue, body, theme, settings)
        item: FeedItem = feed_item(issue, body, "", settings, guid="tag:specimen")
        index([item], theme, settings)
        index([], theme, settings)

    yield from _tried(all_pages)


def _tried(printing: Callable[[], object]) -> list[Fault]:
    try:
        printing()
    except ThemeError as error:
        return [_as_fault(error)]
    return []


def _as_fault(error: ThemeError) -> Fault:
    return Fault(error.part, error.line, error.sentence)


def _idle(layers: Sequence[Layer], asked: set[str]) -> Iterator[Fault]:
    """Find files of the theme's own that nothing prints and that stand for none of the themes below."""
    own = [layer for layer in layers if layer.name == layers[0].name]
    below = {name for layer in layers if layer not in own for name, _ in layer.files()}
    for layer in own:
        for name, _ in layer.files():
            if name not in asked | below:
                yield Fault(name, 1, f"nothing asks for it{hint(name, asked | below)}", "warning")


def _strangers(layer: Layer) -> Iterator[Fault]:
    """Find files that lie beside the templates and are never read."""
    for file in sorted(layer.folder.rglob("*")):
        if file.is_file() and file.suffix not in SUFFIXES | _BESIDE and file.name != FILE:
            name = file.relative_to(layer.folder).as_posix()
            wanted = f"{PurePosixPath(name).as_posix()}.j2"
            meant = f", did you mean {wanted}?" if file.suffix in {".mjml", ".html"} else ""
            sentence = f"is not read{meant or '; templates end in .mjml.j2, .html.j2 or .css.j2'}"
            yield Fault(name, 1, sentence, "warning")


def _family_faults(sheets: Iterable[Sheet]) -> Iterator[Fault]:
    for sheet in sheets:
        fonts = sheet.tables.get("fonts", {})
        for key, value in fonts.items() if isinstance(fonts, dict) else ():
            families = [one.strip(" '\"") for one in value.split(",")] if isinstance(value, str) else []
            for family in families:
                meant = hint(family, FAMILIES)
                if meant and family not in FAMILIES:
                    yield sheet.wrong("fonts", key, f"names {family}{meant}", "warning")
            if families and families[-1] not in GENERIC:
                sentence = f"ends in {families[-1]}; let the last be a kind that every client has, such as serif"
                yield sheet.wrong("fonts", key, sentence, "warning")


def _turning_faults(tokens: Tokens, sheet: Sheet) -> Iterator[Fault]:
    for row in _contrasts(tokens):
        worst = min(row.turned, row.half_turned)
        if worst < CONTRAST_LEAST:
            sentence = f"on {row.ground} falls to {worst:.1f} where a client turns colours around by force"
            yield sheet.wrong("light", row.words, sentence, "warning")
    for ground in ("page", "card", "tint"):
        for table, palette in (("light", tokens.light), ("dark", tokens.dark)):
            if palette[ground].word.upper() in {"#FFFFFF", "#000000"}:
                yield sheet.wrong(table, ground, "is pure; clients that turn colours around do it badly", "warning")


def _contrasts(tokens: Tokens) -> tuple[Contrast, ...]:
    light, dark = contrasts(tokens.light), contrasts(tokens.dark)
    turned, half = inverted_contrasts(tokens.light), half_inverted_contrasts(tokens.light)
    return tuple(
        Contrast(words=pair[0], ground=pair[1], light=one, dark=dark[pair], turned=turned[pair], half_turned=half[pair])
        for pair, one in light.items()
    )
