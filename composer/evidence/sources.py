"""A source, read and indexed: where every word, figure, date and name of it stands. Kept for the next text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from composer.evidence.dates import Moment, moments
from composer.evidence.figures import Figure, figures
from composer.evidence.letters import key, root, spelling
from composer.evidence.names import Name, names, trimmed
from composer.evidence.places import WORDS_MOST, group
from composer.evidence.texts import Text, quoted_words, read
from composer.evidence.vocabulary import CONNECTORS, OPENERS, TITLES
from composer.facts import Original, Standing

_KEPT = 64
_KEY_LEAST = 4
_NAME_WORDS_MOST = 8
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """A source and its indexes. `text` is what is about it (title, outlet, authors) and then its own text."""

    original: Original
    text: Text
    offset: int  # where its own text begins
    figures: tuple[Figure, ...]
    moments: tuple[Moment, ...]
    names: tuple[Name, ...]
    places: dict[str, list[int]]  # folded word → indexes, ascending
    roots: dict[str, list[int]]  # the same for words without their endings
    whole: frozenset[Words]  # names that stand by themselves, as roots
    firsts: frozenset[str]  # first words of names of several
    lasts: frozenset[str]  # their last words
    named: frozenset[str]  # every word of a name, as a root
    quoted: frozenset[int]  # words inside quotations

    def standing(self, start: int, end: int) -> Standing:
        """Return a span of `text` as a place in the original."""
        if end <= self.offset:
            return Standing(source=self.original.id, part="about")
        return Standing(source=self.original.id, start=start - self.offset, end=end - self.offset)

    def words(self, start: int, end: int) -> str:
        """Return a span of `text` as it is written."""
        return self.text.text[start:end]


@lru_cache(maxsize=_KEPT)
def index(original: Original) -> Source:
    """Read a source and make its indexes."""
    before = "\n".join(part for part in (original.title, *original.about) if part)
    before += "\n\n" if before else ""
    text = read(before + original.text)
    found = moments(text)
    named = names(text, found)
    several = [tuple(root(text.folds[at]) for at in range(*trimmed(text, name))) for name in named]
    return Source(
        original=original,
        text=text,
        offset=len(before),
        figures=figures(text),
        moments=found,
        names=named,
        places=_positions(text.folds),
        roots=_positions([root(word) for word in text.folds]),
        whole=frozenset(part for name in named for part in _parts(text, name)),
        firsts=frozenset(words[0] for words in several if len(words) > 1),
        lasts=frozenset(words[-1] for words in several if len(words) > 1),
        named=frozenset(root(text.folds[at]) for name in named for at in range(name.first, name.last)),
        quoted=quoted_words(text),
    )


def spots(source: Source, folded: str) -> list[int]:
    """Return where a word stands: as it is, in another number or case, in another spelling or script."""
    if found := source.places.get(folded):
        return found
    if folded.isascii():
        for other in (f"{folded}s", folded.removesuffix("s"), folded.removesuffix("es")):
            if found := source.places.get(other):
                return found
    elif found := source.roots.get(root(folded)):
        return found
    return _sounding(source, folded) or _alike(source, folded)


def run(source: Source, words: Sequence[str]) -> tuple[int, int] | None:
    """Return the first place where words stand in a row: first word, one past the last."""
    following = [frozenset(spots(source, word)) for word in words[1:]]
    for at in spots(source, words[0]) if words else ():
        if all(at + step in there for step, there in enumerate(following, 1)):
            return at, at + len(words)
    return None


@lru_cache(maxsize=_KEPT)
def groups(source: Source) -> dict[int, tuple[int, int]]:
    """Return the countries, peoples and cities that a source names, each with the words where it does so first."""
    folds = source.text.folds
    found: dict[int, tuple[int, int]] = {}
    for at in range(len(folds)):
        for count in range(WORDS_MOST, 0, -1):
            number = group(" ".join(folds[at : at + count])) if at + count <= len(folds) else None
            if number is not None and (not folds[at].isascii() or not source.text.raw(at).islower()):
                found.setdefault(number, (at, at + count))
    return found


@lru_cache(maxsize=_KEPT)
def initials(source: Source) -> dict[str, tuple[int, int]]:
    """Return the initials of every name of several words, and of every part of it: WHO, ECHR."""
    return {letters: span for name in source.names for letters, span in _initials(source.text, name)}


def shortened(words: Sequence[str]) -> tuple[str, str]:
    """Return a name's initials, without and with its small words."""
    own = "".join(word[0] for word in words if word and word not in CONNECTORS and word != "and")
    return own, "".join(word[0] for word in words if word)


def _positions(words: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word, []).append(at)
    return places


def _parts(text: Text, name: Name) -> Iterator[Words]:
    """Yield a name as roots: whole, without titles, and what stands between its small words and titles."""
    words = [text.folds[at] for at in range(name.first, name.last)]
    yield tuple(map(root, words))
    yield tuple(root(text.folds[at]) for at in range(*trimmed(text, name)))
    if name.opens and words[0] in OPENERS:
        yield tuple(map(root, words[1:]))
    part: list[str] = []
    for word in [*words, ""]:
        if word and word not in CONNECTORS and word not in TITLES:
            part.append(root(word))
        elif part:
            yield tuple(part)
            part = []


def _initials(text: Text, name: Name) -> Iterator[tuple[str, tuple[int, int]]]:
    last = min(name.last, name.first + _NAME_WORDS_MOST)
    for first in range(name.first, last):
        for end in range(first + 2, last + 1):
            for letters in shortened(text.folds[first:end]):
                yield letters, (first, end)


@lru_cache(maxsize=_KEPT)
def _keys(source: Source) -> dict[str, list[int]]:
    """Index the words of names by sound; a script without capitals is indexed whole."""
    found: dict[str, list[int]] = {}
    for folded, places in source.places.items():
        if root(folded) in source.named or not folded.isascii():
            found.setdefault(key(folded), []).extend(places)
    return found


@lru_cache(maxsize=_KEPT)
def _spellings(source: Source) -> dict[str, list[int]]:
    return {spelling(folded): source.places[folded] for folded in source.named if folded in source.places}


@lru_cache(maxsize=_KEPT)
def _is_latin(source: Source) -> bool:
    return all(map(str.isascii, source.named))


def _sounding(source: Source, folded: str) -> list[int]:
    """Return where a name stands in another script, or in another spelling of the same sounds."""
    if folded.isascii() and (found := _spellings(source).get(spelling(folded))):
        return found
    if folded.isascii() and _is_latin(source):
        return []
    sound = key(folded)
    return sorted(_keys(source).get(sound, [])) if len(sound) >= _KEY_LEAST else []


def _alike(source: Source, folded: str) -> list[int]:
    """Return where the country, people or city that a word stands for is named otherwise."""
    number = group(folded)
    if number is None or number not in groups(source):
        return []
    return [groups(source)[number][0]]
