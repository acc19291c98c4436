"""Whether a source has a name: in a row, shortened, in another script; or misspelt, or put together from two."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from composer.evidence.almanac import MONTHS, WEEKDAYS
from composer.evidence.judgement import Judgement
from composer.evidence.letters import root
from composer.evidence.likeness import nearest
from composer.evidence.names import Name, is_title, trimmed
from composer.evidence.places import group
from composer.evidence.sources import Source, groups, initials, run, shortened, spots
from composer.evidence.texts import Text
from composer.evidence.vocabulary import COMMON_ENDINGS, CONNECTORS, NAMES_LIKE_WORDS, OPENERS, TITLES

_INITIALS_LEAST = 2
_LONG_FORM_LEAST = 3  # two letters stand for too many names
_SENTENCE_CASE_LEAST = 4
_PEOPLE_ENDINGS = ("er", "or", "ist", "man", "woman", "ant", "ian")  # Striker, Pianist, Historian
_TITLE_CASE = 0.7
Span = tuple[int, int]


def is_name(text: Text, name: Name, sources: Sequence[Source]) -> bool:
    """Say whether a capital means a name at all: not where a common word opens a sentence."""
    if is_title(text, name) or _is_calendar(text, name):
        return False
    if name.last - name.first > 1 or not name.opens or _is_short_form(text.raw(name.first)):
        return True
    word = text.folds[name.first]
    return word not in OPENERS and not any(_is_common_there(source, word) for source in sources)


def judge_name(text: Text, name: Name, source: Source) -> Judgement:
    """Look a name up in a source."""
    first, last = trimmed(text, name)
    words = text.folds[first:last]
    found = run(source, words) or _by_another_name(text, (first, last), source) or _within_a_name(source, words)
    if found:
        return _supported(source, found)
    if _is_headline(text, first):
        return _in_a_headline(source, words)
    missing = [index for index in range(first, last) if not _is_there(source, text.folds[index])]
    if missing:
        return _missing(text, name, missing[0], source)
    if any(spots(source, word) for word in words) and _stands_in_parts(source, words):
        longest = max((word for word in words if spots(source, word)), key=len)
        return _supported(source, (spots(source, longest)[0], spots(source, longest)[0] + 1))
    return Judgement(result="recombined", near=_whole_name(source, words[-1]))


def _is_calendar(text: Text, name: Name) -> bool:
    """Say whether a name is a month or a weekday that stands without a day: Jan in a table."""
    word = text.folds[name.first]
    return name.last - name.first == 1 and word != "may" and (word in MONTHS or word in WEEKDAYS)


def without_opener(text: Text, name: Name, sources: Sequence[Source]) -> Name:
    """Leave a common word out that opens the sentence before a name: In London, Striker Hector Bellerin."""
    if not name.opens or name.last - name.first == 1:
        return name
    words = text.folds[name.first : name.last]
    if any(run(source, words) for source in sources) or not _opens_only(words, sources):
        return name
    return replace(name, start=text.starts[name.first + 1], first=name.first + 1, opens=False)


def _opens_only(words: Sequence[str], sources: Sequence[Source]) -> bool:
    """Say whether the first of some words is no part of the name behind it."""
    word = words[0]
    if word in OPENERS:
        return True
    if any(spots(source, word) for source in sources):
        return any(_is_common_there(source, word) and root(word) not in source.firsts for source in sources)
    looks = not word.isascii() or word.endswith(_PEOPLE_ENDINGS) or _looks_common(word)
    return looks and any(run(source, words[1:]) for source in sources)


def _supported(source: Source, found: Span) -> Judgement:
    text = source.text
    return Judgement(result="supported", standing=source.standing(text.starts[found[0]], text.ends[found[1] - 1]))


def _by_another_name(text: Text, span: Span, source: Source) -> Span | None:
    """Return where a name's country, initials or long form stands."""
    words = text.folds[span[0] : span[1]]
    number = group(" ".join(words))
    if number is not None and number in groups(source):
        return groups(source)[number]
    if len(words) == 1 and _is_short_form(text.raw(span[0])):
        return initials(source).get(words[0])
    if len(words) > 1 and not _stands_partly(source, words):
        for letters in shortened(words):
            places = source.places.get(letters, ()) if len(letters) >= _LONG_FORM_LEAST else ()
            at = next((at for at in places if _is_short_form(source.text.raw(at))), None)
            if at is not None:
                return at, at + 1
    return None


def _stands_partly(source: Source, words: Sequence[str]) -> bool:
    """Say whether a source has two of a name's words side by side, or nearly one: then the long form must agree."""
    pairs = (words[at : at + 2] for at in range(len(words) - 1) if words[at] not in CONNECTORS)
    return any(run(source, pair) for pair in pairs) or any(nearest(word, _names_of(source)) for word in words)


def _is_short_form(raw: str) -> bool:
    return len(raw) >= _INITIALS_LEAST and sum(map(str.isupper, raw)) >= _INITIALS_LEAST


