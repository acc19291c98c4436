"""One block → one part, ready to print: a function for each kind. None raises, whatever its block lacks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from markupsafe import Markup

from composer import charts
from composer.blocks import TK, Block, Manuscript
from composer.model import Print
from composer.rendering import figures, markup
from composer.rendering.citing import Citing
from composer.rendering.conventions import signs
from composer.rendering.issue import (
    Brief,
    Call,
    Correction,
    Credits,
    Disclosure,
    Divider,
    Figure,
    Heading,
    Lede,
    Link,
    Part,
    Photo,
    Prose,
    Provenance,
    PullQuote,
    Quote,
    Sponsor,
    View,
    Why,
)
from composer.rendering.sides import direction, leaning
from composer.rendering.words import full_date, names, quotation_marks, read_day, say
from composer.settings import Settings
from composer.text import host, one_line

BLEED_PX = 600  # a photo with fewer pixels across would be blown up
TITLE_LEVEL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the layout of a block needs to know of its edition, and where the block stands in it."""

    manuscript: Manuscript
    settings: Settings
    prints: Mapping[str, Print]
    lang: str
    side: str  # ltr or rtl
    citing: Citing
    day: date | None = None  # the edition's own
    level: int = TITLE_LEVEL  # of the heading that the block stands under: 1 title, 2 section
    turned: bool = False  # a subhead stands above, in the same section
    opening: bool = False  # the first lede

    def say(self, key: str, *values: str) -> str:
        """Return a fixed phrase in the edition's language."""
        return say(self.lang, key, *values, own=self.settings.root)

    def joined(self, *pieces: str) -> str:
        """Join what there is as the language joins the pieces of a line: a name, a role."""
        return self.say("mark.comma").join(filter(None, pieces))

    def way(self, lang: str, body: str) -> str:
        """Return the direction of words in another language than the edition's, or of some that name none."""
        return direction(lang) if lang else leaning(markup.words(body), self.side)


def _lede(desk: Desk, block: Block) -> Lede:
    place = block.get("dateline") or (desk.manuscript.get("dateline") if desk.opening else "")
    return Lede(
        anchor=block.id,
        salutation=block.get("salutation"),
        dateline=place,
        body=(body := markup.html(block.body)),
        opening=_run_in(place, body),
        markdown=block.body,
    )


def _run_in(place: str, body: Markup) -> Markup:
    first = "<p>"
    if not place or not body.startswith(first):
        return body
    return Markup('<p><span class="dateline">{}</span> ').format(place) + body[len(first) :]


def _prose(_: Desk, block: Block) -> Prose:
    return Prose(anchor=block.id, body=markup.html(block.body), markdown=block.body)


def _section(_: Desk, block: Block) -> Heading:
    return Heading(kind="section", anchor=block.id, level=TITLE_LEVEL + 1, words=_heading_words(block))


def _subhead(desk: Desk, block: Block) -> Heading:
    return Heading(kind="subhead", anchor=block.id, level=desk.level + 1, words=_heading_words(block))


def _subhead3(desk: Desk, block: Block) -> Heading:
    level = desk.level + 1 + desk.turned
    return Heading(kind="subhead3", anchor=block.id, level=level, words=_heading_words(block))


def _heading_words(block: Block) -> str:
    return one_line(markup.words(block.body) or block.body) or TK


def _photo(desk: Desk, block: Block) -> Photo:
    shown = _picture(desk, block.get("src"), "" if block.get("decorative") == "yes" else block.get("alt"))
    width, height = shown.width or _pixels(block.get("width")), shown.height or _pixels(block.get("height"))
    credit = block.get("credit")
    return replace(
        shown,
        anchor=block.id,
        caption=block.get("caption"),
        credit=credit,
        credit_line=desk.say("photo", credit) if credit else "",
        link=markup.address(block.get("link")),
        width=width,
        height=height,
        narrow=0 < width < BLEED_PX,
    )


def _picture(desk: Desk, src: str, alt: str) -> Photo:
    found = desk.prints.get(src)
    if found is None:
        url = _web(src)
        problem = "" if url else (f"{src} is not developed" if src else "no picture is named")
        return Photo(url=url, alt=alt, placeholder=not url, problem=problem)
    url = "" if found.problem else _web(found.url)
    return Photo(
        url=url,
        alt=alt,
        width=found.width,
        height=found.height,
        media_type=found.media_type,
        narrow=0 < found.width < BLEED_PX,
        placeholder=not url,
        problem=markup.clean(found.problem),
    )


