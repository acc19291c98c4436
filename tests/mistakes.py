"""Ways in which a summary goes wrong, and ways of saying the same: each gives a text and where it was changed.

The patterns are simple on purpose and share nothing with the check that they try.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from composer.summaries import sentences, summarise

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*(?![\w’'-])")
PERSON = re.compile(r"(?<![.!?:”’\"'] )(?<![\w’'-])[A-Z][a-z]{2,} [A-Z][a-z]{2,}(?![\w’'-]| [A-Z])")
QUOTATION = re.compile(r"“([^“”\n]{20,400})”|\"([^\"\n]{20,400})\"|(?<![\w'])'([A-Z][^'\n]{20,400}[,.!?])'(?!\w)")
TITLES = frozenset(
    re.findall(
        r"\w+",
        """Mr Mrs Ms Dr Sir Prime Minister President Vice Chief Justice Secretary General Foreign Home
        Chancellor Judge King Queen Prince Princess Lord Lady Mayor Governor Senator Captain Colonel Police
        Professor The In On At For But And January February March April May June July August September
        October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr
        Jun Jul Aug Sep Sept Oct Nov Dec Rs New North South East West Saint""",
    )
)
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
UNFIT = re.compile(
    r"(?:than|least|most|nearly|almost|over|under|around|about|some|last|past|aged|age|number|roughly) $"
)
INSERTED = ("really", "never", "often", "always", "hardly", "clearly")


@dataclass(frozen=True)
class Changed:
    """A text after one change; `start` and `end` are where it stands."""

    text: str
    start: int
    end: int
    before: str

    @property
    def after(self) -> str:
        return self.text[self.start : self.end]


Change = Callable[[str, str, str, random.Random], Iterator[Changed]]


def put(text: str, match: re.Match[str], words: str, group: int = 0) -> Changed:
    start, end = match.span(group)
    return Changed(text[:start] + words + text[end:], start, start + len(words), match.group(group))


def digit_changed(text: str, _: str, __: str, rng: random.Random) -> Iterator[Changed]:
    for match in NUMBER.finditer(text):
        digits = [at for at, mark in enumerate(match.group()) if mark.isdigit()]
        at = rng.choice(digits)
        least = 1 if at == 0 else 0
        other = rng.choice([str(digit) for digit in range(least, 10) if str(digit) != match.group()[at]])
        yield put(text, match, match.group()[:at] + other + match.group()[at + 1 :])


def foreign_name(text: str, article: str, other: str, rng: random.Random) -> Iterator[Changed]:
    words = frozenset(re.findall(r"\w+", article.lower()))
    strangers = [
        found.group()
        for found in NAME.finditer(other)
        if not any(word.lower() in words for word in found.group().split()) and not set(found.group().split()) & TITLES
    ]
    for match in NAME.finditer(text):
        if strangers and not set(match.group().split()) & TITLES:
            yield put(text, match, rng.choice(strangers))


def letters_swapped(text: str, _: str, __: str, rng: random.Random) -> Iterator[Changed]:
    for match in NAME.finditer(text):
        word = match.group().split()[-1]
        pairs = [at for at in range(1, len(word) - 1) if word[at] != word[at + 1]]
        if len(word) >= 5 and pairs and word not in TITLES:
            at = rng.choice(pairs)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            yield put(text, match, match.group()[: -len(word)] + swapped)


def names_recombined(text: str, article: str, _: str, rng: random.Random) -> Iterator[Changed]:
    people = {found.group() for found in PERSON.finditer(article) if not set(found.group().split()) & TITLES}
    for match in PERSON.finditer(text):
        first, last = match.group().split()
        others = sorted(
            name.split()[1]
            for name in people
            if name.split()[1] not in {first, last} and f"{first} {name.split()[1]}" not in article
        )
        if match.group() in people and others:
            yield put(text, match, f"{first} {rng.choice(others)}")


def quotation_altered(text: str, _: str, __: str, rng: random.Random) -> Iterator[Changed]:
    for match in QUOTATION.finditer(text):
        group = match.lastindex or 1
        if match.group(group)[0] in " ,":
            continue  # between two quotations
        words = match.group(group).split(" ")
        if len(words) < 5:
            continue
        at = rng.randrange(1, len(words) - 1)
        yield put(text, match, " ".join([*words[:at], rng.choice(INSERTED), *words[at:]]), group)
        yield put(text, match, " ".join([*words[:at], *words[at + 1 :]]), group)
        yield put(text, match, " ".join([*words[:at], "umbrella", *words[at + 1 :]]), group)


def said_otherwise(text: str, _: str, __: str, rng: random.Random) -> Iterator[Changed]:
    """Say the same figure or quotation in other ways."""
    for pattern, words in (
        (r"(\d)(%)", r"\1 percent"),
        (r"(\d)(%)", r"\1 per cent"),
        (r"(\d) (per ?cent)\b", r"\1%"),
        (r"(\d) billion\b", r"\1bn"),
        (r"(\d)bn\b", r"\1 billion"),
        (r"(\d) million\b", r"\1m"),
        (r"(?<=[$£€])(\d+(?:\.\d+)?)m\b", r"\1 million"),
        (r"(?<![\d,.])(\d{1,3}),(\d{3})(?![\d,]|\.\d)", r"\1\2"),
        (r"(?<![\d,.])([3-9])(\d{3})(?![\d,]|\.\d)(?= [a-z])", r"\1,\2"),
    ):
        for match in re.finditer(pattern, text):
            yield put(text, match, match.expand(words))
    for match in re.finditer(r"(?<![\w.,$£€-])([3-9]|1[0-2])(?= [a-z])", text):
        yield put(text, match, WORDS[int(match.group())])
    for match in re.finditer(r"(?<!-)\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?= [a-z])", text):
        yield put(text, match, str(WORDS.index(match.group())))
    yield from _quoted_otherwise(text, rng)


def _quoted_otherwise(text: str, rng: random.Random) -> Iterator[Changed]:
    for match in QUOTATION.finditer(text):
        words = match.group(match.lastindex or 1).split(" ")
        if words[0] in {"", ","}:
            continue
        for opening, closing in ("“”", "«»", '""'):
            yield put(text, match, f"{opening}{' '.join(words)}{closing}")
        if len(words) >= 8:
            at = rng.randrange(2, len(words) - 4)
            yield put(text, match, f"“{' '.join(words[:at])} … {' '.join(words[at + 2 :])}”")


def rounded(text: str, _: str, __: str, ___: random.Random) -> Iterator[Changed]:
    for match in re.finditer(r"(?<=[a-z] )[1-9]\d{1,5}(?=(?: [a-z]|%))", text):
        number = int(match.group())
        unit = 10 ** (len(match.group()) - 1)
        near = round(number / unit) * unit
        if near != number and not 1900 <= number <= 2100 and not UNFIT.search(text[: match.start()]):
            yield put(text, match, f"about {near}")


WRONG: dict[str, tuple[Change, float]] = {
    "changed digit": (digit_changed, 0.97),
    "foreign name": (foreign_name, 0.97),
    "misspelt name": (letters_swapped, 0.97),
    "altered quotation": (quotation_altered, 0.98),
    "recombined name": (names_recombined, 0.85),
}
RIGHT: dict[str, Change] = {"figures and quotations said otherwise": said_otherwise, "about N": rounded}


def extracts(article: str, rng: random.Random) -> Iterator[str]:
    """Make three faithful extracts: a summary, three sentences in a row, and sentences from here and there."""
    found = sentences(article)
    yield summarise(article, 60).text
    at = rng.randrange(max(1, len(found) - 2))
    yield article[found[at].start : found[min(at + 2, len(found) - 1)].end]
    apart = [one for one in found if not one.quoted and one.words.count("“") == one.words.count("”")]
    yield " ".join(one.words for one in apart[rng.randrange(3) :: 4][:4])
