"""What went out before an edition: its own words as readers have them, and the subjects of the others.

Proof gets it as a value; what is read here is read from the revisions that were published.
"""

from collections.abc import Iterator, Mapping

from composer.blocks import Manuscript
from composer.cards import CardQuery
from composer.desk.catalogue import CHANNEL, open_catalogue
from composer.desk.sourcing import ArticleOf, articles_behind
from composer.manuscript import load
from composer.model import Edition, Publication
from composer.ports import Store
from composer.proofs.case import Earlier, Past
from composer.settings import Settings

_SUBJECTS_MOST = 100  # two years of a weekly: no inbox threads further back


def past(store: Store, settings: Settings, edition: Edition, manuscript: Manuscript) -> Past:
    """Return what went out before an edition: its own words, and the newest subjects of others.

    The edition that it translates (header `translation_of`) does not count.
    """
    out = store.editions.publication(edition.id, CHANNEL)
    translated = manuscript.get("translation_of")
    return Past(
        subjects=tuple(_subjects(store, settings, edition, translated)),
        published=load(_text(store, out)).manuscript if out else None,
        day=out.published_at.astimezone(settings.timezone).date() if out else None,
    )


def languages(store: Store, manuscript: Manuscript, article_of: ArticleOf | None = None) -> Mapping[str, str]:
    """Return the language of the stored articles that quotations stand on, by the id of their source block.

    `article_of` gives the article behind a source block where the caller has looked them up already.
    """
    behind = article_of or articles_behind(store)
    quoted = {name for block in manuscript.of("quote") for name in block.all("source")}
    blocks = [block for block in manuscript.of("source") if block.id in quoted and not block.get("lang")]
    found = {block.id: article.lang for block in blocks if (article := behind(block))}
    return {name: lang for name, lang in found.items() if lang}


def _subjects(store: Store, settings: Settings, edition: Edition, translated: str) -> Iterator[Earlier]:
    catalogue = open_catalogue(store, settings)
    for card in catalogue.find(CardQuery(besides=edition.id, most=_SUBJECTS_MOST)):
        if translated not in card.names:
            day = card.published.astimezone(settings.timezone).date()
            yield Earlier(subject=card.subject or card.title, edition=card.number, day=day)


def _text(store: Store, out: Publication) -> str:
    return store.editions.revision(out.edition_id, out.revision).text
