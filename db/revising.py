"""What becomes of a kept article when it comes again. Pure; must not know SQL."""

from dataclasses import replace

from composer.model import Article
from db.matching import Arrival


def revised(kept: Article, words: bytes | None, arrival: Arrival) -> Article:
    """Return a kept article as it reads from now on; number, state, first sight and known addresses stay.

    `words` is the hash of what its feed said last. A text that was completed from its page stands until the feed says
    something else, so that a teaser that comes again takes nothing away.
    """
    also = tuple(dict.fromkeys((*kept.also, *arrival.article.also)))
    article = replace(arrival.article, id=kept.id, state=kept.state, first_seen=kept.first_seen, also=also)
    if article.source_id is None and kept.source_id is not None:
        article = replace(article, source_id=kept.source_id, guid=kept.guid)
    if _is_only_the_teaser(kept, words, arrival):
        return _completed(article, kept)
    return article


def is_said_by_its_feed(kept: Article | None, article: Article) -> bool:
    """Say whether this is the feed's own wording: neither its page's nor, for a feed's article, the editor's."""
    by_hand = kept is not None and kept.source_id is not None and article.source_id is None
    return not article.access and not by_hand


def is_reworded(kept: Article, article: Article) -> bool:
    """Say whether a publisher changed the words; completing a teaser from its page does not."""
    completed = bool(article.access and not kept.access) and len(article.text) >= len(kept.text)
    return kept.title != article.title or (kept.text != article.text and not completed)


def _is_only_the_teaser(kept: Article, words: bytes | None, arrival: Arrival) -> bool:
    article = arrival.article
    adopted = kept.source_id is None and article.source_id is not None
    if article.access or not (kept.access or adopted):
        return False
    if adopted or words is None:  # what the feed said before is not known: go by what can be lost
        return len(kept.text) > len(article.text)
    return words == arrival.digests.words


def _completed(article: Article, kept: Article) -> Article:
    return replace(
        article,
        title=kept.title,
        text=max(kept.text, article.text, key=len),
        access=kept.access,
        authors=article.authors or kept.authors,
        lang=article.lang or kept.lang,
        picture=article.picture or kept.picture,
    )
