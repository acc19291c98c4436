"""A manuscript → an `Issue`: every value ready to print, whatever the manuscript lacks.

It never raises and reads no file.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import count
from types import MappingProxyType

from composer.blocks import KINDS, Field, Manuscript, Value
from composer.model import Print
from composer.rendering import markup
from composer.rendering.citing import Citing, bibliography, hyperlinks
from composer.rendering.conventions import digits
from composer.rendering.isolating import isolated
from composer.rendering.issue import Brief, Colophon, Correction, Hyperlink, Issue, Link, Part, Photo
from composer.rendering.parts import LAYOUTS, TITLE_LEVEL, Desk, ai_note
from composer.rendering.sides import direction
from composer.rendering.spreads import numbered
from composer.rendering.words import day_of, full_date, long_date, minutes, names, read_day
from composer.settings import Settings
from composer.text import count_words, host, one_line, reading_minutes, slug

NO_PRINTS: Mapping[str, Print] = MappingProxyType({})


def arrange(
    manuscript: Manuscript,
    settings: Settings,
    *,
    prints: Mapping[str, Print] = NO_PRINTS,
    url: str,
    published: datetime | None = None,
    updated: datetime | None = None,
) -> Issue:
    """Lay an edition out.

    `prints` are developed photos by the `src` that the manuscript names; `url` is where the edition's page will lie.
    `published` and `updated` are aware. Nothing that a manuscript says or lacks makes it raise.
    """
    told = _washed(manuscript)
    desk = _desk(told, settings, prints, published)
    parts = _parts(desk)
    changed = updated if updated and updated != published else None
    title = one_line(told.get("title")) or desk.say("untitled")
    laid = replace(
        _front(desk, title),
        subject=one_line(told.get("subject")) or title,
        preheader=one_line(told.get("preheader") or told.get("dek")),
        preheader_fill=told.get("preheader_fill") == "yes",
        tags=told.all("tags"),
        hero=_hero(told.get("hero"), parts),
        url=url,
        canonical_url=markup.address(told.get("canonical_url")) or url,
        published=published.isoformat() if published else "",
        updated=changed.isoformat() if changed else "",
        updated_line=_updated_line(desk, changed),
        parts=parts,
        sources=hyperlinks(told.of("source")),
        colophon=_colophon(desk, url),
    )
    return isolated(laid)


def _desk(told: Manuscript, settings: Settings, prints: Mapping[str, Print], published: datetime | None) -> Desk:
    lang = told.get("lang") or settings.language
    day = read_day(told.get("date") or told.get("publish_at"), settings.timezone)
    day = day or (day_of(published, settings.timezone) if published else None)
    citing = Citing(sources=bibliography(told), settings=settings, lang=lang, year=day.year if day else 0)
    side = told.get("dir") if told.get("dir") in {"ltr", "rtl"} else direction(lang)
    return Desk(manuscript=told, settings=settings, prints=prints, lang=lang, side=side, citing=citing, day=day)


def _front(desk: Desk, title: str) -> Issue:
    """Lay out what stands above the first block."""
    told, lang, side = desk.manuscript, desk.lang, desk.side
    count = _count(told)
    number = desk.say("number", digits(lang, told.get("number"))) if told.get("number") else ""
    day = long_date(lang, desk.day) if desk.day else told.get("date")
    read = minutes(lang, reading_minutes(count, lang))
    return Issue(
        nameplate=desk.settings.name,
        tagline=desk.settings.tagline,
        home_url=desk.settings.base_url,
        folio=tuple(piece for piece in (number, day, read) if piece),
        number=told.get("number"),
        date=day,
        minutes=read,
        words=count,
        title=title,
        dek=told.get("dek"),
        byline=desk.say("by", names(lang, told.all("byline"))) if told.all("byline") else "",
        authors=told.all("byline"),
        lang=lang,
        dir=side,
        start="right" if side == "rtl" else "left",
        end="left" if side == "rtl" else "right",
    )


def _parts(desk: Desk) -> tuple[Part, ...]:
    """Its own corrections first, why boxes last, the rest as written; the header's word on AI before the why boxes."""
    laid: list[Part] = []
    here = replace(desk, opening=True)
    for block in desk.manuscript.visible:
        here = _under(here, block.kind)
        laid.append(LAYOUTS[block.kind](here, block))
        here = replace(here, opening=here.opening and block.kind != "lede")
    above = [part for part in laid if isinstance(part, Correction) and not part.of]
    below = [part for part in laid if part.kind == "why"]
    middle = [part for part in laid if part.kind != "why" and part not in above]
    return _named((*above, *numbered(middle), *ai_note(desk), *below))


def _named(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Give every brief and link a name of its own: its anchor, else its first source's, numbered from the second on."""
    taken = {part.anchor for part in parts if part.anchor}
    return tuple(_name(part, taken) if isinstance(part, Brief | Link) and not part.anchor else part for part in parts)


def _name(part: Brief | Link, taken: set[str]) -> Brief | Link:
    cited = part.slug or part.headline
    stem = slug(cited) or f"story-{sha256(cited.encode()).hexdigest()[:8]}"
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    name = next(name for name in numbered if name not in taken)
    taken.add(name)
    return replace(part, slug=name)


def _under(desk: Desk, kind: str) -> Desk:
    if kind == "section":
        return replace(desk, level=TITLE_LEVEL + 1, turned=False)
    return replace(desk, turned=True) if kind == "subhead" else desk


def _hero(wanted: str, parts: tuple[Part, ...]) -> Photo | None:
    photos = [part for part in parts if isinstance(part, Photo) and not part.placeholder]
    return next((photo for photo in photos if photo.anchor == wanted), photos[0] if photos else None)


def _updated_line(desk: Desk, changed: datetime | None) -> str:
    if changed is None:
        return ""
    return desk.say("updated", full_date(desk.lang, day_of(changed, desk.settings.timezone)))


def _colophon(desk: Desk, url: str) -> Colophon:
    settings = desk.settings
    place = host(settings.base_url) or settings.tag_authority

    def linked(key: str, address: str) -> Hyperlink | None:
        return Hyperlink(words=desk.say(key), url=address) if address else None

    return Colophon(
        reason=settings.reason or desk.say("reason", settings.name, place),
        unsubscribe=linked("unsubscribe", settings.unsubscribe_url),
        web=linked("web", url),
        corrections=linked("corrections", settings.corrections_url),
        privacy=linked("privacy", settings.privacy_url),
        address=settings.postal_address,
    )


def _count(told: Manuscript) -> int:
    bodies = sum(count_words(block.body) for block in told.visible)
    return bodies + count_words(f"{told.get('title')} {told.get('dek')}")


def _washed(manuscript: Manuscript) -> Manuscript:
    """Drop what can neither be printed nor encoded, once for all that follows."""
    blocks = tuple(
        replace(block, id=markup.clean(block.id), body=markup.clean(block.body), fields=_clean_fields(block.fields))
        for block in manuscript.blocks
        if block.kind in KINDS
    )
    return replace(manuscript, header=_clean_fields(manuscript.header), blocks=blocks)


def _clean_fields(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(map(_clean_field, fields))


def _clean_field(item: Field) -> Field:
    key, value = markup.clean(item.key), _clean_value(item.value)
    return item if (key, value) == (item.key, item.value) else replace(item, key=key, value=value)


def _clean_value(value: Value) -> Value:
    if isinstance(value, str):
        return markup.clean(value)
    return tuple(markup.clean(one) for one in value)
