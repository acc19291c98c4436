"""All that is wrong with a theme, at once: its tokens, its templates, every part with every block, both directions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath

from composer.children import LostError
from composer.errors import ThemeError
from composer.rendering.archive import feed_looks, index, not_found, robots, tag_page, tag_year_page, year_page
from composer.rendering.email import EDITION, set_html
from composer.rendering.faults import Fault, hint, theme_errors
from composer.rendering.issue import Issue
from composer.rendering.items import story_items
from composer.rendering.legibility import Contrast, contrast_table, family_faults, turning_faults
from composer.rendering.listing import Place, Tag
from composer.rendering.naming import name_faults
from composer.rendering.page import article, page
from composer.rendering.press import MAIL, Shelf, template_faults
from composer.rendering.specimen import entry, specimens
from composer.rendering.spreads import listed
from composer.rendering.theme import SUFFIXES, Layer, Theme, theme_layers, theme_sources
from composer.rendering.tokens import FILE, Sheet, lay_tokens
from composer.settings import Settings

_AS_THEY_ARE = (".css", ".js")  # files that no template prints
_BESIDE = {".md", ".txt", ""}  # what may lie beside templates: a readme, a licence


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """An edition to print, and the template that is named when nothing else can be."""

    part: str
    issue: Issue
    beside: Mapping[str, object]  # what mail templates know beside the issue


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
        faults += turning_faults(tokens, sheets[-1])
    faults += family_faults(sheets[-1:])
    faults += _strangers(layers[0])
    return Report(
        name=name,
        faults=tuple(sorted(set(faults))),
        contrasts=contrast_table(tokens) if tokens else (),
        templates=sum(one.endswith(".j2") for one in sources),
    )


def check_templates(theme: Theme) -> list[Fault]:
    """Return what is wrong with a theme's templates before anything is printed."""
    return [*template_faults(theme.mail, theme.sources), *_names(theme)]


def asked_for(theme: Theme) -> list[str]:
    """Return the templates that this process has printed of a theme."""
    shelves = (environment.loader for environment in (theme.mail, theme.pages))
    return sorted(name for shelf in shelves if isinstance(shelf, Shelf) for name in shelf.asked)


def _below(layers: Sequence[Layer]) -> list[Sheet]:
    """Return the sheets of the themes that a theme extends: its templates can be tried on their tokens."""
    return [sheet for layer in reversed(layers) if layer.name != layers[0].name and (sheet := layer.sheet)]


def _look(theme: Theme, layers: Sequence[Layer], settings: Settings) -> Iterator[Fault]:
    """Look at templates, then at what they print, last at files that none of them needs: each only if all was well."""
    issues = specimens(settings)
    faults = _ask(theme, "check") if theme.apart else check_templates(theme)
    faults = faults or _mail_faults(theme, [trial for issue in issues for trial in _trials(issue)])
    faults = faults or [fault for issue in issues for fault in _page_faults(theme, issue, settings)]
    yield from faults
    if not faults:
        asked = theme.ask("asked", blamed=EDITION) if theme.apart else asked_for(theme)
        yield from _idle(layers, {*asked, *(one for one in theme.sources if one.endswith(_AS_THEY_ARE))})


def _mail_faults(theme: Theme, trials: Sequence[Trial]) -> list[Fault]:
    """Print mails until one costs the child its life: the others that hold the same part would only do it again."""
    faults: list[Fault] = []
    for trial in trials:
        try:
            if theme.apart:
                theme.ask("mail", trial.issue, trial.beside, blamed=trial.part)
            else:
                set_html(trial.issue, theme, trial.beside)
        except ThemeError as error:
            faults.append(_as_fault(error))
            if isinstance(error.__cause__, LostError):
                break
    return faults


def _trials(issue: Issue) -> Iterator[Trial]:
    """Give an edition part by part, then whole."""
    for part in issue.parts:
        alone = replace(issue, parts=(part,))
        yield Trial(part=f"parts/{part.kind}{MAIL}", issue=alone, beside=listed(alone))
    yield Trial(part=EDITION, issue=issue, beside=listed(issue))


def _ask(theme: Theme, work: str) -> list[Fault]:
    try:
        return [Fault(*fault) for fault in theme.ask(work, blamed=EDITION)]
    except ThemeError as error:
        return [_as_fault(error)]


def _names(theme: Theme) -> Iterator[Fault]:
    for name, source in theme.sources.items():
        if name.endswith(".j2"):
            with suppress(ThemeError), theme_errors(name):
                yield from name_faults(name, theme.mail.parse(source, name=name, filename=name))


def _page_faults(theme: Theme, issue: Issue, settings: Settings) -> Iterator[Fault]:
    """Print every part of the page alone, then the pages."""
    faults = [fault for part in issue.parts for fault in _tried(partial(article, replace(issue, parts=(part,)), theme))]
    yield from faults
    if not faults:
        for printing in _sheets(theme, issue, settings):
            yield from _tried(printing)


def _sheets(theme: Theme, issue: Issue, settings: Settings) -> Iterator[Callable[[], object]]:
    """Give the printing of every sheet of the site: an edition's page with all that may stand beside it, the lists."""
    back = entry(settings)
    place = Place(earlier=back, later=back, translations=(back,))
    year, tag = back.day.year, Tag(name="Specimen", slug="specimen", entries=(back,))
    yield lambda: page(issue, article(issue, theme), theme, settings, place)
    yield lambda: story_items(issue, theme, settings, guid="tag:specimen")
    yield lambda: index([back], [year], [tag], theme, settings)
    yield lambda: index([], [], [], theme, settings)
    yield lambda: year_page(year, [back], [year], theme, settings)
    yield lambda: tag_page(tag, [year], theme, settings)
    yield lambda: tag_year_page(tag, year, theme, settings)
    yield lambda: not_found(theme, settings)
    yield lambda: robots(theme, settings)
    yield lambda: feed_looks(theme, settings)


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
