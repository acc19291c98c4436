"""News that never happened: articles put together from sentences written for these tests, with many names and figures."""

import random
import re
from dataclasses import dataclass

FIRST = [
    "Ada",
    "Bruno",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Hamid",
    "Ines",
    "Jonas",
    "Katya",
    "Luis",
    "Mirela",
    "Nadia",
    "Omar",
    "Petra",
    "Quentin",
    "Rosa",
    "Sanjay",
    "Tamar",
    "Ulrich",
    "Vera",
    "Wanda",
    "Xavier",
    "Yusuf",
    "Zofia",
    "Aisha",
    "Bogdan",
    "Chiara",
    "Desmond",
    "Esther",
    "Fiona",
    "Gabor",
    "Hanna",
    "Igor",
    "Jelena",
    "Kofi",
    "Lena",
    "Marek",
    "Nils",
]
LAST = [
    "Abramov",
    "Bellini",
    "Castellan",
    "Dragomir",
    "Eriksen",
    "Farouk",
    "Goldwater",
    "Haddad",
    "Ivanchuk",
    "Jankowski",
    "Kobalia",
    "Lindqvist",
    "Marchetti",
    "Novotny",
    "Okafor",
    "Petrosyan",
    "Quiroga",
    "Rustamov",
    "Sandoval",
    "Tkachenko",
    "Umarov",
    "Vasquez",
    "Whitcombe",
    "Yilmaz",
    "Zamora",
    "Ashworth",
    "Brennan",
    "Chaudhari",
    "Delacroix",
    "Engelhardt",
    "Fitzgerald",
    "Gvaramia",
    "Holloway",
    "Ismailov",
    "Jovanovic",
    "Kavanagh",
    "Lombardi",
    "Mbeki",
    "Norwood",
    "Oyelaran",
]
PLACES = [
    "Aldermoor",
    "Brescova",
    "Calderon",
    "Dunharrow",
    "Estrella",
    "Fontaine",
    "Grelsk",
    "Harrowgate",
    "Ivelin",
    "Jasmund",
    "Kestrel",
    "Lindholm",
    "Marisol",
    "Novara",
    "Ostrava",
    "Pellworm",
    "Quarnero",
    "Rosslare",
    "Selmouth",
    "Tarvisio",
    "Umbria",
    "Valdora",
    "Westering",
    "Yarmouth",
    "Zelenogradsk",
]
BODIES = """Northern Grain Board|Institute for Coastal Studies|Ministry of Transport|Harbour Workers Union|Lindal Energy
Federal Statistics Office|Commission on Public Health|Selmouth City Council|Central Bank of Valdora|Marlow & Finch
Association of Rural Schools|Ostrava Steelworks""".replace("\n", "|").split("|")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

