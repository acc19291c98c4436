"""Who said it first: `source:` ids become outlets, links, dates and the line that names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from composer.blocks import Block, Manuscript
from composer.rendering import markup
from composer.rendering.issue import Hyperlink
from composer.rendering.words import day_and_month, minutes, names, read_day, say
from composer.settings import Settings

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """What a citation needs to know of its edition."""

    sources: dict[str, Block]
    settings: Settings
    lang: str
    year: int

    def links(self, block: Block) -> tuple[Hyperlink, ...]:
        """Return the outlets that a block names, in order; a source that is no id is its own words."""
        cited = (self.link(written) for written in block.all("source"))
        return tuple(link for link in cited if link.words)

    def link(self, written: str) -> Hyperlink:
        """Return an outlet and where its story stands."""
        source = self.sources.get(written)
        if source is None:
            return Hyperlink(words=written)
        return Hyperlink(words=source.get("outlet") or source.get("title") or written, url=url_of(source))

    def outlets(self, block: Block) -> tuple[str, ...]:
        """Return the outlets that a block names, each once."""
        return tuple(dict.fromkeys(link.words for link in self.links(block)))

    def attribution(self, block: Block) -> str:
        """Return the words that name the outlet, as the editor wrote them or "The Wire reports", and the origin."""
        outlets = self.outlets(block)
        key = "report.one" if len(outlets) == 1 else "report.many"
        said = block.get("attribution") or (self._say(key, names(self.lang, outlets)) if outlets else "")
        via = self._say("via", names(self.lang, block.all("via"))) if block.all("via") else ""
        return self._say("mark.comma").join(piece for piece in (said, via) if piece)

    def line(self, block: Block, said: str) -> str:
        """Return who reported it, the day it was published and how long it takes to read, parted by middle dots."""
        kept_whole = (piece.replace(" ", NO_BREAK) for piece in (self._day(block), self._minutes(block)))
        return " · ".join(piece for piece in (said, *kept_whole) if piece)

    def first_url(self, block: Block) -> str:
        """Return the address of the first source that has one."""
        return next((link.url for link in self.links(block) if link.url), "")

    def _say(self, key: str, *values: str) -> str:
        return say(self.lang, key, *values, own=self.settings.root)

    def _day(self, block: Block) -> str:
        first = self.sources.get(block.get("source"))
        written = first.get("published") if first else ""
        day = read_day(written, self.settings.timezone) if written else None
        return day_and_month(self.lang, day, self.year) if day else written

    def _minutes(self, block: Block) -> str:
        written = block.get("minutes")
        return minutes(self.lang, int(written)) if written.isascii() and written.isdigit() else written


def url_of(source: Block) -> str:
    """Return the address of a source block that a link may carry."""
    return markup.address(source.get("url"))


def bibliography(manuscript: Manuscript) -> dict[str, Block]:
    """Return the source blocks by their ids; of two with one id the first stands."""
    return {block.id: block for block in reversed(manuscript.of("source")) if block.id}


def hyperlinks(sources: Sequence[Block]) -> tuple[Hyperlink, ...]:
    """Return the stories that an edition stands on, by title and address."""
    titled = (Hyperlink(words=block.get("title") or block.get("outlet"), url=url_of(block)) for block in sources)
    return tuple(link for link in titled if link.url)