def _web(url: str) -> str:
    return markup.address(url) if host(url) else ""


def _pixels(written: str) -> int:
    digits = written.strip().removesuffix("px").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < len("1000000") else 0


def _pullquote(desk: Desk, block: Block) -> PullQuote:
    way = desk.way("", block.body)
    return PullQuote(
        anchor=block.id,
        body=markup.html(block.body),
        markdown=block.body,
        speaker=desk.joined(block.get("speaker"), block.get("role")),
        dir=way if way != desk.side else "",
        turned=way != desk.side,
    )


def _quote(desk: Desk, block: Block) -> Quote:
    own = block.get("lang")
    lang = own if own != desk.lang else ""
    way = desk.way(lang, block.body)
    said = markup.quoted(
        block.body, quotation_marks(lang if way != desk.side and lang else desk.lang, desk.settings.root)
    )
    links = desk.citing.links(block)
    return Quote(
        anchor=block.id,
        body=markup.html(said),
        markdown=said,
        speaker=desk.joined(block.get("speaker"), block.get("role")),
        source=links[0] if links else None,
        lang=lang,
        dir=way if lang or way != desk.side else "",
        turned=way != desk.side,
        note=_quote_note(desk, block),
    )


def _quote_note(desk: Desk, block: Block) -> str:
    notes = []
    if block.get("anonymous") == "yes":
        reason = block.get("reason")
        notes.append(desk.say("anonymous.reason", reason) if reason else desk.say("anonymous"))
    if block.get("translated-by"):
        notes.append(desk.say("translated-by", block.get("translated-by")))
    return f"{desk.say('mark.stop')} ".join(notes)


def _figure(desk: Desk, block: Block) -> Figure:
    head, cells = charts.table(block.body)
    drawn = desk.prints.get(charts.chart_key(block)) if block.get("kind") in charts.DRAWN else None
    sources = desk.citing.outlets(block)
    as_of = desk.say("as-of", block.get("as-of")) if block.get("as-of") else ""
    return Figure(
        anchor=block.id,
        shape=_shape(block, head, cells, drawn),
        title=block.get("title"),
        alt=block.get("alt"),
        head=head,
        rows=figures.rows(head, cells, block.get("unit"), signs(desk.lang)),
        photo=_figure_picture(desk, block, drawn, has_rows=bool(cells)),
        source_line=desk.say("source" if len(sources) == 1 else "sources", desk.say("mark.semicolon").join(sources))
        if sources
        else "",
        note=" ".join(piece for piece in (block.get("note"), as_of) if piece),
    )


def _figure_picture(desk: Desk, block: Block, drawn: Print | None, *, has_rows: bool) -> Photo | None:
    if block.get("src") or not has_rows:
        return _picture(desk, block.get("src"), block.get("alt"))
    return _picture(desk, drawn.src, block.get("alt")) if drawn and not drawn.problem else None


def _shape(block: Block, head: tuple[str, ...], cells: charts.Cells, drawn: Print | None) -> str:
    """Choose bars, a table or a picture; what cannot be drawn as asked is shown as bars, else as a table."""
    kind = block.get("kind")
    if not cells or (kind == "image" and block.get("src")) or (drawn and not drawn.problem):
        return "image"
    return "bar" if kind in {"bar", *charts.DRAWN} and charts.are_bars(head, cells) else "table"


def _brief(desk: Desk, block: Block) -> Brief:
    said = desk.citing.attribution(block)
    own = block.get("lang")
    lang = own if own != desk.lang else ""
    way = desk.way(lang, block.body)
    return Brief(
        anchor=block.id,
        slug=block.id or block.get("source"),
        level=desk.level + 1,
        label=block.get("label"),
        headline=block.get("headline") or TK,
        url=desk.citing.first_url(block),
        attribution=said,
        source_line=desk.citing.line(block, said),
        sources=desk.citing.links(block),
        body=markup.html(block.body),
        markdown=block.body,
        lang=lang,
        dir=way if lang or way != desk.side else "",
        turned=way != desk.side,
    )


def _link(desk: Desk, block: Block) -> Link:
    outlets = names(desk.lang, desk.citing.outlets(block))
    return Link(
        anchor=block.id,
        slug=block.id or block.get("source"),
        level=desk.level + 1,
        headline=block.get("headline") or TK,
        url=desk.citing.first_url(block),
        source_line=desk.citing.line(block, outlets),
        sources=desk.citing.links(block),
        body=markup.html(block.body),
        markdown=block.body,
    )


