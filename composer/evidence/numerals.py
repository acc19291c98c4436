"""Number words, magnitudes, currencies and the words for percent (en, uk, ru, ka, ar). Data only, folded."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from composer.evidence.letters import fold


def _numbered(start: int, words: str) -> dict[str, float]:
    """Return words with their numbers from `start`; forms of one number are joined by "/"."""
    rows = enumerate(words.split(), start)
    return {fold(form): float(number) for number, forms in rows for form in forms.split("/")}


def _tens(words: str) -> dict[str, float]:
    return {form: 10 * number for form, number in _numbered(2, words).items()}


UNITS: Mapping[str, float] = MappingProxyType(
    {
        **_numbered(
            1,
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen",
        ),
        **_numbered(
            2,
            "два/дві/двох/двом/двома/двоє/две/двух/двум/двумя/двое три/трьох/трьом/трьома/троє/трех/трем/тремя/трое "
            "чотири/чотирьох/чотирьом/четверо/четыре/четырех/четырем п’ять/п’яти/п’ятьох/пять/пяти "
            "шість/шести/шістьох/шесть сім/семи/сімох/семь вісім/восьми/вісьмох/восемь дев’ять/дев’яти/девять/девяти "
            "десять/десяти/десятьох одинадцять/одинадцяти/одиннадцать/одиннадцати "
            "дванадцять/дванадцяти/двенадцать/двенадцати тринадцять/тринадцать чотирнадцять/четырнадцать "
            "п’ятнадцять/пятнадцать шістнадцять/шестнадцать сімнадцять/семнадцать вісімнадцять/восемнадцать "
            "дев’ятнадцять/девятнадцать",
        ),
        **_numbered(2, "ორი/ორმა სამი/სამმა ოთხი ხუთი ექვსი შვიდი რვა ცხრა ათი თერთმეტი თორმეტი"),
        **_numbered(
            2, "اثنان/اثنين/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر"
        ),
    }
)
TENS: Mapping[str, float] = MappingProxyType(
    {
        **_tens("twenty thirty forty/fourty fifty sixty seventy eighty ninety"),
        **_tens(
            "двадцять/двадцяти/двадцать/двадцати тридцять/тридцяти/тридцать/тридцати сорок/сорока "
            "п’ятдесят/п’ятдесяти/пятьдесят/пятидесяти шістдесят/шестидесят/шестьдесят сімдесят/семьдесят "
            "вісімдесят/восемьдесят дев’яносто/девяносто"
        ),
        **_tens("ოცი ოცდაათი ორმოცი ორმოცდაათი სამოცი სამოცდაათი ოთხმოცი ოთხმოცდაათი"),
        **_tens("عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين"),
    }
)
ORDINALS: Mapping[str, float] = MappingProxyType(
    _numbered(
        1,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    )
)
MAGNITUDES: Mapping[str, float] = MappingProxyType(
    {
        fold(word): value
        for value, words in (
            (100.0, "hundred сто ста ასი مئة مائة"),
            (1e3, "thousand тисяча тисячі тисяч тис тысяча тысячи тысяч тыс ათასი ათას ألف آلاف"),
            (1e5, "lakh lakhs lac lacs"),
            (1e6, "million millions mn mln mio мільйон мільйони мільйона мільйонів млн миллион миллиона миллионов"),
            (1e6, "მილიონი მილიონ მლნ مليون ملايين مليونا"),
            (1e7, "crore crores"),
            (1e9, "billion billions bn bln мільярд мільярди мільярда мільярдів млрд миллиард миллиарда миллиардов"),
            (1e9, "მილიარდი მილიარდ მლრდ مليار مليارات مليارا"),
            (
                1e12,
                "trillion trillions tn trn трильйон трильйона трильйонів трлн триллион триллиона триллионов ტრილიონი",
            ),
            (12.0, "dozen dozens"),
        )
        for word in words.split()
    }
)
ATTACHED: Mapping[str, float] = MappingProxyType({"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "т": 1e3})

CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        fold(word): code
        for code, words in (
            (
                "$",
                "$ us$ usd dollar dollars buck bucks долар долари долара доларів долл доллар доллара долларов დოლარი",
            ),
            ("$", "დოლარის a$ c$ nz$ hk$ s$ دولار دولارا دولارات"),
            ("€", "€ eur euro euros євро евро ევრო يورو"),
            ("£", "£ gbp pound pounds sterling фунт фунтів фунтов"),
            ("¥", "¥ yen yuan renminbi cny jpy юань юаней юаней юанів єна"),
            ("₹", "₹ rs inr rupee rupees"),
            ("₴", "₴ uah hryvnia hryvnias hryvnya гривня гривні гривень грн гривна гривны гривен"),
            ("₽", "₽ rub rouble roubles ruble rubles рубль рублі рублів руб рубля рублей"),
            ("₾", "₾ gel lari ларі лари ლარი"),
            ("₺", "₺ lira liras"),
            ("tenge", "₸ kzt tenge тенге"),
            ("franc", "chf franc francs"),
            ("krona", "krona kronor krone kroner"),
        )
        for word in words.split()
    }
)

PERCENT = re.compile(
    r"[ -]?(?:%|per ?cent\b|percent\b|pc\b|percentage points?\b|відсот\w*|процент\w*|პროცენტ\w*|بالمئة|بالمائة|"
    r"في المئة|في المائة)",
    re.IGNORECASE,
)
