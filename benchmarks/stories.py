"""How well stories are told apart: precision and recall on the sample newsletter, its copies and pairs written for it.

Run it by hand: `.venv/bin/python benchmarks/stories.py`. Nothing here passes or fails; nothing is random.
"""

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from composer.app import open_newsroom
from composer.desk.choosing.stories import sketch, stories
from composer.model import Article, ArticleQuery

CURRENTS = str(Path(sys.executable).parent / "currents")
NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
SCALE = 10_000
SOURCES = 300

# Reports of one event two by two, by writers who did not read one another.
REPORTS = """
The night ferry from Poti turned back on Sunday after water came into its engine room. All 61 passengers
walked ashore unhurt before dawn. The harbour master said that a cooling pipe had burst and that the ship had
been inspected only in January. It will not sail again this month.

Sixty-one people spent part of Sunday night in life jackets when a ferry bound for the west bank began to take
in water twenty minutes out of Poti. The captain brought her round by himself. Engineers who went below found
a split pipe; the owner expects a month of repairs.

Teachers in the three mountain districts stopped work on Monday over wages that have not been paid since
November. The regional treasury blames a new payment system. The union says that 480 teachers will stay at
home until the money is in their accounts.

School bells stayed silent in the mountains at the start of the week. Nearly five hundred teachers, unpaid for
a third month, refused to enter their classrooms. A treasury official told parents that software was at fault
and promised transfers by Friday.

The city council voted 19 to 14 to sell the old tram depot to a developer who plans flats and a supermarket.
Opponents had collected 12,000 signatures for a museum. The mayor said that the roof alone would cost more
than the city spends on libraries in a year.

After five hours of shouting, councillors agreed to let the tram depot go. Where the first electric cars were
mended in 1912 there will be apartments above a grocery. People who wanted a museum there, and had signed in
their thousands, left the gallery singing.

Wheat was quoted at 231 dollars a tonne on Wednesday, the highest price since the spring of last year, after a
dry March on the steppe. Millers in the port towns said that bread would follow within weeks. The ministry
ruled out limits on export.

A rainless month has frightened the grain trade. Buyers paid 231 dollars for a tonne of wheat at midweek, and
bakers by the sea warned their customers of dearer loaves before summer. Officials insist that ships may go on
loading as they please.

A court in the capital acquitted the editor of a weekly paper who had printed the salaries of eleven judges.
The prosecutor had asked for a fine. The judgment says that what public servants earn is the public's affair.

Printing what judges are paid is no offence, a court found on Thursday. The weekly's editor, who faced a fine
for a table of eleven names and figures, shook hands with the prosecutor and said that next week's table would
be of ministers.

Archaeologists have found a wooden water main under the bazaar, laid from hollowed larch trunks some time
before 1750. Forty metres are whole. The bazaar's drains will be led around it, which costs the city three
weeks and the traders a row of stalls.

Workmen digging a drain beneath the market hit larch pipes that carried water two and a half centuries ago.
Stallholders grumbled about the delay until the first trunk came up with its iron rings on. Then they brought
their children to look.
"""
TOPICS = ("harbour", "salt", "bridge", "railway", "wheat", "heating", "school", "court", "river", "border")
HEADS = ("Night on the {0}", "What the {0} costs", "Letter from the {0} office", "The {0} and its keepers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article, which story it tells and how it came to be."""

    article: Article
    story: int
    kind: str


def originals() -> list[Article]:
    """Return every article of the sample newsletter that has at least 20 words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "sample"
        subprocess.run([CURRENTS, "demo", str(folder)], check=True, capture_output=True)
        with open_newsroom(str(folder)) as room:
            every = room.store.articles.list(ArticleQuery(limit=1000))
    return [one for one in every if len(one.text.split()) >= 20]  # noqa: PLR2004 (as sketches have it)


def _some_words_changed(text: str, share: float) -> str:
    chance = random.Random(text)  # noqa: S311 (an experiment, not a secret)
    return " ".join(word if chance.random() > share else f"{word[::-1]}a" for word in text.split())


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def _paragraphs_turned(text: str) -> str:
    return "\n\n".join(reversed(text.split("\n\n")))


def _opening(text: str, share: float) -> str:
    words = text.split()
    return " ".join(words[: max(1, round(len(words) * share))])


def _retyped(text: str) -> str:
    return text.translate(str.maketrans("“”’–—\u00a0", '""\'-- ')).upper()


def _amp(article: Article) -> Article:
    link = article.url.replace("https://", "http://m.").rstrip("/") + "/amp?utm_source=rss"
    return replace(article, url=link, text="", summary="")


KINDS: Mapping[str, Callable[[Article], Article]] = {
    "word for word, other headline": lambda one: replace(one, title="In brief: what we read this week"),
    "agency line before it": lambda one: replace(one, text=f"BATUMI, 6 March (Agency) – {one.text} Agency, 2026."),
    "other typography": lambda one: replace(one, text=_retyped(one.text)),
    "1 word in 33 changed": lambda one: replace(one, text=_some_words_changed(one.text, 0.03)),
    "1 word in 10 changed": lambda one: replace(one, text=_some_words_changed(one.text, 0.10)),
    "1 word in 5 changed": lambda one: replace(one, text=_some_words_changed(one.text, 0.20)),
    "paragraphs in another order": lambda one: replace(one, text=_paragraphs_turned(one.text)),
    "first half": lambda one: replace(one, text=_opening(one.text, 0.5)),
    "two sentences": lambda one: replace(one, text=" ".join(_sentences(one.text)[:2])),
    "headline alone, other link": lambda one: replace(one, text="", summary=""),
    "mobile page, no text": _amp,
}
BY_LINK = "mobile page, no text"


def sample(articles: Sequence[Article]) -> Iterator[Case]:
    """Yield the labelled sample: originals, copies, independent reports and a digest, each of its own source."""
    for story, article in enumerate(articles):
        yield Case(article=article, story=story, kind="original")
        for number, (kind, change) in enumerate(KINDS.items()):
            changed = change(article)
            link = changed.url if kind == BY_LINK else f"https://o{number}.example.net/{story}"
            yield Case(article=replace(changed, url=link), story=story, kind=kind)
    story = len(articles)
    for text in REPORTS.strip().split("\n\n"):
        title = " ".join(text.split()[3:10])
        report = Article(guid="", title=title, url=f"https://r.example.net/{story}", text=text, published=NOON)
        yield Case(article=report, story=story, kind="report")
        story += 1
    digest = Article(guid="", title="The week", text="\n\n".join(one.text for one in articles[:4]), published=NOON)
    yield Case(article=replace(digest, url="https://d.example.net/week"), story=story, kind="digest of four")


def numbered(cases: Sequence[Case]) -> list[Case]:
    """Give every case a number, a source and an outlet of its own."""
    return [
        replace(
            case,
            article=replace(
                case.article,
                id=number,
                guid=str(number),
                source_id=number,
                outlet=f"Outlet {number}",
                published=NOON,
                state="new",
            ),
        )
        for number, case in enumerate(cases, 1)
    ]


def quality(cases: Sequence[Case]) -> None:
    """Print precision and recall over all pairs, and recall by kind of copy."""
    told = stories([one.article for one in cases], {one.article.id: sketch(one.article.text) for one in cases})
    place = {one.id: number for number, story in enumerate(told) for one in story.articles}
    kinds = {one.article.id: one.kind for one in cases}
    truth = {one.article.id: one.story for one in cases}
    together = {pair for story in told for pair in combinations(sorted(one.id for one in story.articles), 2)}
    wanted = {pair for pair in combinations(sorted(truth), 2) if truth[pair[0]] == truth[pair[1]]}
    right = together & wanted
    print(f"{len(cases)} articles, {len(set(truth.values()))} stories, {len(wanted):,} pairs to find")
    print(f"precision {len(right) / len(together):.4f} ({len(together - wanted)} false pairs)")
    print(f"recall    {len(right) / len(wanted):.4f}")
    for kind in KINDS:
        these = [one for one in cases if one.kind == kind]
        home = {one.story: one.article.id for one in cases if one.kind == "original"}
        found = sum(place.get(one.article.id, -1) == place.get(home[one.story], -2) for one in these)
        print(f"  {kind:<34}{found:>3} of {len(these)}")
    reports = [one.article.id for one in cases if one.kind == "report"]
    pairs = list(zip(reports[::2], reports[1::2], strict=True))
    linked = sum(place.get(one, -1) == place.get(other, -2) for one, other in pairs)
    print(f"  independent reports of one event  {linked:>3} of {len(pairs)} (not looked for)")
    for one, other in sorted(together - wanted)[:8]:
        print(f"  false: {kinds[one]} of story {truth[one]} with {kinds[other]} of story {truth[other]}")


def speed(articles: Sequence[Article]) -> None:
    """Print how long 10,000 articles of the sample's words take, a fifth of them copies."""
    chance = random.Random(7)  # noqa: S311 (as above)
    words = [word for one in articles for word in one.text.split()]
    many: list[Article] = []
    while len(many) < SCALE:
        start = chance.randrange(len(words))
        text = " ".join(chance.sample(words, chance.randrange(40, 800)))
        copies = 2 if chance.random() < 0.1 else 1  # noqa: PLR2004 (a tenth is told twice)
        title = f"{chance.choice(HEADS).format(chance.choice(TOPICS))} {start}"
        for source in chance.sample(range(1, SOURCES + 1), copies):
            number = len(many) + 1
            when = NOON - timedelta(minutes=chance.randrange(20_000))
            link = f"https://s{source}.example.org/2026/{number}?utm_source=rss"
            many.append(
                Article(id=number, source_id=source, guid=link, url=link, title=title, text=text, published=when)
            )
    begun = time.process_time()
    sketches = {one.id: sketch(one.text) for one in many}
    drawn = time.process_time()
    told = stories(many, sketches)
    done = time.process_time()
    print(f"{len(many):,} articles, {len(told):,} stories found")
    print(f"  sketching, once an article      {(drawn - begun) / len(many) * 1000:.2f} ms each")
    print(f"  finding stories, every time     {done - drawn:.2f} s of processor time")


def main() -> None:
    """Print the table."""
    articles = originals()
    quality(numbered(list(sample(articles))))
    speed(articles)


main()
