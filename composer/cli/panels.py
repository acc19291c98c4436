"""What stands beside an edition in the preview: what its blocks weigh, where they lead, what they stand on."""

import re
from collections.abc import Iterator, Mapping, Sequence

from composer.blocks import Block, Manuscript
from composer.cli.pieces import part_numbers
from composer.desk.choosing.cuttings import RUNNING
from composer.desk.evidence import against
from composer.desk.revising import Copy
from composer.desk.sheets import Sheet as Rendered
from composer.desk.sheets import weigh_mail
from composer.desk.sourcing import article_number
from composer.evidence import followed
from composer.facts import Followed, Original, Verdict
from composer.mailing import CLIPPED_BYTES
from composer.model import ArticleQuery
from composer.ports import Store
from composer.preview import Claim, Link, Panels, Passage, Pick, Share, Testimony
from composer.proofs.case import BODY, Case, Checked
from composer.text import one_line

_PICKS_MOST = 100
_CELLS = re.compile(r"[\s|]*\|[\s|:-]*")  # what parts the cells of a table


def panels(copy: Copy, leaving: Rendered, case: Case, store: Store) -> Panels:
    """Gather what a proof has found out besides its remarks; `leaving` is the edition with readers' own addresses."""
    return Panels(
        shares=tuple(_shares(copy, leaving)),
        clipped_bytes=CLIPPED_BYTES,
        links=_links(copy.manuscript, case),
        testimonies=tuple(_testimonies(copy.manuscript, case)),
        picks=tuple(_picks(copy.manuscript, store)),
    )


def _shares(copy: Copy, leaving: Rendered) -> Iterator[Share]:
    numbers = part_numbers(copy, leaving)
    for one in weigh_mail(copy, leaving).parts:
        name, line = (one.block.name, one.block.line) if one.block else (one.name, 0)
        yield Share(name=name, size=one.size, line=line, part=numbers.get(line, ""))


def _links(manuscript: Manuscript, case: Case) -> tuple[Link, ...]:
    """Return every source that readers are led to, then every link in running words, each address once."""
    found: dict[str, Link] = {}
    for key, url, words, line in (*_cited(manuscript), *_in_words(case)):
        ran = case.reruns.get(key)
        found.setdefault(url, Link(url=url, words=words, line=line, ran=ran.sentence if ran else ""))
    return tuple(found.values())


def _cited(manuscript: Manuscript) -> Iterator[tuple[str, str, str, int]]:
    """Yield the sources that something cites: their key among the reruns, address, words and line."""
    carriers = {name: block for block in reversed(manuscript.visible) for name in block.all("source")}
    for source in manuscript.of("source"):
        if source.get("url") and source.id in carriers:
            words = carriers[source.id].get("headline") or source.get("title")
            yield f"src:{source.id}", source.get("url"), words, source.line_of("url")


def _in_words(case: Case) -> Iterator[tuple[str, str, str, int]]:
    """Yield the links in running words, as above."""
    for block, reading in case.readings(*RUNNING):
        for anchor in reading.anchors:
            yield anchor.url, anchor.url, anchor.words, (block.body_line or block.line) + anchor.line


def _testimonies(manuscript: Manuscript, case: Case) -> Iterator[Testimony]:
    texts = case.research.originals
    sources = {block.id: block for block in manuscript.of("source")}
    for one in case.research.checked:
        block = one.block
        yield Testimony(
            name=block.name,
            headline=block.get("headline") or block.get("title") or block.get("speaker"),
            line=block.line,
            field="" if one.key == BODY else one.key,
            claims=tuple(_claims(one, texts, sources)),
            unread=one.unread if one.key == BODY else (),
        )


def _claims(one: Checked, texts: Mapping[str, Original], sources: Mapping[str, Block]) -> Iterator[Claim]:
    read_ones = [texts[name] for name in one.evidence.sources]
    for sentence in followed(one.evidence.text, read_ones):
        held = [verdict for verdict in one.evidence.verdicts if sentence.start <= verdict.fact.start < sentence.end]
        yield Claim(
            phrases=tuple((_told(words), level) for words, level in _phrases(one.evidence.text, sentence, held)),
            findings=tuple((verdict.level, against(verdict, "source")) for verdict in held if verdict.level != "green"),
            passages=tuple(_passages(sentence, texts, sources)),
        )


def _phrases(text: str, sentence: Followed, held: Sequence[Verdict]) -> Iterator[tuple[str, str]]:
    """Part a sentence where its facts begin and end; of facts inside one another the graver is told."""
    levels = [""] * (sentence.end - sentence.start)
    for verdict in sorted(held, key=lambda one: ("green", "amber", "red").index(one.level)):
        for at in range(verdict.fact.start, min(verdict.fact.end, sentence.end)):
            levels[at - sentence.start] = verdict.level
    begin = 0
    for at in range(1, len(levels) + 1):
        if at == len(levels) or levels[at] != levels[begin]:
            yield text[sentence.start + begin : sentence.start + at], levels[begin]
            begin = at


def _told(words: str) -> str:
    """Return words as they are read aloud: of a table its cells."""
    return _CELLS.sub(" · ", words)


def _passages(sentence: Followed, texts: Mapping[str, Original], sources: Mapping[str, Block]) -> Iterator[Passage]:
    for place in sentence.passages:
        original, source = texts[place.source], sources[place.source]
        words = original.text[place.start : place.end] if place.part == "text" else original.title
        named = ", ".join(filter(None, (source.get("outlet"), source.get("title"))))
        yield Passage(source=named or place.source, words=one_line(words))


def _picks(manuscript: Manuscript, store: Store) -> Iterator[Pick]:
    cited = {name for block in manuscript.visible for name in block.all("source")}
    there = {article_number(source) for source in manuscript.of("source") if source.id in cited}
    for article in store.articles.list(ArticleQuery(states=("picked",), limit=_PICKS_MOST)):
        if article.id not in there:
            yield Pick(article=article.id, title=one_line(article.title), outlet=article.outlet)
