"""Whether every header line and field is known, filled, and points at something."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from composer.blocks import FORMAT, HEADER, HEADER_CHOICES, KINDS, Block
from composer.proofs.case import BODY, Case, Finding, Mend, is_day, is_open, rule
from composer.proofs.reading import read
from composer.text import slug

_CITING = ("brief", "link", "quote", "pullquote", "view")
_DEDICATED = {  # required fields that have a rule of their own
    "photo": {"alt", "credit", "width", "height"},
    "figure": {"source"},
    "brief": {"source"},
    "link": {"source"},
    "source": {"url"},
    "sponsor": {"label"},
}
_READER_SAW_IT = "F005"


@rule(
    "S-TK",
    "error",
    reason="TK marks a place that is still to be written; readers must never see one.",
    mend="Write the words and take the TK away.",
)
def still_open(case: Case) -> Iterator[Finding]:
    """Look in every header value, field and body; notes to the desk may keep theirs."""
    for place in case.places():
        if is_open(place.words):
            what = "a TK is still open" if place.key == BODY else f"{place.key} is still TK"
            yield place.finding(f"{what}; write it")


@rule(
    "S-TITLE",
    "error",
    reason="The title is the page's heading, the feed's entry and the mail's name.",
    mend="Write `title:` in the header.",
)
def title_missing(case: Case) -> Iterator[Finding]:
    """Want a title."""
    if not case.manuscript.get("title").strip():
        yield Finding(key="title", message="there is no title; write `title:` in the header")


@rule(
    "S-BYLINE",
    "error",
    reason="Readers have a right to know who wrote it.",
    mend="Write `byline:` with a name a line, or choose a profile that signs as the desk.",
)
def byline_missing(case: Case) -> Iterator[Finding]:
    """Want a name where the profile does."""
    if case.profile.byline and not case.manuscript.all("byline"):
        yield Finding(key="byline", message="nobody signs; write `byline:` in the header")


@rule(
    "S-DATE",
    "error",
    reason="Today and this week mean nothing without the day they were written.",
    mend="Write `date: YYYY-MM-DD` in the header.",
)
def date_missing(case: Case) -> Iterator[Finding]:
    """Want a day of the calendar's form."""
    date = case.manuscript.get("date")
    if not date:
        yield Finding(key="date", message="there is no date; write `date: YYYY-MM-DD` in the header")
    elif not is_day(date):
        yield Finding(key="date", message=f"the date {date} is not YYYY-MM-DD; write it so")


@rule(
    "S-SLUG",
    "error",
    reason="The slug is the page's address and must work everywhere, for ever.",
    mend="Use small Latin letters, digits and single hyphens; once published, leave it.",
)
def slug_form(case: Case) -> Iterator[Finding]:
    """Want an address that needs no escaping."""
    written = case.manuscript.get("slug")
    if written and slug(written) != written:
        better = slug(written) or slug(case.manuscript.get("title")) or "edition"
        yield Finding(key="slug", message=f"the slug {written} is no address; write {better}")


@rule(
    "S-FORMAT",
    "warning",
    reason="A manuscript of another format may say things that this version does not understand.",
    mend=f"Write `format: {FORMAT}` in the header.",
)
def format_known(case: Case) -> Iterator[Finding]:
    """Want the format that this version reads; a manuscript that names none is of it."""
    written = case.manuscript.get("format", FORMAT)
    if written != FORMAT:
        yield Finding(key="format", message=f"the format is {written}, not {FORMAT}; some of it may be lost on readers")


@rule(
    "S-UNKNOWN",
    "warning",
    reason="A kind or key that nobody knows is kept but not shown; most are slips of the pen.",
    mend="Correct the spelling, or begin a key of your own with `x-`.",
)
def unknown(case: Case) -> Iterator[Finding]:
    """Name the nearest known word; what the reader of the manuscript has named already is not named twice."""
    named = {problem.line for problem in case.problems if problem.rule == _READER_SAW_IT}
    for field in case.manuscript.header:
        if field.key not in HEADER and not field.key.startswith("x-"):
            yield Finding(key=field.key, message=f"{field.key} is no header key{_did_you_mean(field.key, HEADER)}")
    for block in case.manuscript.blocks:
        if block.kind in KINDS:
            yield from _unknown_keys(block)
        elif block.line not in named or not block.line:
            hint = _did_you_mean(block.kind, KINDS)
            yield Finding(block=block, message=f"{block.kind} is no kind of block and is not shown{hint}")


@rule(
    "S-FIELD",
    "error",
    reason="A field that is missing or outside its choices leaves a hole that no theme can fill.",
    mend="Fill the field with one of the values the message names.",
)
def field_filled(case: Case) -> Iterator[Finding]:
    """Look at required fields that have no rule of their own, and at every value that has choices."""
    for key, choices in HEADER_CHOICES.items():
        value = case.manuscript.get(key)
        if value and value not in choices:
            yield Finding(key=key, message=f"{key} is {value}; write {_or(choices)}")
    for block in case.manuscript.blocks:
        yield from _fields(block)


