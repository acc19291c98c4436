"""An edition beside its sources: which stored article each source block means, and the evidence for every block.

What is checked are figures, dates, names and quotations. The proof gets the result as a value; it reads no store.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from composer.blocks import Block, Manuscript
from composer.commissions import Flag
from composer.desk.sourcing import ArticleOf, article_behind, articles_behind
from composer.evidence import check, check_quotation, ledger
from composer.facts import Evidence, LedgerEntry, Original, Verdict, Written
from composer.model import Article
from composer.ports import Store
from composer.proofs.case import BODY, Checked, Research
from composer.proofs.reading import read as read_body
from composer.text import count_words, one_line

_BODIES = ("brief", "link", "view", "figure")
_FIELDS = (("brief", "headline"), ("link", "headline"), ("figure", "title"), ("figure", "alt"), ("quote", "speaker"))
_COUNTED = ("number", "percent", "money")  # what a figure is checked for; its other words describe the drawing
_TEASER_WORDS = 100  # some feeds give the whole story as its summary
_LEDGER_FIELDS = ("headline", "title", "alt", "dek")
_LEDGER_KINDS = ("lede", "prose", "brief", "link", "view", "quote", "figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cited:
    """What a block's sources come to: those that can be read, and the ids of those that cannot."""

    originals: tuple[Original, ...]
    unread: tuple[str, ...]


def original(store: Store, source: Block) -> Original | None:
    """Return the stored text that a source block means, or None when there is none, or no more than a teaser.

    The article is read as it stood when it was chosen. This is the one place that reads a stored text for evidence.
    """
    return _original(store, source, article_behind(store, source))


def _original(store: Store, source: Block, found: Article | None) -> Original | None:
    article = found and _as_chosen(store, found)
    if article is None or _is_teaser(article):
        return None
    return _read(article, source.id, (source.get("outlet"), *source.all("author")))


def originals(store: Store, manuscript: Manuscript, article_of: ArticleOf | None = None) -> dict[str, Original]:
    """Return the text of every source block that is stored, by its id; `article_of` as for `research`."""
    behind = article_of or articles_behind(store)
    blocks = (block for block in manuscript.of("source") if block.id)
    found = ((block.id, _original(store, block, behind(block))) for block in blocks)
    return {name: one for name, one in found if one}


def research(store: Store, manuscript: Manuscript, article_of: ArticleOf | None = None) -> Research:
    """Return the evidence for every block that stands on a source, and the edition's ledger of figures.

    `article_of` gives the article behind a source block where the caller has looked them up already.
    """
    read = originals(store, manuscript, article_of)
    return Research(checked=tuple(examined(manuscript, read)), ledger=_ledger(manuscript, read), originals=read)


def flags(words: str, articles: Sequence[Article]) -> tuple[Flag, ...]:
    """Return what articles have against a summary of them, as a language model and its editor are told it."""
    verdicts = check(words, [_read(article) for article in articles]).verdicts
    return tuple(Flag(level=one.level, message=against(one)) for one in verdicts if one.level != "green")


def figures(store: Store, manuscript: Manuscript) -> tuple[LedgerEntry, ...]:
    """Return every figure of an edition and of its sources, with each place where it stands."""
    return _ledger(manuscript, originals(store, manuscript))


def _as_chosen(store: Store, article: Article) -> Article:
    kept = store.articles.snapshot(article.id)
    return replace(article, title=kept.title, text=kept.text, published=kept.published) if kept else article


def _read(article: Article, name: str = "", about: Iterable[str] = ()) -> Original:
    names = dict.fromkeys((article.outlet, *article.authors, *about))
    return Original(
        id=name or str(article.id),
        text=article.text,
        title=article.title,
        about=tuple(filter(None, names)),
        published=article.published.date() if article.published else None,
    )


def against(verdict: Verdict, whose: str = "article") -> str:
    """Say what speaks against a fact; `whose` words stand there instead, where something comes close."""
    there = f"; the {whose} has “{one_line(verdict.near)}”" if verdict.near else ""
    return f"{verdict.fact.kind} “{one_line(verdict.fact.words)}”: {verdict.result}{there}"


def _is_teaser(article: Article) -> bool:
    """Say whether all that is stored is a few words that the feed gave as a summary."""
    teaser = article.text.strip() in {"", article.summary.strip()}
    return teaser and count_words(article.text) < _TEASER_WORDS


def examined(manuscript: Manuscript, found: dict[str, Original], *, strict: bool = False) -> Iterator[Checked]:
    """Yield every block that stands on a source beside what `originals` found; `strict` as for `evidence.check`."""
    for block in manuscript.visible:
        names = block.all("source")
        cited = _Cited(
            originals=tuple(found[name] for name in names if name in found),
            unread=tuple(name for name in names if name not in found),
        )
        for key, evidence in (
            _looked_up(block, cited.originals, strict=strict) if cited.originals or cited.unread else ()
        ):
            held = _counted(evidence) if block.kind == "figure" else evidence
            yield Checked(block=block, key=key, evidence=held, unread=cited.unread)


def _counted(evidence: Evidence) -> Evidence:
    return replace(evidence, verdicts=tuple(one for one in evidence.verdicts if one.fact.kind in _COUNTED))


def _looked_up(block: Block, sources: Sequence[Original], *, strict: bool) -> Iterator[tuple[str, Evidence]]:
    for kind, key in _FIELDS:
        if block.kind == kind and block.get(key):
            yield key, check(block.get(key), sources)
    if block.kind == "quote" or (block.kind == "pullquote" and block.get("origin") == "speaker"):
        yield BODY, check_quotation(read_body(block.body).words, sources)
    elif block.kind in _BODIES and block.body.strip():
        yield BODY, check(read_body(block.body).words, sources, strict=strict)


def _ledger(manuscript: Manuscript, found: dict[str, Original]) -> tuple[LedgerEntry, ...]:
    texts = [one for one in found.values() if _is_cited(manuscript, one.id)]
    sources = [Written(where=one.id, kind="source", text=f"{one.title}\n\n{one.text}") for one in texts]
    return ledger([*_written(manuscript), *sources])


def _is_cited(manuscript: Manuscript, name: str) -> bool:
    return any(name in block.all("source") for block in manuscript.visible)


def _written(manuscript: Manuscript) -> Iterator[Written]:
    """Yield the edition's own words, each passage with its line."""
    for key in ("title", "dek"):
        if manuscript.get(key):
            yield Written(where=key, kind="edition", text=manuscript.get(key), line=manuscript.line_of(key))
    for block in manuscript.of(*_LEDGER_KINDS):
        for key in _LEDGER_FIELDS:
            if block.get(key):
                yield Written(where=block.name, kind="edition", text=block.get(key), line=block.line_of(key))
        for passage in read_body(block.body).passages:
            line = (block.body_line or block.line) + passage.line
            yield Written(where=block.name, kind="edition", text=passage.words, line=line)