def _within_a_name(source: Source, words: Sequence[str]) -> Span | None:
    """Return a name of the source that has these words in this order, with others between them: Donald J. Trump."""
    places = spots(source, words[0]) if len(words) > 1 else ()
    for at in places:
        name = next((name for name in source.names if name.first <= at < name.last), None)
        if name and _follow(source, words[1:], at + 1, name.last):
            return at, name.last
    return None


def _follow(source: Source, words: Sequence[str], at: int, end: int) -> bool:
    for word in words:
        at = next((place + 1 for place in spots(source, word) if at <= place < end), 0)
        if not at:
            return False
    return True


def _is_there(source: Source, word: str) -> bool:
    return word in CONNECTORS or word in TITLES or bool(spots(source, word)) or word.isdigit()


def _missing(text: Text, name: Name, index: int, source: Source) -> Judgement:
    """Judge a name one word of which the source has not."""
    word = text.folds[index]
    opens = name.opens and index == name.first
    near = nearest(word, _names_of(source) if not opens else _sure_names_of(source))
    if near:
        at = source.places[near][0]
        start, end = source.text.starts[at], source.text.ends[at]
        return Judgement(result="misspelt", standing=source.standing(start, end), near=_written(source, at))
    if opens and name.last - name.first == 1 and _looks_common(word):
        return Judgement(result="sentence opener")
    return Judgement(result="unsupported")


def _written(source: Source, at: int) -> str:
    raw = source.text.raw(at)
    return raw[:-2] if raw.endswith(("'s", "’s")) else raw


@lru_cache(maxsize=64)
def _names_of(source: Source) -> tuple[str, ...]:
    words = (source.text.folds[at] for name in source.names for at in range(name.first, name.last))
    return tuple(dict.fromkeys(words))


@lru_cache(maxsize=64)
def _sure_names_of(source: Source) -> tuple[str, ...]:
    """Return words of names that the source never writes small."""
    return tuple(word for word in _names_of(source) if not _is_common_there(source, word))


def _is_common_there(source: Source, word: str) -> bool:
    """Say whether a source writes a word small somewhere."""
    return any(source.text.raw(at).islower() for at in source.places.get(word, ())[:8])


def _looks_common(word: str) -> bool:
    return word.endswith(COMMON_ENDINGS) and word not in NAMES_LIKE_WORDS


def _stands_in_parts(source: Source, words: Sequence[str]) -> bool:
    """Say whether a name falls into parts that each stand by themselves in the source: Spaniard + Hector Bellerin."""
    roots = [root(word) for word in words]
    at = 0
    while at < len(words):
        end = next((end for end in range(len(words), at, -1) if _stands(source, words, roots, (at, end))), at)
        if end == at or _crosses(source, roots, at, end):
            return False
        at = end
    return True


def _stands(source: Source, words: Sequence[str], roots: Sequence[str], part: Span) -> bool:
    at, end = part
    if tuple(roots[at:end]) in source.whole or group(" ".join(words[at:end])) in groups(source):
        return True
    if end - at > 1:
        return False
    word = words[at]
    if word in TITLES or word in CONNECTORS or word.isdigit() or _is_common_there(source, word):
        return True
    return at > 0 and end == len(words) and roots[at] in source.lasts and _are_no_people(source, words[:at])


def _are_no_people(source: Source, words: Sequence[str]) -> bool:
    """Say whether words are offices and countries: what stands before a surname in "UK PM Cameron"."""
    return all(word in TITLES or group(word) in groups(source) for word in words)


def _crosses(source: Source, roots: Sequence[str], at: int, end: int) -> bool:
    """Say whether a first name of one is followed by the surname of another."""
    if end - at > 1 or end >= len(roots):
        return False
    return roots[at] in source.firsts and roots[-1] in source.lasts


def _whole_name(source: Source, word: str) -> str:
    """Return the source's first name of several words that has this word."""
    places = frozenset(spots(source, word))
    held = (
        name for name in source.names if name.last - name.first > 1 and places & frozenset(range(name.first, name.last))
    )
    name = next(held, None)
    return source.words(name.start, name.end) if name else ""


def _is_headline(text: Text, index: int) -> bool:
    """Say whether a word stands in a line of its own where nearly every word has a capital, which then says nothing."""
    start, end = text.sentence(text.sentence_at(text.starts[index]))
    if text.text[max(0, start - 1) : start].strip() or text.text[end : end + 1].strip() or text.text[end - 1] in ".!?…":
        return False
    words = [text.raw(at) for at in range(*text.words_in(start, end))]
    long = [word for word in words if len(word) >= _SENTENCE_CASE_LEAST]
    return len(long) >= _SENTENCE_CASE_LEAST and sum(word[0].isupper() for word in long) >= _TITLE_CASE * len(long)


def _in_a_headline(source: Source, words: Sequence[str]) -> Judgement:
    found = next((spots(source, word) for word in words if spots(source, word)), None)
    return _supported(source, (found[0], found[0] + 1)) if found else Judgement(result="sentence opener")