@rule(
    "S-ID-DUP",
    "error",
    reason="Two blocks with one id: links and sources reach the first only.",
    mend="Give the second another id.",
)
def id_twice(case: Case) -> Iterator[Finding]:
    """Look at every block's id."""
    seen: set[str] = set()
    for block in case.manuscript.blocks:
        if block.id and block.id in seen:
            yield Finding(block=block, message=f"the id {block.id} is taken by a block above; choose another")
        seen.add(block.id)


@rule(
    "S-TARGET",
    "error",
    reason="A reference that points to nothing leaves a story without its source.",
    mend="Name the id of a block that is there, or write the source block.",
)
def target_missing(case: Case) -> Iterator[Finding]:
    """Look at `source`, `hero`, a correction's `target` and links to `src:` or `#`; a figure may name words instead."""
    sources = [block.id for block in case.manuscript.of("source") if block.id]
    ids = [block.id for block in case.manuscript.blocks if block.id]
    hero = case.manuscript.get("hero")
    if hero and hero not in ids:
        yield Finding(key="hero", message=f"hero names {hero}, no block has that id{_did_you_mean(hero, ids)}")
    for block in case.manuscript.of(*_CITING):
        for name in block.all("source"):
            if name not in sources:
                yield Finding(block=block, key="source", message=_no_source(name, sources))
    for block in case.manuscript.of("correction"):
        target = block.get("target")
        if target and target not in ids:
            message = f"target names {target}, no block has that id{_did_you_mean(target, ids)}"
            yield Finding(block=block, key="target", message=message)
    for block in case.manuscript.visible:
        yield from _dead_links(block, ids, sources)


def take_out(case: Case) -> Iterator[Mend]:
    """Take sources out that nothing cites and nothing else points at; one with a TK waits for its editor."""
    pointed = {case.manuscript.get("hero"), *(block.get("target") for block in case.manuscript.of("correction"))}
    pointed |= {anchor.url[1:] for block in case.manuscript.visible for anchor in read(block.body).anchors}
    return (Mend(block=block) for block in _uncited(case) if not _waits(block) and block.id not in pointed - {""})


@rule(
    "S-ORPHAN-SOURCE",
    "info",
    reason="A source that nothing cites was forgotten, or its story was cut.",
    mend="Cite it by its id, or take the source block out.",
    mender=take_out,
)
def source_uncited(case: Case) -> Iterator[Finding]:
    """Count ids in `source` and `via`, outlets that a figure names, links to `src:` and to the source's own address."""
    for block in _uncited(case):
        yield Finding(block=block, message=f"nothing cites the source {block.id or block.get('title')}; cite or cut it")


def _uncited(case: Case) -> Iterator[Block]:
    cited = {name for block in case.manuscript.blocks for key in ("source", "via") for name in block.all(key)}
    linked = {anchor.url for block in case.manuscript.visible for anchor in read(block.body).anchors}
    for block in case.manuscript.of("source"):
        if not {block.id, block.get("outlet")} & cited and not {f"src:{block.id}", block.get("url")} & linked:
            yield block


def _waits(block: Block) -> bool:
    return any(is_open(words) for field in block.fields for words in block.all(field.key))


def _unknown_keys(block: Block) -> Iterator[Finding]:
    kind = KINDS[block.kind]
    for field in block.fields:
        if field.key not in kind.keys and not field.key.startswith("x-") and not kind.open_keys:
            message = f"{field.key} is no field of a {block.kind}{_did_you_mean(field.key, kind.keys)}"
            yield Finding(block=block, key=field.key, message=message)


def _fields(block: Block) -> Iterator[Finding]:
    if block.kind not in KINDS:
        return
    kind = KINDS[block.kind]
    for key in kind.required:
        if not block.get(key) and key not in _DEDICATED.get(block.kind, ()):
            allowed = f": {_or(kind.choices[key])}" if key in kind.choices else ""
            yield Finding(block=block, key=key, message=f"the {block.kind} has no {key}; write `{key}:`{allowed}")
    yield from _choices(block, kind.choices)


def _choices(block: Block, choices: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    for key, allowed in choices.items():
        value = block.get(key)
        if value and value not in allowed:
            yield Finding(block=block, key=key, message=f"{key} is {value}; write {_or(allowed)}")


def _dead_links(block: Block, ids: list[str], sources: list[str]) -> Iterator[Finding]:
    for anchor in read(block.body).anchors:
        if anchor.url.startswith("src:") and anchor.url[4:] not in sources:
            yield Finding(block=block, key=BODY, below=anchor.line, message=_no_source(anchor.url[4:], sources))
        if anchor.url.startswith("#") and anchor.url[1:] not in ids:
            message = f"a link points to {anchor.url}, no block has that id{_did_you_mean(anchor.url[1:], ids)}"
            yield Finding(block=block, key=BODY, below=anchor.line, message=message)


def _no_source(name: str, sources: list[str]) -> str:
    return f"no source block has the id {name}{_did_you_mean(name, sources) or '; write one'}"


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word.lower(), list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _or(choices: tuple[str, ...]) -> str:
    return ", ".join(choices[:-1]) + f" or {choices[-1]}"


RULES = (
    still_open,
    title_missing,
    byline_missing,
    date_missing,
    slug_form,
    format_known,
    unknown,
    field_filled,
    id_twice,
    target_missing,
    source_uncited,
)
