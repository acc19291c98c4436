"""What an edition offers its editor: quotations to set large, subject lines. It suggests; nothing is ever set."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from composer.blocks import TK, Block, Manuscript
from composer.desk.sourcing import article_behind
from composer.manuscript import load
from composer.model import Article
from composer.ports import Store
from composer.proposals.paragraphs import paragraphs
from composer.proposals.pullquotes import Candidate, Told, spoken_candidates, writers_lines
from composer.proposals.subjects import LEAST, MOST, Offer, Subject, subject_lines
from composer.proposals.voices import NOBODY, Voice
from composer.rendering import markup
from composer.summaries.leaning import points_back
from composer.summaries.paragraphs import closed
from composer.text import one_line

_OWN = frozenset({"lede", "prose", "brief", "view"})
_SHORT = 40  # characters of a quotation that a subject can hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Words worth setting large, best first: what others said, and the writer's own lines."""

    spoken: tuple[Candidate, ...]
    lines: tuple[Candidate, ...]

    @property
    def found_good(self) -> bool:
        """Say whether there is a good quotation at all."""
        return bool(self.spoken) and self.spoken[0].good


def quotes(manuscript: Manuscript, articles: Iterable[Article] = ()) -> Quotes:
    """Return what could be set large of an edition and of the articles it stands on."""
    told = (*_told(manuscript), *map(_article, articles))
    return Quotes(spoken=spoken_candidates(told), lines=writers_lines(told))


def article_quotes(article: Article) -> Quotes:
    """Return what could be set large of one article; its lines are its writer's own."""
    told = (Told(place=_named(article), text=article.text, own=True),)
    return Quotes(spoken=spoken_candidates(told), lines=writers_lines(told))


def subjects(manuscript: Manuscript, earlier: Iterable[str] = ()) -> tuple[Subject, ...]:
    """Return five subject lines at most, cut from the edition's own words, none equal to an earlier edition's."""
    text = "\n\n".join(one.text for one in _told(manuscript))
    return subject_lines(_offers(manuscript), text=text, earlier=frozenset(earlier))


def earlier_subjects(store: Store, edition_id: int) -> tuple[str, ...]:
    """Return the subjects of every other edition, or the titles that stand in for them."""
    others = (edition for edition in store.editions.all() if edition.id != edition_id)
    manuscripts = (load(store.editions.revision(one.id, one.revision).text).manuscript for one in others)
    return tuple(one.get("subject") or one.get("title") for one in manuscripts)


def articles_of(store: Store, manuscript: Manuscript) -> tuple[Article, ...]:
    """Return the store's articles that an edition's `source` blocks stand for, each once; what is gone is left out."""
    found = (article_behind(store, source) for source in manuscript.of("source"))
    return tuple({article.id: article for article in found if article}.values())


def _told(manuscript: Manuscript) -> Iterator[Told]:
    for block in manuscript.blocks:
        words = markup.words(block.body) if block.kind in _OWN or block.kind == "quote" else ""
        place = f"line {block.body_line or block.line}"
        if words and block.kind == "quote":
            yield Told(place=place, text=words, voice=_voice(block), quoted=True)
        elif words:
            yield Told(place=place, text=words, own=True)


def _voice(block: Block) -> Voice:
    if block.get("anonymous") == "yes":
        return Voice(kind="unnamed", name=block.get("role") or block.get("speaker"))
    speaker = block.get("speaker")
    if not speaker or speaker.startswith(TK):
        return NOBODY
    return Voice(kind="body" if speaker[0].islower() else "named", name=speaker, role=block.get("role"))


def _article(article: Article) -> Told:
    return Told(place=_named(article), text=article.text)


def _named(article: Article) -> str:
    return f"article {article.id}" + (f" ({article.outlet})" if article.outlet else "")


def _offers(manuscript: Manuscript) -> Iterator[Offer]:
    yield Offer(words=manuscript.get("title"), origin="title")
    for block in manuscript.blocks:
        if block.kind in {"subhead", "subhead3"}:
            yield Offer(words=markup.words(block.body), origin=block.kind)
        elif block.kind in {"brief", "link"}:
            yield Offer(words=block.get("headline"), origin="headline")
        elif block.kind in {"lede", "prose"}:
            yield from _sentences(block)
        elif block.kind in {"quote", "pullquote"}:
            yield from _sayings(block)


def _sentences(block: Block) -> Iterator[Offer]:
    """Offer the lede's first sentence to be cut, and short sentences that lean on no other."""
    sentences = [one for paragraph in paragraphs(markup.words(block.body)) for one in paragraph.sentences]
    if block.kind == "lede" and sentences:
        yield Offer(words=sentences[0].words, origin="lede")
    for one in sentences:
        if LEAST <= len(one.words) <= MOST and closed(one.words) and not (one.quoted or points_back(one.words)):
            yield Offer(words=one.words, origin="sentence")


def _sayings(block: Block) -> Iterator[Offer]:
    """Offer the short sentences of a quotation, with whoever is named as their speaker."""
    voice = _voice(block)
    speaker = voice.name if voice.kind in {"named", "body"} else ""
    for paragraph in paragraphs(markup.words(block.body)):
        for sentence in paragraph.sentences:
            words = one_line(sentence.words).rstrip(".")
            if len(words) <= _SHORT and speaker:
                yield Offer(words=f"{speaker.split()[-1]}: “{words}”", origin="quotation")
            elif block.kind == "pullquote":
                yield Offer(words=words, origin="pull quote")
