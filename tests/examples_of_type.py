"""Examples of the rules on pictures, figures, words, language and marks (see `examples.py`)."""

from dataclasses import replace

from cases import block, case, developed, figure, photo
from examples import LONG, Example

from composer.model import Print
from composer.proofs import Case


def printed(found: Print, *put: object) -> Case:
    return replace(case(*put), prints={found.src: found})  # type: ignore[arg-type]


HEAVY = developed(content=b"x" * 200_001)

PICTURES: list[Example] = [
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
WORDING: list[Example] = [
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
UK = "Сіль тут дорога, бо дорогу через перевал закрито від січня, і торговці чекають по обидва боки."
RU = "Соль здесь дорога, потому что дорога через перевал закрыта с января, и торговцы ждут с обеих сторон."
KA = "მარილი აქ ძვირია, რადგან უღელტეხილის გზა იანვრიდან დაკეტილია და ვაჭრები ორივე მხარეს იცდიან."
AR = "الملح هنا غال لأن الطريق عبر الممر مغلق منذ كانون الثاني والتجار ينتظرون على الجانبين."
DE = "Das Salz ist hier teuer, weil die Straße auf dem Pass seit Januar nicht offen ist und die Händler mit den Säcken warten."


def prose(words: str, **header: str) -> Case:
    return case(block("prose", f"{words}\n\nMore."), **header)


def alone(words: str, **header: str) -> Case:
    kinds = [one.kind for one in case().manuscript.blocks if one.kind != "prose"]
    return case(block("prose", words), without=kinds, **header)


def spoken(words: str, **fields: str) -> Case:
    return case(block("quote", words, speaker="Sam Example", role="salt trader", source="wire", **fields))


LANGUAGE: list[Example] = [
    ("T-LANG", "warning", spoken(KA), spoken(KA, lang="ka", translated_by="")),
    ("T-LANG", "warning", spoken(RU), spoken("«Соль» здесь дорога.")),
    ("T-LANG", "warning", spoken(DE), spoken(DE, lang="de")),
    ("T-LANG", "warning", prose(f"{AR} {AR}"), prose("They say \u2068ملح\u2069 there, and mean the salt of the lake.")),
    ("T-LANG", "warning", alone(f"{RU} {RU}", lang="uk"), alone(UK, lang="uk")),
    ("T-LANG", "warning", alone(UK), alone(UK, lang="be")),
    ("T-CONFUSABLE", "warning", prose("Cіль тут дорога.", lang="uk"), prose("Сіль тут дорога.", lang="uk")),
    (
        "T-CONFUSABLE",
        "warning",
        prose("Пeревал закрыт.", lang="ru"),
        prose("Он смотрит YouTubeом и шлёт SMSки.", lang="ru"),
    ),
    ("T-CONFUSABLE", "warning", prose("The sаlt is dear."), prose("The salt, сіль in Ukrainian, is dear.")),
    ("T-CONFUSABLE", "warning", case(title="Мaк"), case(title="Мак і mac")),
    (
        "T-TYPO-NBSP",
        "info",
        prose("It lies 12 km away."),
        prose("It lies 12\u00a0km away, with 12 kmers, 5 of them at 12 o’clock."),
    ),
    ("T-TYPO-NBSP", "info", prose("Це 12 км звідси.", lang="uk"), prose("Це 12\u00a0км звідси.", lang="uk")),
    ("T-TYPO-NBSP", "info", prose("ეს 12 კმ არის.", lang="ka"), prose("ეს 12\u00a0კმ არის.", lang="ka")),
    ("T-TYPO-NBSP", "info", prose("See § 5 and No. 7."), prose("No. He said no. 5 of them left.")),
    (
        "T-TYPO-SPACE",
        "info",
        prose("Salt  is dear."),
        prose("Salt is dear.  \nSo is `a  b` and [rain](https://a.example.org 'x  y')."),
    ),
    ("T-TYPO-SPACE", "info", prose("Salt , they say."), prose("Salt … they say :) and wait.")),
    ("T-TYPO-SPACE", "info", prose("ملح ، نعم.", lang="ar"), prose("Du sel ! Et de la pluie ?", lang="fr")),
    ("T-TYPO-DOTS", "info", prose("Salt ... or rain."), prose("Salt … or rain .... or `a...b`.")),
    ("T-TYPO-APOS", "info", prose("It's the valley’s salt."), prose("It's the valley's salt, at 5'10.")),
    (
        "T-DASH",
        "info",
        prose("Salt — dear salt — is -- they say -- here."),
        prose("Salt — dear salt — costs 5 - 3 lari on the Kvemo–Zemo road.\n\n— I never—” she said."),
    ),
    (
        "T-DASH",
        "info",
        prose("Сіль — дорога – тут.", lang="uk"),
        prose("Сіль — дорога.\n\n— Так, — сказала вона.\n\n- перша\n- друга", lang="uk"),
    ),
    ("T-QUOTES", "info", prose("Соль “дорога” тут.", lang="ru"), prose("Соль «дорога» тут.", lang="ru")),
    ("T-QUOTES", "info", prose("მარილი «ძვირია» აქ.", lang="ka"), prose("მარილი „ძვირია“ აქ.", lang="ka")),
    ("T-QUOTES", "info", prose("الملح „غال“ هنا.", lang="ar"), prose("الملح «غال» هنا.", lang="ar")),
    ("T-QUOTES", "info", prose("The «dear» salt."), prose("The “dear” salt.")),
    ("T-QUOTES", "info", prose("The „dear“ salt."), spoken("Das „teure“ Salz.", lang="de", translated_by="")),
]