# Slots: {p}/{q} two people (whole), {P}/{Q} their surnames, {c}/{d} places, {b} a body, {n} a number with a comma, {m} a
# number of two digits, {f} a percentage, {g} another, {k} money in billions, {t} a number in words, {y} a year, {o} a month,
# {D} a day of the month, {w} a weekday.
STORIES = """
{c} port handles fewer ships for a third year|By {q}|Ships calling at {c} fell {f}% in {o} compared with a year earlier, the {b} said on {w}. The port unloaded {n} containers in the month, its lowest count since {y}. “We have the cranes and the people, and nothing for them to lift,” said {p}, who runs the night shift. {P} has worked there for {m} years. The owner, {b}, had promised {t} new berths by {y}.
Bridge at {c} closes for repairs|{C} — Engineers closed the river bridge at {c} on {w} after finding cracks in {t} of its piers. About {n} cars cross it each day. {p}, the mayor, told reporters that the work would cost ${k} billion and last until {o}. “Nobody will drive over it while I am in office unless the steel is sound,” {P} said. Residents of {d}, on the far bank, must take a detour of {m} kilometres.
Teachers in {c} vote to strike|More than {n} teachers in {c} will stop work on {D} {o}, their union said. Pay has risen by {f} per cent in {t} years while prices rose by {g} per cent. {p}, its general secretary, said talks with the {b} had failed twice. "We asked for a number and were given a leaflet," {P} told a crowd outside the town hall. {q}, who teaches chemistry in {d}, said she had sold her car in {o}.
{b} cuts its forecast|The {b} now expects the economy to grow {f}% in {y}, down from {g}% in its last report. Its chief economist, {p}, blamed weak exports to {d} and a dry spring. The country sold goods worth ${k} billion abroad in the first half. {q} of the opposition called the numbers polite fiction. Unemployment stood at {m}.{h} percent in {o}.
Flood leaves {c} without power|A flood cut off electricity to {n} homes in {c} late on {w}, rescue workers said. At least {t} people were taken to hospital and {m} were still missing. The water rose faster than in {y}, when the old dam broke. "I heard the piano fall over downstairs and then I knew how high it was," said {p}, 71. {q}, who leads the rescue, said boats from {d} had arrived before dawn.
Court frees editor of {c} newspaper|A court in {c} has freed {p}, who edited the town's last newspaper, after {m} days in custody. The judge, {q}, found that prosecutors had shown no evidence for {t} of the four charges. The case began in {o} {y} with an article about a contract worth ${k} million. “An honest accountant could have written that article,” {P} said on the steps of the court. The {b} declined to comment.
Wheat price at its highest since {y}|Wheat traded at ${m}{h} a tonne in {c} on {w}, {f}% more than a week before. The {b} said that stocks had fallen to {n} tonnes. {p}, a miller in {d}, has raised the price of flour twice. “A loaf is a tax that everybody pays, and nobody votes on it,” {P} said. Traders expect the harvest of {y} to be smaller by {g}%.
Doctors count the cost of a closed clinic|By {p}|When the clinic at {c} closed in {y}, the nearest doctor was {m} kilometres away. A study by the {b} now finds that {n} patients missed at least {t} appointments in the year that followed. {q}, who led it, followed {m} families in {d}. "People do not write to the ministry when they are ill, they simply stay ill," {Q} said. The ministry spent €{k} billion on hospitals in the same year.
Old mine near {c} to store batteries|The mine at {c}, which closed in {y}, will hold batteries for {n} homes, {b} announced on {w}. The company will invest £{k}bn over {t} years. {p}, who went down the shaft at sixteen, said he would believe it when he saw it. {P}'s union represents {m} former miners. “They took the coal out in the dark and now they are putting the light back in,” said {q}, a councillor from {d}.
Trains return to {c}|Passenger trains called at {c} on {w} for the first time since {y}. The line from {d} had carried only freight for {m} years. Some {n} people bought tickets on the first day, according to the {b}. {p} had waited on the platform since five. “I wanted to hear the announcement, because they used to say our name wrong,” {P} said. A return ticket costs ${m}, {f}% less than the bus.
Vote in {c} goes to a second round|Voters in {c} must choose again on {D} {o} after none of {t} candidates won half of the vote. {p} came first with {f}%, ahead of {q} with {g}%. Turnout was the lowest since {y}. {P}, a surgeon, has promised to open the council's books. “I have read them, and they are shorter than they should be,” she told supporters in {d}. The {b} counted {n} spoiled papers.
Fishing boats of {c} stay in harbour|Fuel now costs the boats of {c} ${m} a tank more than in {o}, and {t} of them no longer go out. The catch has fallen to {n} tonnes, the {b} reports, {f}% below that of {y}. {p} sold his boat to a hotel in {d}. "It stands in the lobby and children climb on it, which is more company than the sea gave it," {P} said. {q}, the minister, offered loans worth ${k} million.
Library of {c} finds letters from {y}|Builders in {c} found {n} letters behind a wall of the town library on {w}. Most were written between {y} and the end of the century, said {p}, its director. {t} of them are addressed to a street that no longer exists. {q} of the {b} will read them. “They complain about the post, so I felt at home at once,” {Q} said. The library in {d} wants to show {m} of them in {o}.
Data centre plan divides {c}|A plan to build a data centre beside the reservoir at {c} has drawn {n} objections. It would use {f}% of the town's water in a dry summer, the {b} found. {b} says that it would bring {m} jobs and ${k} billion. {p}, who farms nearby, wants a vote. “You cannot drink a server, whatever it is worth,” {P} said at a meeting in {d}. {q} spoke for the company for {t} minutes and left.
Rents in {c} rise again|Rents in {c} rose {f}% in the year to {o}, the fastest rise since {y}, figures from the {b} show. A flat of {m} square metres costs ${n} a month. {p}, a nurse, moved back to her parents in {d} in {o}. "I share a room with my brother's drums," {P} said, "and with my brother." {q}, who advises landlords, expects {g}% next year. The council has built {t} houses.
"""


@dataclass(frozen=True)
class Dispatch:
    """An article: a headline and its text."""

    title: str
    text: str


def dispatches(count: int, seed: int = 7) -> list[Dispatch]:
    """Make articles: each of one story's sentences, then of parts of three others, so that many names meet."""
    rng = random.Random(seed)  # noqa: S311 (no secret)
    stories = [line.split("|") for line in STORIES.strip().splitlines()]
    return [_dispatch(rng, stories, number) for number in range(count)]


def _dispatch(rng: random.Random, stories: list[list[str]], number: int) -> Dispatch:
    own = stories[number % len(stories)]
    others = rng.sample([one for one in stories if one is not own], 3)
    head = _slots(rng)
    paragraphs = [_filled(part, head) for part in own[1:]]
    paragraphs += [_filled(one[-1], _slots(rng)) for one in others]
    text = "\n\n".join(paragraphs)
    if number % 3 == 1:
        text = text.replace("“", '"').replace("”", '"')
    if number % 5 == 2:
        text = re.sub(r"\n\n", " ", text)
    return Dispatch(_filled(own[0], head), text)


def _filled(template: str, slots: dict[str, str]) -> str:
    return re.sub(r"\{(\w)\}", lambda found: slots[found.group(1)], template)


def _slots(rng: random.Random) -> dict[str, str]:
    people = [f"{first} {last}" for first, last in zip(rng.sample(FIRST, 2), rng.sample(LAST, 2), strict=True)]
    places = rng.sample(PLACES, 2)
    return {
        "p": people[0],
        "q": people[1],
        "P": people[0].split()[1],
        "Q": people[1].split()[1],
        "c": places[0],
        "d": places[1],
        "C": places[0].upper(),
        "b": rng.choice(BODIES),
        "n": f"{rng.randrange(1_000, 60_000):,}",
        "m": str(rng.randrange(13, 99)),
        "h": str(rng.randrange(1, 9)),
        "f": f"{rng.randrange(1, 40)}.{rng.randrange(1, 9)}",
        "g": f"{rng.randrange(1, 40)}.{rng.randrange(1, 9)}",
        "k": f"{rng.randrange(1, 300)}.{rng.randrange(1, 9)}",
        "t": rng.choice(["three", "four", "five", "six", "seven", "eight"]),
        "y": str(rng.randrange(1990, 2024)),
        "o": rng.choice(MONTHS),
        "D": str(rng.randrange(2, 29)),
        "w": rng.choice(DAYS),
    }
