"""Every rule on the manuscript: an edition that breaks it, and one that comes close. Tests walk the tables.

Here are structure, header, inbox line and attribution; `examples_of_honesty.py`, `examples_of_type.py` (pictures and
words) and `examples_of_evidence.py` (what stands on stored sources) have the others.
"""

from dataclasses import replace
from datetime import date

from cases import BRIEF_BODY, PROFILE, block, brief, case, figure, photo, settings, source

from composer.proofs import Case, Earlier, Past

Example = tuple[str, str, Case, Case]  # rule, severity, an edition that breaks it, one that comes close
LONG = " ".join(["salt"] * 30)
QUOTE = {"speaker": "Sam Example", "role": "salt trader", "source": "wire"}
STRUCTURE: list[Example] = [
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
    (
        "S-HEAD-RUNON",
        "info",
        case(after=[block("subhead", "A sack"), block("prose", "Its price has doubled.")]),
        case(after=[block("subhead", "A sack"), block("prose", "This week its price has doubled.")]),
    ),
    (
        "S-HEAD-RUNON",
        "info",
        case(after=[block("section", "Сіль під дощем"), block("prose", "Її ціна зросла вдвічі.")], lang="uk"),
        case(after=[block("section", "Сіль під дощем"), block("prose", "Цього тижня вона здорожчала.")], lang="uk"),
    ),
    (
        "S-HEAD-RUNON",
        "info",
        case(after=[block("section", "მარილი წვიმაში"), block("prose", "მისი ფასი გაორმაგდა.")], lang="ka"),
        case(after=[block("section", "მარილი წვიმაში"), block("prose", "მარილის ფასი გაორმაგდა.")], lang="ka"),
    ),
    ("S-EMPTY", "error", case(block("lede", " ")), case(block("divider"))),
    ("S-EMPTY", "error", case(block("credits", editing="")), case(block("credits", sound="Sam Example"))),
    ("T-WORDS", "warning", case(block("lede", "Too short.")), case(block("lede", "Five words are just enough."))),
    ("T-WORDS", "warning", case(block("lede", LONG + " " + LONG)), case(block("lede", LONG))),
    ("T-WORDS", "warning", replace(case(), profile=replace(PROFILE, words_most=50)), case()),
]
FIELDS: list[Example] = [
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
INBOX: list[Example] = [
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
SENT = Past(subjects=(Earlier(subject="Why salt costs more this Spring!", edition=3, day=date(2026, 2, 6)),))
INBOX += [
    ("I-SUBJ-REUSED", "warning", replace(case(), past=SENT), replace(case(subject="Why salt costs less"), past=SENT)),
    (
        "I-FROM-NAME",
        "error",
        replace(case(), settings=settings(from_name="The Salt Desk")),
        replace(case(), settings=settings(from_name="Nino of Undertow")),
    ),
    (
        "I-FROM-NAME",
        "error",
        replace(case(), settings=settings(from_name="Undertowing")),
        replace(case(), settings=settings(from_name="UNDERTOW")),
    ),
]


def vague(words: str, lang: str) -> Case:
    return case(block("prose", f"{words}\n\nThe Wire."), lang=lang)


ATTRIBUTION: list[Example] = [
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
ATTRIBUTION += [
    (
        "E-SRC-VAGUE",
        "warning",
        vague("За даними ЗМІ, перевал відкриють у травні.", "uk"),
        vague("За даними ЗМІ, перевал відкриють у травні, пише The Wire.", "uk"),
    ),
    (
        "E-SRC-VAGUE",
        "warning",
        vague("Перевал якобы откроют в мае.", "ru"),
        vague("Перевал якобы откроют в мае, сообщает «Дорога».", "ru"),
    ),
    (
        "E-SRC-VAGUE",
        "warning",
        vague("გავრცელებული ინფორმაციით, უღელტეხილი მაისში გაიხსნება.", "ka"),
        vague("გავრცელებული ინფორმაციით, წერს The Wire, უღელტეხილი გაიხსნება.", "ka"),
    ),
    (
        "E-SRC-VAGUE",
        "warning",
        vague("ذكرت تقارير أن الممر سيفتح في أيار.", "ar"),
        vague("ذكرت تقارير The Wire أن الممر سيفتح في أيار.", "ar"),
    ),
    (
        "E-VIA",
        "info",
        case(brief(f"Customs data show it too. {BRIEF_BODY}")),
        case(brief(f"Customs data show it too. {BRIEF_BODY}", via=("Armenian customs",))),
    ),
    (
        "E-VIA",
        "info",
        case(brief(f"In a poll most people said so. {BRIEF_BODY}")),
        case(brief(f"The customs officers polled the sacks with rods. {BRIEF_BODY}")),
    ),
    (
        "E-VIA",
        "info",
        case(brief(f"За даними міністерства, сіль здорожчала. {BRIEF_BODY}"), lang="uk"),
        case(brief(f"Міністерство мовчить. {BRIEF_BODY}"), lang="uk"),
    ),
    (
        "E-VIA",
        "info",
        case(brief(f"По данным Росстата, соль подорожала. {BRIEF_BODY}"), lang="ru"),
        case(brief(f"По данным Росстата, соль подорожала. {BRIEF_BODY}", via=("Росстат",)), lang="ru"),
    ),
    (
        "E-VIA",
        "info",
        case(brief(f"გამოკითხვამ აჩვენა. {BRIEF_BODY}"), lang="ka"),
        case(brief(f"გზამ აჩვენა. {BRIEF_BODY}"), lang="ka"),
    ),
    (
        "E-VIA",
        "info",
        case(brief(f"وفق بيانات الجمارك ارتفع السعر. {BRIEF_BODY}"), lang="ar"),
        case(brief(f"ارتفع السعر. {BRIEF_BODY}"), lang="ar"),
    ),
    ("E-TRANSL", "warning", case(source(lang="ka")), case(source(lang="en-GB"))),
    (
        "E-TRANSL",
        "warning",
        replace(case(), languages={"wire": "ka-GE"}),
        replace(case(block("quote", "Words.", **QUOTE, translated_by="Ana Example")), languages={"wire": "ka"}),
    ),
    (
        "E-TRANSL",
        "warning",
        case(block("quote", "Words.", **QUOTE, lang="uk"), source(lang="ka")),
        case(block("quote", "Words.", **QUOTE, lang="ka"), source(lang="ka")),
    ),
]
