"""Evidence in Ukrainian, Russian, Georgian and Arabic, and across scripts. All news here is made up."""

import pytest

from composer.evidence import check
from composer.facts import Original

UKRAINIAN = """Україна вивезла на 17,8 % менше зерна, повідомив у Києві міністр Антон Аліханов. Збитки перевищили 145 млрд
гривень, а торік склади прийняли 12 тис. тонн. «Ми не віддамо жодного причалу нікому», — сказав Михайло Кобахідзе
5 серпня 2025 року.""".replace("\n", " ")
RUSSIAN = """Импорт из Китая в Россию упал на 17,8 процента, сообщил во вторник в Москве Константин Косачев. Речь идет о
5,8 млрд долларов и 1 200 вагонах. «Мы ждем ответа уже третий год», — заявил он.""".replace("\n", " ")
GEORGIAN = """პრემიერმა ირაკლი კობახიძემ თბილისში განაცხადა, რომ ექსპორტი 12,5 პროცენტით გაიზარდა და 3 მილიარდი ლარი
შეადგინა. „ჩვენ ამას ყველა ერთად გავაკეთებთ“, — თქვა მან 5 მაისს.""".replace("\n", " ")
ARABIC = """قال الرئيس محمود عباس يوم الاثنين إن الصادرات ارتفعت ١٧٫٨٪ إلى ٥ مليارات دولار. «سنواصل العمل حتى النهاية معا»، أضاف."""

FOUND = [
    (UKRAINIAN, "Експорт зерна впав на 17.8 відсотка.", "17.8 відсотка"),
    (UKRAINIAN, "Збитки — 145 мільярдів гривень.", "145 мільярдів гривень"),
    (UKRAINIAN, "Склади прийняли 12 тисяч тонн.", "12 тисяч"),
    (UKRAINIAN, "Склади прийняли 12 000 тонн.", "12 000"),
    (UKRAINIAN, "Потяг прибув у Київ.", "Київ"),
    (UKRAINIAN, "Про це заявлено Аліхановим.", "Аліхановим"),
    (UKRAINIAN, "Розмова з Антоном Аліхановим тривала.", "Антоном Аліхановим"),
    (UKRAINIAN, "“Ми не віддамо жодного причалу”, сказав він.", "Ми не віддамо жодного причалу"),
    (UKRAINIAN, "Це було 5 серпня.", "5 серпня"),
    (UKRAINIAN, "Mykhailo was absent, Anton Alikhanov said.", "Anton Alikhanov"),
    (UKRAINIAN, "Kobakhidze spoke in Kyiv.", "Kyiv"),
    (UKRAINIAN, "Ukrainian grain exports fell 17.8%.", "17.8%"),
    (RUSSIAN, "Речь о сумме в 5,8 миллиарда долларов.", "5,8 миллиарда долларов"),
    (RUSSIAN, "The sum is $5.8bn.", "$5.8bn"),
    (RUSSIAN, "Стоят 1200 вагонов.", "1200"),
    (RUSSIAN, "Слова Косачёва повторили.", "Косачёва"),
    (RUSSIAN, "Kosachev spoke in Moscow.", "Moscow"),
    (GEORGIAN, "ექსპორტი 12.5%-ით გაიზარდა.", "12.5%"),
    (GEORGIAN, "კობახიძის თქმით, ყველაფერი რიგზეა.", "კობახიძის"),
    (GEORGIAN, "„ჩვენ ამას ყველა ერთად გავაკეთებთ“, თქვა მან.", "ჩვენ ამას ყველა ერთად გავაკეთებთ"),
    (GEORGIAN, "Irakli Kobakhidze spoke.", "Irakli Kobakhidze"),
    (ARABIC, "ارتفعت الصادرات 17.8% هذا العام.", "17.8%"),
    (ARABIC, "بلغت الصادرات 5 مليارات دولار.", "5 مليارات دولار"),
    (ARABIC, "قال يوم الاثنين إنه باق.", "الاثنين"),
    (ARABIC, "«سنواصل العمل حتى النهاية معا».", "سنواصل العمل حتى النهاية معا"),
]
MISSED = [
    (UKRAINIAN, "Експорт зерна впав на 17,9 %.", "17,9 %"),
    (UKRAINIAN, "Того дня Аліхнаов мовчав.", "Аліхнаов"),
    (UKRAINIAN, "Антон Кобахідзе мовчав.", "Антон Кобахідзе"),
    (UKRAINIAN, "«Ми не віддамо жодного корабля нікому».", "Ми не віддамо жодного корабля нікому"),
    (UKRAINIAN, "У Тернополі мовчать.", "Тернополі"),
    (RUSSIAN, "Сумма — 5,9 млрд долларов.", "5,9 млрд долларов"),
    (RUSSIAN, "Он ответил в среду.", "среду"),
    (RUSSIAN, "В Казани промолчал Медников.", "Медников"),
    (GEORGIAN, "ექსპორტი 12,6 პროცენტით გაიზარდა.", "12,6 პროცენტით"),
    (GEORGIAN, "გუშინ მოსაუბრე ხაზარაძემ თქვა.", "ხაზარაძემ"),
    (GEORGIAN, "„ჩვენ ამას მარტო ერთად გავაკეთებთ“.", "ჩვენ ამას მარტო ერთად გავაკეთებთ"),
    (ARABIC, "ارتفعت الصادرات ١٨٫٨٪.", "١٨٫٨٪"),
    (ARABIC, "قال الرئيس سعيد قيس إنه باق.", "سعيد قيس"),
    (ARABIC, "«سنواصل العمل حتى البداية معا».", "سنواصل العمل حتى البداية معا"),
]


def level(source: str, text: str, words: str) -> str:
    found = {one.fact.words: one.level for one in check(text, [Original(id="wire", text=source)]).verdicts}
    return found[words]


@pytest.mark.parametrize(("source", "text", "words"), FOUND)
def test_a_fact_is_found_in_its_language_and_across_scripts(source: str, text: str, words: str) -> None:
    assert level(source, text, words) == "green"


@pytest.mark.parametrize(("source", "text", "words"), MISSED)
def test_a_slip_is_red_in_any_language(source: str, text: str, words: str) -> None:
    assert level(source, text, words) == "red"


@pytest.mark.parametrize("text", [UKRAINIAN, RUSSIAN, GEORGIAN, ARABIC])
def test_a_text_in_any_language_supports_itself(text: str) -> None:
    verdicts = check(text, [Original(id="wire", text=text)]).verdicts

    assert len(verdicts) > 3
    assert {one.level for one in verdicts} == {"green"}
