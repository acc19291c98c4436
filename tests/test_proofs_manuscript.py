"""Every rule on the manuscript, with an edition that breaks it and one that comes close and does not."""

from dataclasses import replace

import pytest
from cases import BRIEF_BODY, PROFILE, TABLE, block, brief, case, developed, figure, photo, source

from composer.commissions import hashed
from composer.model import Print
from composer.proofs import Case, proof


def ids(given: Case) -> set[str]:
    return {remark.rule for remark in proof(given)}


def severities(given: Case, rule: str) -> set[str]:
    return {remark.severity for remark in proof(given) if remark.rule == rule}


def printed(found: Print, *put: object) -> Case:
    return replace(case(*put), prints={found.src: found})  # type: ignore[arg-type]


LONG = " ".join(["salt"] * 30)
QUOTE = {"speaker": "Sam Example", "role": "salt trader", "source": "wire"}
ANON = {"anonymous": "yes", "source": "wire"}
MADE = f"small, prompt 1, article {'0' * 12}, answer {hashed(BRIEF_BODY)[:12]}"
DISCLOSED = (block("disclosure", "A machine drafted the brief.", kind="ai"),)
HEAVY = developed(content=b"x" * 200_001)

# rule, severity, an edition that breaks it, one that comes close
STRUCTURE = [
    ("S-SLOT-MISSING", "error", case(without=["credits"]), case()),
    ("S-SLOT-MISSING", "error", case(block("prose", "One paragraph only.")), case(block("prose", "One.\n\nTwo."))),
    ("S-SLOT-MOST", "warning", case(brief(), brief(), brief()), case(brief(), brief())),
    (
        "S-SLOT-ORDER",
        "warning",
        case(
            block("credits", editing=("Ana Example",)),
            block("link", headline="A", source="wire"),
            without=["brief"],
            after=[brief()],
        ),
        case(block("link", headline="A", source="wire"), without=["brief"]),
    ),
    ("S-WHY", "error", case(without=["why"]), case(after=[block("note", "to the desk")])),
    ("S-WHY", "error", case(after=[block("prose", "One more thing.")]), case(after=[source("other")])),
    (
        "S-WHY-FORM",
        "info",
        case(block("why", "Salt is a mineral of great age.")),
        case(block("why", "Our readers asked.")),
    ),
    (
        "S-HEAD-LEVEL",
        "error",
        case(after=[block("section", "Part"), block("subhead3", "Small")]),
        case(after=[block("subhead3", "Small")]),
    ),
    (
        "S-HEAD-LEN",
        "warning",
        case(block("subhead", "One two three four five six seven eight nine ten")),
        case(block("subhead", "One two three four five six seven eight nine")),
    ),
    ("S-HEAD-LEN", "warning", case(block("subhead", "It ended.")), case(block("subhead", "Did it end?"))),
    ("S-EMPTY", "error", case(block("lede", " ")), case(block("divider"))),
    ("S-EMPTY", "error", case(block("credits", editing="")), case(block("credits", sound="Sam Example"))),
    ("T-WORDS", "warning", case(block("lede", "Too short.")), case(block("lede", "Five words are just enough."))),
    ("T-WORDS", "warning", case(block("lede", LONG + " " + LONG)), case(block("lede", LONG))),
    ("T-WORDS", "warning", replace(case(), profile=replace(PROFILE, words_most=50)), case()),
]
FIELDS = [
    ("S-TK", "error", case(dek="TK one line"), case(dek="TKs are not places, said the desk of TKO.")),
    ("S-TK", "error", case(photo(credit="TK/AFP")), case(photo(link="https://example.org/TK/1"))),
    (
        "S-TK",
        "error",
        case(block("lede", "On Monday TK opened its doors to us all.")),
        case(after=[block("note", "TK")]),
    ),
    ("S-TITLE", "error", case(title=None), case(title="Salt")),
    ("S-BYLINE", "error", case(byline=None), replace(case(byline=None), profile=replace(PROFILE, byline=False))),
    ("S-DATE", "error", case(date=None), case(date="2026-12-31")),
    ("S-DATE", "error", case(date="6 March 2026"), case(date="2026-01-01")),
    ("S-DATE", "error", case(date="2026-02-30"), case(date="2028-02-29")),
    ("S-SLUG", "error", case(slug="The Price"), case(slug="the-price-2")),
    ("S-FORMAT", "warning", case(format="coda-edition/9"), case(format=None)),
    ("S-UNKNOWN", "warning", case(deck="A line."), case(**{"x-desk": "A line."})),
    ("S-UNKNOWN", "warning", case(block("broef", "Words.")), case(block("view", "Words.", role="notable"))),
    ("S-UNKNOWN", "warning", case(photo(captoin="Words.")), case(photo(x_mood="grey"))),
    ("S-FIELD", "error", case(photo(src="")), case(photo())),
    (
        "S-FIELD",
        "error",
        case(block("pullquote", "Words.", origin="somewhere")),
        case(block("pullquote", "Words.", origin="display")),
    ),
    ("S-FIELD", "error", case(ai="yes"), case(ai="none")),
    ("S-ID-DUP", "error", case(after=[source()]), case(after=[source("other")])),
    ("S-TARGET", "error", case(brief(source=("wyre",))), case(brief(source=("wire",)))),
    ("S-TARGET", "error", case(hero="nothing"), case(hero="wire")),
    (
        "S-TARGET",
        "error",
        case(block("prose", "See [the tale](src:tale).\n\nAnd more.")),
        case(block("prose", "See [the tale](src:wire).\n\nAnd more.")),
    ),
    (
        "S-TARGET",
        "error",
        case(block("prose", "See [the box](#box).\n\nAnd more.")),
        case(block("prose", "See [the box](#wire).\n\nAnd more.")),
    ),
    (
        "S-TARGET",
        "error",
        case(block("correction", "We erred.", kind="update", date="2026-03-06", target="gone")),
        case(block("correction", "We erred.", kind="update", date="2026-03-06", target="wire")),
    ),
    (
        "S-ORPHAN-SOURCE",
        "info",
        case(after=[source("other", outlet="The Post")]),
        case(figure(source=("The Post",)), after=[source("other", outlet="The Post")]),
    ),
    ("S-ALLOW", "warning", case(photo(x_allow="M-RIGHTS")), case(photo(x_allow="M-RIGHTS the archive is asked"))),
]
INBOX = [
    ("I-SUBJ-LEN", "warning", case(subject="s" * 51), case(subject="s" * 50)),
    (
        "I-SUBJ-FRONT",
        "info",
        case(subject="Undertow newsletter, the issue no. 12"),
        case(subject="Undertow: salt is dear"),
    ),
    ("I-SUBJ-RE", "error", case(subject="Re: salt"), case(subject="Rest: salt")),
    ("I-SUBJ-CAPS", "warning", case(subject="SALT costs MORE now"), case(subject="NATO looks for salt in spring")),
    ("I-SUBJ-CAPS", "warning", case(subject="Salt is dear!!"), case(subject="Salt is dear!")),
    ("I-SUBJ-EMOJI", "warning", case(subject="Salt 🧂 and rain 🌧"), case(subject="Salt 🇬🇪")),
    ("I-SUBJ-EMOJI", "error", case(subject="Salt ✅"), case(subject="Salt 🧂")),
    ("I-PRE-LEN", "warning", case(preheader="p" * 39), case(preheader="p" * 40)),
    ("I-PRE-LEN", "warning", case(preheader="p" * 101), case(preheader="p" * 100)),
    ("I-PRE-LEN", "warning", case(preheader=None, dek=None), case(preheader=None)),
    (
        "I-PRE-REPEAT",
        "warning",
        case(preheader="Why salt costs more this spring than it cost last"),
        case(preheader="Why the road is closed, and who waits at the end"),
    ),
]
ATTRIBUTION = [
    ("E-SRC", "error", case(brief(source=())), case(brief())),
    (
        "E-SRC",
        "warning",
        case(block("quote", "Words.", speaker="Sam", role="trader")),
        case(block("quote", "Words.", speaker="Sam", role="trader", x_allow="E-SRC said to us")),
    ),
    (
        "E-SRC-NAMED",
        "error",
        case(brief(attribution="It was reported")),
        case(brief("Wire said so. The pass will open in May.", attribution="It was reported")),
    ),
    (
        "E-SRC-NAMED",
        "error",
        case(brief("It opens. They know. The Wire said it.", attribution="Reported")),
        case(brief(attribution="")),
    ),
    ("E-SRC-LINK", "error", case(source(url="wire.example.org/a")), case(source(url="http://wire.example.org/a"))),
    ("E-SRC-LINK", "error", case(source(url="")), case(source(url="https://wire.example.org/a?id=4"))),
    (
        "E-SRC-LINK",
        "warning",
        case(source(url="https://wire.example.org/a?utm_source=x")),
        case(source(url="https://wire.example.org/utm_source")),
    ),
    (
        "E-SRC-LINK",
        "warning",
        case(source(url="https://bit.ly/abc")),
        case(source(url="https://rabbit.ly.example.org/abc")),
    ),
    (
        "E-SRC-HOMEPAGE",
        "warning",
        case(source(url="https://wire.example.org/")),
        case(source(url="https://wire.example.org/?p=12")),
    ),
    (
        "E-SRC-VAGUE",
        "warning",
        case(block("prose", "The pass reportedly opens.\n\nThey wait.")),
        case(block("prose", "The pass reportedly opens, according to The Wire.\n\nThey wait.")),
    ),
    (
        "E-SRC-VAGUE",
        "warning",
        case(block("prose", "Media reports name May.\n\nThey wait.")),
        case(block("prose", "He reports on media.\n\nThey wait.")),
    ),
]
HONESTY = [
    ("E-QUOTE-LEN", "warning", case(block("quote", LONG + " more", **QUOTE)), case(block("quote", LONG, **QUOTE))),
    (
        "E-QUOTE-LEN",
        "error",
        case(block("prose", f"He said: “{LONG} {LONG} more.”\n\nShe left.")),
        case(block("prose", f"He said {LONG} {LONG}\n\nShe left.")),
    ),
    ("E-SPEAKER", "warning", case(block("quote", "Words.", source="wire")), case(block("quote", "Words.", **QUOTE))),
    (
        "E-SPEAKER",
        "warning",
        case(block("quote", "Words.", speaker="Lia Example", source="wire")),
        case(
            block("lede", "The trader Lia Example opened an hour late."),
            block("quote", "Words.", speaker="Lia Example", source="wire"),
        ),
    ),
    (
        "E-ANON",
        "error",
        case(block("quote", "Words.", **ANON)),
        case(block("quote", "Words.", **ANON, reason="She fears for her job.")),
    ),
    (
        "E-AI",
        "error",
        case(brief(ai="assisted")),
        case(brief(ai="assisted"), ai="assisted", ai_note="A machine drafted the brief; Nino Example checked it."),
    ),
    (
        "E-AI",
        "error",
        case(ai="assisted"),
        case(block("disclosure", "A machine drafted the brief.", kind="ai"), ai="assisted"),
    ),
    (
        "E-AI-LONG",
        "info",
        case(ai="assisted", ai_note="A machine drafted it. We checked it."),
        case(ai="assisted", ai_note="A machine drafted it; Nino Example checked it."),
    ),
    (
        "E-AI-EDITED",
        "info",
        case(brief(f"{BRIEF_BODY} Edited.", ai="generated", x_ai=MADE), *DISCLOSED),
        case(brief(BRIEF_BODY, ai="generated", x_ai=MADE), *DISCLOSED),
    ),
    (
        "E-AI-EDITED",
        "info",
        case(brief(f"{BRIEF_BODY} Edited.", ai="generated", x_ai=MADE), *DISCLOSED),
        case(brief(f"{BRIEF_BODY} Edited.", ai="assisted", x_ai=MADE), *DISCLOSED),
    ),
    (
        "E-SPONSOR",
        "error",
        case(block("sponsor", "Buy salt.", name="Salt House")),
        case(block("sponsor", "Buy salt.", name="Salt House", label="Sponsored")),
    ),
    (
        "E-TIME",
        "warning",
        case(brief("The pass opens today. " + BRIEF_BODY)),
        case(brief("“We open today,” the office said. " + BRIEF_BODY)),
    ),
    (
        "E-TIME",
        "warning",
        case(block("lede", "Earlier this week the market opened late."), date=None),
        case(block("lede", "Earlier this week the market opened late.")),
    ),
    (
        "E-TIME",
        "warning",
        case(brief("Перевал відкриють сьогодні, каже служба. " + BRIEF_BODY), lang="uk"),
        case(brief("Перевал відкриють 7 травня, каже служба. " + BRIEF_BODY), lang="uk"),
    ),
    (
        "E-CORR-FORM",
        "warning",
        case(block("correction", "We erred.", kind="correction", date="2026-03-06", now="12")),
        case(block("correction", "We erred.", kind="correction", date="2026-03-06", was="11", now="12")),
    ),
    (
        "E-CORR-FORM",
        "warning",
        case(block("correction", "We have recast the line.", kind="correction", date="2026-03-06", was="11", now="12")),
        case(block("correction", "We wrote it wrong.", kind="clarification", date="2026-03-06")),
    ),
]
PICTURES = [
    ("M-ALT", "error", case(photo(alt="")), case(photo(alt="", decorative="yes", caption=""))),
    ("M-ALT-BAD", "warning", case(photo(alt="IMG_2031.jpg")), case(photo(alt="A page of a ledger."))),
    ("M-ALT-BAD", "warning", case(photo(alt="Photo of a market")), case(photo(alt="A photographer at a market"))),
    ("M-ALT-BAD", "warning", case(photo(alt="Salt.", caption="salt")), case(photo(alt="A sack.", caption="Salt."))),
    ("M-ALT-BAD", "warning", case(photo(alt="a" * 151)), case(photo(alt="a" * 150))),
    ("M-CREDIT", "error", case(photo(credit="")), case(photo(credit="Nino Example"))),
    (
        "M-CREDIT-FORM",
        "warning",
        case(photo(credit="Photo: Nino Example")),
        case(photo(credit="Photogram/AFP via Getty Images")),
    ),
    ("M-CREDIT-FORM", "warning", case(photo(credit="Nino Example/AFP.")), case(photo(credit="Nino Example/Salt Co."))),
    ("M-CREDIT-FORM", "warning", case(photo(credit="Nino Example / AFP")), case(photo(credit="Nino Example/POOL/AFP"))),
    ("M-CAPTION", "warning", case(photo(caption="")), case(photo(caption="", decorative="yes"))),
    (
        "M-CAPTION",
        "warning",
        case(photo(caption="Sacks of salt. Nino Example/AFP via Getty Images")),
        case(photo(caption="Sacks of salt bought via the AFP road office")),
    ),
    ("M-RIGHTS", "warning", case(photo(rights="")), case(photo(rights="cc-by-sa-4.0"))),
    ("M-RIGHTS", "warning", case(photo(rights="found it")), case(photo(rights="licensed"))),
    ("M-DIM", "error", case(photo(width="1200px")), case(photo())),
    ("M-DIM", "error", case(photo(height="")), case(photo())),
    ("M-DIM", "warning", case(photo(height="1200")), case(photo(width="600", height="401"))),
    (
        "M-TYPE",
        "error",
        case(photo(src="photos/a.webp")),
        printed(developed(src="photos/a.webp"), photo(src="photos/a.webp")),
    ),
    ("M-TYPE", "error", case(photo(src="data:image/png;base64,aGk=")), case(photo(src="photos/data.png"))),
    ("M-TYPE", "error", printed(developed(media_type="image/avif")), printed(developed(media_type="image/png"))),
    ("M-WEIGHT", "warning", printed(HEAVY), printed(developed(content=b"x" * 200_000))),
    (
        "M-WEIGHT",
        "warning",
        case(photo(src="https://cdn.example.org/a.jpg", width="2400", height="1600")),
        case(photo(width="2400", height="1600")),
    ),
    (
        "M-HTTPS",
        "error",
        case(photo(src="http://cdn.example.org/a.jpg")),
        case(photo(src="https://cdn.example.org/a.jpg")),
    ),
    (
        "M-FILE",
        "error",
        printed(developed(problem="photos/market.jpg is not there; put it beside the edition")),
        printed(developed()),
    ),
    ("FIG-SRC", "error", case(figure(source=())), case(figure(source=("Customs data",)))),
    ("FIG-DATA", "warning", case(figure("")), case(figure("", data="prices.csv"))),
    ("FIG-ALT", "warning", case(figure(alt="Two bars.")), case(figure(alt="Two bars: ١٢ and ١٩."))),
]
WORDING = [
    (
        "T-LINKTEXT",
        "warning",
        case(block("prose", "Read it [here](https://a.example.org/x).\n\nMore.")),
        case(block("prose", "Read [the report](https://a.example.org/x).\n\nMore.")),
    ),
    (
        "T-LINKTEXT",
        "warning",
        case(block("prose", "Дивіться [тут](https://a.example.org/x).\n\nЩе.")),
        case(block("prose", "Дивіться [звіт](https://a.example.org/x).\n\nЩе.")),
    ),
    (
        "T-LINKTEXT",
        "warning",
        case(block("prose", "იხილეთ [აქ](https://a.example.org/x).\n\nმეტი.")),
        case(block("prose", "იხილეთ [ანგარიში](https://a.example.org/x).\n\nმეტი.")),
    ),
    (
        "T-LINKTEXT",
        "warning",
        case(block("prose", "Смотри [здесь](https://a.example.org/x).\n\nДа.")),
        case(block("prose", "Смотри [отчёт](https://a.example.org/x).\n\nДа.")),
    ),
    (
        "T-LINKTEXT",
        "warning",
        case(block("prose", "اقرأ [هنا](https://a.example.org/x).\n\nنعم.")),
        case(block("prose", "اقرأ [التقرير](https://a.example.org/x).\n\nنعم.")),
    ),
    (
        "T-LINKTEXT",
        "warning",
        case(block("signup", label="Sign up here", url="https://a.example.org")),
        case(block("signup", label="Sign up for letters", url="https://a.example.org")),
    ),
    (
        "T-URL-BARE",
        "info",
        case(block("prose", "See https://a.example.org/x now.\n\nMore.")),
        case(block("prose", "See [it all](https://a.example.org/x) now.\n\nMore.")),
    ),
    (
        "T-LEN-PARA",
        "warning",
        case(block("prose", f"{LONG} {LONG} end.\n\nMore.")),
        case(block("prose", f"{LONG} {LONG}.\n\nMore.")),
    ),
    (
        "T-LEN-SENT",
        "info",
        case(block("prose", f"{' '.join(['salt'] * 46)}.\n\nMore.")),
        case(block("prose", f"{LONG}. Then {LONG}.\n\nMore.")),
    ),
    (
        "T-GLUE",
        "warning",
        case(block("prose", "Aswe stood there, it rained.\n\nMore.")),
        case(block("prose", "Asher stood at the Ashe house, into the rain.\n\nMore.")),
    ),
    (
        "T-DASH",
        "info",
        case(block("prose", "Salt - dear salt — was there.\n\nMore.")),
        case(block("prose", "Salt—dear salt—cost 12–19 lari on the Kvemo–Zemo road.\n\nMore.")),
    ),
    (
        "T-QUOTES",
        "info",
        case(block("prose", 'The "dear" and the “cheap”.\n\nMore.')),
        case(block("prose", "The “dear” and the “cheap”.\n\nMore.")),
    ),
    (
        "T-QUOTES",
        "info",
        case(block("prose", "Сіль “дорога” тут.\n\nТак."), lang="uk"),
        case(block("prose", "Сіль „дорога“ тут, і «дешева».\n\nТак."), lang="uk"),
    ),
    (
        "T-BIDI",
        "error",
        case(block("prose", "Salt \u202eis dear.\n\nMore.")),
        case(block("prose", "Salt \u2068is\u2069 dear.\n\nMore.")),
    ),
    ("T-BIDI", "error", case(dek="Salt \u2067is dear."), case(dek="Salt \u2067is\u2069 dear.")),
    (
        "T-BIDI",
        "warning",
        case(block("prose", "They say ملح there.\n\nMore.")),
        case(block("prose", "They say \u2068ملح\u2069 there.\n\nMore.")),
    ),
    ("T-HIDDEN", "error", case(title="Sa\u200blt"), case(title="Salt 👩\u200d🌾")),
    (
        "T-HIDDEN",
        "error",
        case(block("prose", "Sa\u200dlt.\n\nMore.")),
        case(block("prose", "می\u200cخواهم.\n\nMore.")),
    ),
]
TABLE_OF_RULES = [*STRUCTURE, *FIELDS, *INBOX, *ATTRIBUTION, *HONESTY, *PICTURES, *WORDING]


@pytest.mark.parametrize(("rule", "severity", "broken", "_"), TABLE_OF_RULES, ids=[row[0] for row in TABLE_OF_RULES])
def test_an_edition_that_breaks_a_rule_is_told_so(rule: str, severity: str, broken: Case, _: Case) -> None:
    assert severities(broken, rule) == {severity}


@pytest.mark.parametrize(("rule", "_s", "_b", "close"), TABLE_OF_RULES, ids=[row[0] for row in TABLE_OF_RULES])
def test_an_edition_that_only_comes_close_is_left_alone(rule: str, _s: str, _b: Case, close: Case) -> None:
    assert rule not in ids(close)


def test_an_edition_without_a_fault_has_no_remark() -> None:
    assert proof(case()) == ()


def test_a_table_row_is_no_sentence() -> None:
    assert "T-LEN-SENT" not in ids(case(figure(TABLE + "\n| April | 20 |" * 40)))
