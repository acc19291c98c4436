"""What an article says, hashed: two that say the same have the same digest, so no text is read to compare them."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from composer.model import Article

_BYTES = 16
_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Digests:
    """Hashes of an article's words (title, summary, text) and of all that its publisher says."""

    words: bytes
    whole: bytes


def digests(article: Article) -> Digests:
    """Hash an article. Raises UnicodeEncodeError when its words are no Unicode."""
    title, summary, text = article.title, article.summary, article.text
    words = _hashed(f"{len(title)} {len(summary)} {title}{summary}{text}".encode())
    besides = (
        article.url,
        article.outlet,
        article.authors,
        _moment(article.published),
        _moment(article.updated),
        article.lang,
        article.categories,
        article.via,
        article.access,
    )
    files = [(one.url, one.media_type, one.bytes_length) for one in article.enclosures]
    photo = article.picture
    picture = photo and (photo.url, photo.alt, photo.caption, photo.credit)
    return Digests(words, _hashed(words + _ENCODER.encode((besides, files, picture)).encode()))


def _hashed(said: bytes) -> bytes:
    return blake2b(said, digest_size=_BYTES).digest()


def _moment(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None