def _view(desk: Desk, block: Block) -> View:
    role = block.get("role")
    links = desk.citing.links(block)
    return View(
        anchor=block.id,
        level=desk.level + 1,
        label=desk.say(f"view.{role}", block.get("place")).strip() or _from_key(role),
        name=block.get("name"),
        source=links[0] if links else None,
        body=markup.html(block.body),
        markdown=block.body,
    )


def _why(desk: Desk, block: Block) -> Why:
    title = block.get("title") or desk.say("why")
    return Why(anchor=block.id, title=title, body=markup.html(block.body), markdown=block.body)


def _credits(desk: Desk, block: Block) -> Credits:
    keys = dict.fromkeys(item.key for item in block.fields if item.key != "x-allow" and block.all(item.key))
    entries = tuple((_role(desk, key), names(desk.lang, block.all(key))) for key in keys)
    stop = desk.say("mark.stop")
    line = " ".join(f"{desk.say('mark.colon', role, who)}{stop}" for role, who in entries)
    return Credits(anchor=block.id, entries=entries, line=line)


def _role(desk: Desk, key: str) -> str:
    return desk.say(f"credits.{key}") or _from_key(key)


def _from_key(key: str) -> str:
    words = key.removeprefix("x-").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _provenance(_: Desk, block: Block) -> Provenance:
    return Provenance(anchor=block.id, text=block.get("text"), url=markup.address(block.get("url")))


def _call(_: Desk, block: Block) -> Call:
    url = markup.address(block.get("url"))
    label = block.get("label") or TK
    return Call(kind=block.kind, anchor=block.id, text=block.get("text"), label=label, url=url)


def _sponsor(desk: Desk, block: Block) -> Sponsor:
    return Sponsor(
        anchor=block.id,
        label=block.get("label") or desk.say("sponsor"),
        name=block.get("name"),
        url=markup.address(block.get("url")),
        photo=_picture(desk, block.get("src"), block.get("alt")) if block.get("src") else None,
        body=markup.html(block.body),
        markdown=block.body,
    )


def _disclosure(desk: Desk, block: Block) -> Disclosure:
    kind = block.get("kind")
    label = desk.say(f"disclosure.{kind}") or _from_key(kind)
    return Disclosure(anchor=block.id, label=label, body=markup.html(block.body), markdown=block.body)


def ai_note(desk: Desk) -> tuple[Disclosure, ...]:
    """Return the header's word on AI as a disclosure, unless a block says it already."""
    note = desk.manuscript.get("ai_note")
    said = any(block.get("kind") == "ai" for block in desk.manuscript.of("disclosure"))
    if not note or said:
        return ()
    return (Disclosure(label=desk.say("disclosure.ai"), body=markup.html(note), markdown=note),)


def _correction(desk: Desk, block: Block) -> Correction:
    written, kind = block.get("date"), block.get("kind")
    day = read_day(written, desk.settings.timezone)
    return Correction(
        anchor=block.id,
        label=desk.say(f"correction.{kind}") or _from_key(kind) or desk.say("correction.correction"),
        target=block.get("target"),
        of=block.get("of"),
        day=day.isoformat() if day else "",
        date=full_date(desk.lang, day) if day else written,
        was=desk.say("was", block.get("was")) if block.get("was") else "",
        now=desk.say("now", block.get("now")) if block.get("now") else "",
        body=markup.html(block.body),
        markdown=block.body,
    )


def _divider(_: Desk, block: Block) -> Divider:
    return Divider(anchor=block.id)


LAYOUTS: Mapping[str, Callable[[Desk, Block], Part]] = MappingProxyType(
    {
        "lede": _lede,
        "prose": _prose,
        "section": _section,
        "subhead": _subhead,
        "subhead3": _subhead3,
        "photo": _photo,
        "pullquote": _pullquote,
        "quote": _quote,
        "figure": _figure,
        "brief": _brief,
        "link": _link,
        "view": _view,
        "why": _why,
        "credits": _credits,
        "provenance": _provenance,
        "signup": _call,
        "cta": _call,
        "sponsor": _sponsor,
        "disclosure": _disclosure,
        "correction": _correction,
        "divider": _divider,
    }
)
