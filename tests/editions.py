"""A whole edition that uses every kind of block, and the settings it is printed with."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from makers import block

from composer.blocks import Block, Field, Manuscript
from composer.model import Print
from composer.rendering import Issue, arrange
from composer.settings import Settings

THEMES = Path(__file__).resolve().parent.parent / "templates"
URL = "https://news.example.org/editions/the-last-salt-train/"
PUBLISHED = datetime(2026, 3, 6, 6, 0, tzinfo=UTC)


def settings(**changes: Any) -> Settings:
    given = {
        "root": Path(),
        "name": "Undertow",
        "tagline": "One story a week on what moves beneath the news",
        "base_url": "https://news.example.org",
        "language": "en",
        "timezone": ZoneInfo("UTC"),
        "tag_authority": "news.example.org",
        "tag_year": 2026,
        "tag_name": "undertow",
        "from_name": "Undertow",
        "from_address": "desk@news.example.org",
        "reply_to": "",
        "postal_address": "Undertow, 1 Example Street, 0105 Tbilisi, Georgia",
        "unsubscribe_url": "https://news.example.org/leave?who={{ subscriber }}&list=1",
        "privacy_url": "https://news.example.org/privacy",
        "corrections_url": "https://news.example.org/corrections",
        "reason": "",
        "profile": "coda-currents",
        "theme": "currents",
        "contact": "",
        "timeout_seconds": 20.0,
        "bytes_most": 15_000_000,
        "connections": 16,
        "private_hosts": (),
        "feed_items": 20,
    }
    return Settings(**{**given, **changes})


PRINTS = {
    "photos/siding.jpg": Print(
        src="photos/siding.jpg", url=f"{URL}siding-1a2b.jpg", media_type="image/jpeg", width=1200, height=720
    ),
    "photos/ledger.jpg": Print(
        src="photos/ledger.jpg", url=f"{URL}ledger-3c4d.jpg", media_type="image/jpeg", width=1200, height=800
    ),
    "photos/narrow.jpg": Print(
        src="photos/narrow.jpg", url=f"{URL}narrow-9f9f.jpg", media_type="image/jpeg", width=280, height=360
    ),
}

HEADER = {
    "format": "coda-edition/1",
    "number": "12",
    "lang": "en",
    "title": "The last salt train",
    "dek": "A railway that carried one mineral for ninety years has changed its cargo. What it carries now is a promise, and promises weigh more.",
    "subject": "The railway that stopped carrying salt",
    "preheader": "Also inside: who pays for a drought, and a port that sells the same berth twice.",
    "byline": ("Nino Example", "Sam Sample"),
    "dateline": "Marsh Halt",
    "date": "2026-03-06",
    "tags": ("Railways", "Trade", "Water"),
    "hero": "siding",
    "ai": "assisted",
    "ai_note": "The three news summaries were first drafted with a language model; Nino Example checked every figure and every quotation against the sources.",
}


def every_kind() -> Manuscript:
    """Return about 1,300 words in every kind of block."""
    header = tuple(Field(key=key, value=value) for key, value in HEADER.items())
    return Manuscript(header=header, blocks=(*_essay(), *_news(), *_foot(), *_sources()))


def issue(manuscript: Manuscript | None = None, **changes: Any) -> Issue:
    """Return an edition laid out, with its photos developed."""
    told = manuscript or every_kind()
    return arrange(told, settings(**changes), prints=PRINTS, url=URL, published=PUBLISHED)


def with_header(manuscript: Manuscript, **header: Any) -> Manuscript:
    kept = tuple(item for item in manuscript.header if item.key not in header)
    return replace(manuscript, header=(*kept, *(Field(key=key, value=value) for key, value in header.items())))


def kinded(name: str, body: str, kind: str, **values: Any) -> Block:
    """Return a block that has a field called `kind`, as figures and corrections have."""
    made = block(name, body, **values)
    return replace(made, fields=(Field(key="kind", value=kind), *made.fields))


def _essay() -> tuple[Any, ...]:
    return (
        block(
            "lede",
            "At six in the morning the points at Marsh Halt still freeze, and somebody still has to walk out with a lamp and a kettle to free them. On the first Friday of February that somebody was Tamar Example, who is sixty-one. She poured, waited, and waved through a train of forty empty wagons. Two thousand kilometres to the south, in a conference hall with a borrowed carpet, a minister was unveiling a map on which her siding had become a *corridor*.",
        ),
        block(
            "prose",
            "Nobody in the hall had asked what the corridor would carry. For ninety years the answer was salt: grey, damp, sold by the wagon to dairies and road departments on both sides of the border. The last load left in November. The company that dug it out of the marsh could no longer pay for the pumps, and the pumps are what keep the marsh a mine and not a lake.\n\n"
            "What replaced the salt is harder to weigh. Since the autumn, three governments have signed [four separate declarations](https://wire.example.org/declarations?a=1&b=2) about the line. They speak of resilience, of routes that go around other people’s wars, of a **middle way** between blocks. The wagons, for now, go south empty and come back empty, so that the timetable can be shown to visitors.",
        ),
        block(
            "photo",
            block_id="siding",
            src="photos/siding.jpg",
            alt="A single-track railway siding under snow at dawn; a woman with a lamp stands beside the points.",
            caption="Tamar Example frees the points at Marsh Halt, where the last salt was loaded in November.",
            credit="Ana Example/POOL/Example Pictures via Sample Agency",
        ),
        block("subhead", "Paper travels faster than freight"),
        block(
            "prose",
            "Its real cargo is paper. A declaration needs no wagons, no border crew and no pumps, and it can be signed again next year. Officials who would not put their names to this sentence agreed with it at once. One of them keeps the drafts in a cabinet, in order of how many times the word *strategic* occurs; the winner has thirty-one.\n\n"
            "That is not to say that the paper is worthless. Along the line, people have begun to act as if it were true:\n\n"
            "- a bakery in the junction town has taken out a loan for a second oven;\n- the technical school teaches signalling again, after eleven years;\n- land beside the old customs shed has doubled in price, and doubled again.\n\n"
            "None of these things needs a train. All of them need people to go on believing that one is coming. Economists have a cheerful word for this, *expectations*, and a gloomy one, which is the same word said in the evening.",
        ),
        block(
            "pullquote",
            "A timetable is a promise with a clock in it. Break the promise and the clock goes on.",
            origin="display",
        ),
        block(
            "prose",
            "The marsh keeps its own time. Without the pumps the water rises a hand’s breadth a month. By summer it will reach the loading ramp; by the following spring, if nothing is done, the rails. The engineers’ report that says so is eleven pages long, has been public since October, and had been downloaded nine times when we looked.",
        ),
        block(
            "quote",
            "You cannot declare a swamp dry. I have tried it with my own cellar, and I had better lawyers than they do.",
            speaker="Giorgi Sample",
            role="hydrologist at the regional water board",
            source="board-interview",
        ),
        block(
            "prose",
            "There is a version of this story in which everybody is right. The ministers are right that a country with one road out is not quite a country. The bank is right that a railway without freight is a very long bench. And the woman with the kettle is right that somebody ought to decide, because the kettle is hers, and so, it turns out, is the lamp: the railway stopped issuing them in 2019.",
        ),
        block(
            "photo",
            src="photos/ledger.jpg",
            alt="Two pages of a loading ledger in blue ink; the last line is dated the ninth of November.",
            caption="The loading ledger at Marsh Halt. The last entry is for a single wagon.",
            credit="Ana Example",
        ),
        block("subhead3", "What the bank saw"),
        block(
            "prose",
            "In January a delegation came to see for itself. It was shown the map, the school and the bakery, in that order, and then, because the car had to turn somewhere, the ramp. The head of the delegation asked how deep the water was. *It depends,* said the guide, *on what you would like to put in it.*\n\n"
            "**Why it matters:** if a corridor can be built from signatures alone, others will sign. There are already nine such lines on the maps of the region, and freight on three.",
        ),
        block(
            "quote",
            "We will ship by it on the day it ships.",
            anonymous="yes",
            role="A trader in the port",
            reason="he still sells to both sides",
            **{"translated-by": "Lika Sample"},
        ),
        block("divider"),
        block(
            "view",
            "A line that runs empty can be filled in a year; a line that was lifted cannot. Keeping forty wagons moving for the cameras costs less than relaying a single kilometre, and the school, the oven and the signals are real.",
            role="room-for-disagreement",
            name="Dato Example",
            source="harbour",
        ),
    )


def _news() -> tuple[Any, ...]:
    return (
        block("section", "In other news"),
        block(
            "brief",
            "River levels fell for a fourth winter, and for the first time the upstream reservoirs were not asked to make up the difference. A court ruled in December that the old sharing agreement had lapsed when one of its signatories changed its name. In a survey that the paper cites, 62% of farmers said they would plant less.",
            block_id="water",
            headline="Who pays for a drought that nobody signed for",
            source="steppe-water",
            attribution="Steppe Wire reports",
        ),
        block(
            "brief",
            "Two shipping lines have paid for the same berth in the same month, according to invoices that both of them published. The port authority calls it *an overlap in enthusiasm*. Each line says that it was promised priority; each contract gives it, in the same words, on the same page.",
            headline="A port sells one berth twice",
            source=("harbour", "register"),
            via="port invoices",
            label="Follow-up",
            minutes="4",
        ),
        block(
            "brief",
            "The language of corridors has reached the schools: a new geography syllabus lists six of them among *natural features*, between rivers and ranges. The ministry says that it was a slip of the editor. The publisher says that the ministry was the editor.",
            headline="Six corridors enter the atlas as “natural features”",
            source="second-reading",
        ),
        kinded(
            "figure",
            "| Cargo | Change |\n| --- | ---: |\n| Salt | -100 |\n| Timber and boards for the southern building sites | -38.5 |\n| Grain | -21 |\n| Visitors’ coaches | +9.5 |",
            kind="bar",
            title="Freight at Marsh Halt, change on a year earlier, February 2026",
            unit="%",
            alt="Four bars. Salt fell by 100 percent, timber by 38.5, grain by 21; visitors’ coaches rose by 9.5.",
            source=("Railway board", "steppe-water"),
            **{"as-of": "1 March 2026"},
        ),
        kinded(
            "figure",
            "| Line | Signed | Wagons a day |\n| --- | ---: | ---: |\n| Marsh line | 2025 | 40 |\n| Coast line | 2023 | 1,150 |\n| High line | 2024 | 0 |",
            kind="table",
            title="Declared corridors and what they carry",
            alt="Of three declared corridors one carries 1,150 wagons a day, one 40 and one none.",
            source="Railway board",
            note="Wagons counted on one working day in February, empty ones included.",
        ),
        block(
            "sponsor",
            "Twelve maps, a pencil and an eraser of honest size. Orders placed in March are posted in April.",
            label="Sponsored",
            name="Example Atlas Company",
            url="https://atlas.example.org/",
        ),
        block("section", "Notable"),
        block(
            "link",
            "A patient account of the pumps, with drawings.",
            headline="How to keep a marsh dry for ninety years",
            source="register",
            minutes="11",
        ),
        block("link", headline="The signal box that became a library", source="second-reading", minutes="3"),
    )


def _foot() -> tuple[Any, ...]:
    return (
        block(
            "cta", text="Have you worked on the line?", label="Write to the desk", url="mailto:desk@news.example.org"
        ),
        kinded(
            "disclosure",
            "Travel to Marsh Halt was paid for by readers. The railway gave us a lift back and, at our request, a receipt.",
            kind="funding",
        ),
        kinded(
            "correction",
            "Last week’s edition gave the length of the line wrongly.",
            kind="correction",
            date="2026-03-02",
            was="410 kilometres",
            now="140 kilometres",
        ),
        block(
            "credits",
            research=("Masho Example", "Sam Sample"),
            editing="Lika Sample",
            **{"photo-editing": "Ana Example"},
        ),
        block(
            "provenance",
            text="A version of this story was first read aloud at the Example Hall.",
            relation="excerpt-of",
        ),
        block(
            "signup",
            text="Was this forwarded to you? Get Undertow every Friday.",
            label="Sign up for Undertow",
            url="https://news.example.org/join",
        ),
        block(
            "why",
            "Because we kept hearing a word before we saw the thing. *Corridor* was in every communiqué on our desk this winter, and not one of them said what moved along it. So we went to the place where the line is thinnest, and asked the people who have to sweep it.\n\nUndertow exists to follow large words down to the ground where they are supposed to stand. Some of them do. This one, for now, is standing in water.",
        ),
        block("note", "call the railway board again on Monday"),
    )


def _sources() -> tuple[Any, ...]:
    def source(name: str, title: str, outlet: str, published: str = "2026-03-04") -> Any:
        url = f"https://{name}.example.org/articles/1"
        return block("source", block_id=name, title=title, outlet=outlet, url=url, published=published)

    return (
        source("steppe-water", "Fourth dry winter", "Steppe Wire"),
        source("harbour", "One berth, two ships", "The Harbour Register", "2026-03-01"),
        source("register", "Keeping the marsh dry", "The Engineers’ Quarterly", "2025-12-19"),
        source("second-reading", "An atlas of intentions", "Second Reading"),
        source("board-interview", "“You cannot declare a swamp dry”", "Steppe Wire", "2026-02-27"),
    )
