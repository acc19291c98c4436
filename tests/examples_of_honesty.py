"""Examples of the rules on what an edition owes its readers (see `examples.py`)."""

from dataclasses import replace
from datetime import date
from typing import Any

from cases import BRIEF_BODY, TABLE, block, brief, case, figure, photo, settings
from examples import LONG, QUOTE, Example

from composer.blocks import Block
from composer.commissions import hashed
from composer.proofs import Case, Past

ANON = {"anonymous": "yes", "source": "wire"}
MADE = f"small, prompt 1, article {'0' * 12}, answer {hashed(BRIEF_BODY)[:12]}"
DISCLOSED = (block("disclosure", "A machine drafted the brief.", kind="ai"),)

HONESTY: list[Example] = [
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
FUNDED = settings(partners=("The Salt Fund",))
READ = case().manuscript
CORRECTED = block("correction", "We erred.", kind="correction", date="2026-03-07", was="an hour", now="two hours")


def changed(*put: Block, **header: Any) -> Case:
    """Return an edition that its readers have as the faultless one."""
    return replace(case(*put, **header), past=Past(published=READ, day=date(2026, 3, 6)))


LEDE = "On Monday the salt market at Kvemo opened {}, and nobody came to buy."
HONESTY += [
    (
        "E-CONFLICT",
        "info",
        replace(case(brief(f"The Salt Fund paid. {BRIEF_BODY}")), settings=FUNDED),
        replace(case(brief(f"The fund of salt paid. {BRIEF_BODY}")), settings=FUNDED),
    ),
    (
        "E-CONFLICT",
        "info",
        replace(case(brief(attribution="The Wire, quoting The Salt Fund")), settings=FUNDED),
        replace(
            case(brief(f"The Salt Fund paid. {BRIEF_BODY}"), block("disclosure", "Salt Fund pays us.", kind="funding")),
            settings=FUNDED,
        ),
    ),
    (
        "E-CORR",
        "error",
        changed(block("lede", LEDE.format("two hours late"))),
        changed(block("lede", LEDE.format("two hours late")), CORRECTED),
    ),
    ("E-CORR", "error", changed(title="The price of pepper"), changed(title="The prise of salt")),
    ("E-CORR", "error", changed(figure(TABLE.replace("19", "91"))), changed(figure(TABLE, source=("wire", "Customs")))),
    (
        "E-CORR",
        "error",
        changed(block("quote", "We have never sold so litle.", **QUOTE)),
        changed(block("lede", LEDE.format("an huor late").replace("to buy", "at buy"))),
    ),
    (
        "E-CORR",
        "error",
        changed(block("lede", LEDE.format("not an hour late"))),
        changed(block("lede", LEDE.format("an hour  late").replace(",", " –"))),
    ),
    (
        "E-CORR",
        "error",
        changed(photo(credit="Sam Example")),
        changed(photo(width="600", height="400", alt="A market hall.")),
    ),
    ("E-CORR", "error", changed(without=["figure"]), replace(changed(), past=Past())),
]
