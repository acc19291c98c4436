"""Words that rules look for, by language (en, uk, ru, ka, ar). Data only; a language without a list is not judged."""

import re
from collections.abc import Mapping
from types import MappingProxyType


def _any_of(*words: str) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


MOTIVES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _any_of("because", "why", "we", "we’re", "we're", "our", "us"),
        "uk": _any_of("бо", "тому", "адже", "чому", "ми", "нас", "нам", "наш", "наша", "наші", "наших"),
        "ru": _any_of("потому", "ведь", "почему", "мы", "нас", "нам", "наш", "наша", "наши", "наших"),
        "ka": _any_of("რადგან", "რადგანაც", "იმიტომ", "რატომ", "ჩვენ", "ჩვენი", "ჩვენს", "ჩვენთვის"),
        "ar": re.compile("لأن|لماذا|نحن|لنا|قراءنا|قرائنا"),
    }
)

# Link words that say nothing when a screen reader reads out a list of links.
EMPTY_LINKS: frozenset[str] = frozenset(
    {
        *("here", "click", "click here", "link", "this link", "read more", "more", "learn more", "see more", "this"),
        *("find out more", "continue", "continue reading", "go", "details", "more details", "read", "sign up here"),
        *("see here", "read here", "read it here", "subscribe here", "website", "source", "via", "story", "article"),
        *("тут", "ось тут", "посилання", "за посиланням", "читати далі", "читати більше", "читати", "детальніше"),
        *("докладніше", "більше", "далі", "натисніть тут", "дізнатися більше", "джерело", "підписатися тут"),
        *("здесь", "вот здесь", "ссылка", "по ссылке", "читать далее", "читать дальше", "читать", "подробнее"),
        *("далее", "ещё", "еще", "нажмите здесь", "узнать больше", "источник", "подписаться здесь"),
        *("აქ", "ბმული", "ლინკი", "ვრცლად", "მეტი", "სრულად", "გაიგე მეტი", "წაიკითხე მეტი", "დააჭირე აქ", "წყარო"),
        *("იხილეთ აქ", "გააგრძელე კითხვა", "დეტალურად", "გამოიწერე აქ"),
        *("هنا", "اضغط هنا", "انقر هنا", "من هنا", "رابط", "الرابط", "اقرأ المزيد", "المزيد", "للمزيد", "تابع القراءة"),
        *("المصدر", "اشترك هنا", "التفاصيل"),
    }
)

NEAR_DAYS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _any_of(
            *(
                "today",
                "yesterday",
                "tomorrow",
                "tonight",
                "this morning",
                "this afternoon",
                "this evening",
                "recently",
            ),
            *("last night", "this week", "last week", "next week", "this month", "last month", "next month"),
        ),
        "uk": _any_of(
            *("сьогодні", "вчора", "учора", "завтра", "цього тижня", "минулого тижня", "наступного тижня", "нещодавно"),
            *("цього місяця", "минулого місяця", "цими днями"),
        ),
        "ru": _any_of(
            *("сегодня", "вчера", "завтра", "на этой неделе", "на прошлой неделе", "на следующей неделе", "недавно"),
            *("в этом месяце", "в прошлом месяце", "на днях"),
        ),
        "ka": _any_of("დღეს", "გუშინ", "ხვალ", "ამ კვირაში", "გასულ კვირას", "მომავალ კვირას", "ახლახან", "ამ თვეში"),
        "ar": _any_of(
            "اليوم", "أمس", "غدا", "غدًا", "هذا الأسبوع", "الأسبوع الماضي", "الأسبوع المقبل", "مؤخرا", "مؤخرًا"
        ),
    }
)

VAGUE: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": _any_of(
            *(
                "reportedly",
                "media reports",
                "media report",
                "media reported",
                "local media",
                "some reports",
                "reports say",
            ),
            *("reports suggest", "reports said", "it is said", "it is believed", "it is reported", "it was reported"),
            *("sources say", "sources said", "is rumored to", "is rumoured to", "observers say", "experts say"),
        ),
        "uk": _any_of(
            *("за даними змі", "за повідомленнями змі", "за інформацією змі", "змі повідомляють", "змі пишуть"),
            *("як повідомляють змі", "як пишуть змі", "місцеві змі", "за словами експертів", "експерти кажуть"),
            *("повідомляється, що", "як повідомляється", "нібито", "подейкують", "за чутками", "вважається, що"),
            *("джерела кажуть", "джерела повідомляють", "за даними джерел", "за інформацією джерел"),
        ),
        "ru": _any_of(
            *("по данным сми", "по сообщениям сми", "по информации сми", "сми сообщают", "сми пишут"),
            *("как сообщают сми", "как пишут сми", "местные сми", "по словам экспертов", "эксперты говорят"),
            *("сообщается, что", "как сообщается", "якобы", "поговаривают", "по слухам", "считается, что"),
            *("источники говорят", "источники сообщают", "по данным источников", "по информации источников"),
        ),
        "ka": _any_of(
            *("მედიის ცნობით", "მედიის ინფორმაციით", "მედია წერს", "ადგილობრივი მედია", "როგორც მედია წერს"),
            *("გავრცელებული ინფორმაციით", "არსებული ინფორმაციით", "წყაროების ცნობით", "წყაროების თქმით"),
            *("ექსპერტების თქმით", "ექსპერტები ამბობენ", "როგორც ამბობენ", "ამბობენ, რომ", "ჭორების მიხედვით"),
        ),
        "ar": _any_of(
            *("وسائل إعلام", "وسائل الإعلام", "تقارير إعلامية", "ذكرت تقارير", "أفادت تقارير", "وفقا لتقارير"),
            *("وفقًا لتقارير", "بحسب تقارير", "بحسب مصادر", "مصادر مطلعة", "أفادت مصادر", "قالت مصادر"),
            *("يقال إن", "يُقال إن", "يعتقد أن", "يُعتقد أن", "يقول خبراء", "يرى مراقبون"),
        ),
    }
)
# Who says so, in the same sentence. Georgian and Arabic have no capitals: there only outlets and links count.
NAMED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(r"\b(?:according to|told|tells) (?:[Tt]he )?[A-Z]"),
        "uk": re.compile(
            r"\b(?:[Зз]а (?:даними|словами|інформацією)|(?:як )?(?:пише|повідомляє|повідомила?|сказав|сказала)) "
            r"(?!ЗМІ\b)[«„“]?[A-ZА-ЯІЇЄҐ]"
        ),
        "ru": re.compile(
            r"\b(?:[Пп]о (?:данным|словам|информации)|(?:как )?(?:пишет|сообщает|сообщила?|сказал|сказала)) "
            r"(?!СМИ\b)[«„“]?[A-ZА-ЯЁ]"
        ),
    }
)

# Who counted: a brief that hands on their figures names them in `via`. Asked of whole sentences.
ORIGINS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"\bcustoms (?:data|figures|statistics|records|tables)\b|\b(?:opinion |exit )?(?:poll|survey|census)\b"
            r"|\b(?:ministry|central bank|statistics office|bureau)(?:[’']s)? (?:data|figures|statistics|numbers)\b"
            r"|\b(?:official|government|state) (?:data|figures|statistics)\b|\bdata (?:from|of|by) the\b"
            r"|\baccording to (?:the |an? )?(?:\w+[’']?s? ){0,4}(?:ministry|central bank|customs|statistics)\b",
            re.IGNORECASE,
        ),
        "uk": re.compile(
            r"\bмитн\w+ (?:дан\w+|статистик\w+)|\b(?:дан\w+|статистик\w+) (?:\w+ )?(?:митниц\w+|митн\w+ служб\w+)"
            r"|\bопитуванн\w+|\bперепис\w* населення|\bза даними (?:\w+ ){0,2}(?:міністерств\w+|мін\w+|нацбанк\w*)"
            r"|\bофіційн\w+ (?:дан\w+|статистик\w+)|\bдержстат\w*",
            re.IGNORECASE,
        ),
        "ru": re.compile(
            r"\bтаможенн\w+ (?:данн\w+|статистик\w+)|\b(?:данн\w+|статистик\w+) (?:\w+ )?(?:таможн\w+|таможенн\w+)"
            r"|\bопрос(?:а|у|е|ы|ов|ам|ах)?\b (?:\w+ )?(?:общественного|фонда|центра|показал\w*)|\bопросы? показал\w*"
            r"|\bперепис\w+ населения|\bпо данным (?:\w+ ){0,2}(?:министерств\w+|мин\w+|центробанк\w*)"
            r"|\bофициальн\w+ (?:данн\w+|статистик\w+)|\bросстат\w*",
            re.IGNORECASE,
        ),
        "ka": re.compile(
            r"საბაჟო\w* (?:მონაცემ\w+|სტატისტიკ\w+)|გამოკითხვ\w+|მოსახლეობის აღწერ\w+|საქსტატ\w*"
            r"|(?:სამინისტრო|ეროვნული ბანკი)ს (?:მონაცემ\w+|სტატისტიკ\w+)|ოფიციალურ\w* (?:მონაცემ\w+|სტატისტიკ\w+)"
        ),
        "ar": re.compile(
            r"(?:بيانات|إحصاءات|أرقام) (?:ال)?(?:جمارك|جمركية|رسمية|وزارة|حكومية)|استطلاع|التعداد السكاني"
            r"|(?:البنك المركزي|الجهاز المركزي للإحصاء)"
        ),
    }
)

# How a paragraph begins that says on what its subhead has just said.
LEANING: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(
            r"(?:Its|Their|This|These|It)\b(?! (?:week|weekend|month|year|morning|afternoon|evening|spring|summer"
            r"|autumn|fall|winter|time|newsletter|edition|story|takes?|took|rains?|rained|snows?|snowed)\b)"
        ),
        "uk": re.compile(r"(?:Це|Цей|Ця|Ці|Його|Її|Їхн\w+|Воно)\b(?! (?:тижн\w+|місяц\w+|рок\w+|рік|дні)\b)"),
        "ru": re.compile(r"(?:Это|Этот|Эта|Эти|Его|Её|Ее|Их|Оно)\b(?! (?:недел\w+|месяц\w*|год\w*|дни)\b)"),
        "ka": re.compile(r"(?:ეს|ამან|ამის|მისი|მათი|ის)(?!\w)(?! (?:კვირა|თვე|წელი)(?!\w))"),
        "ar": re.compile(r"(?:هذا|هذه|هؤلاء|ذلك|تلك|وهو|وهي|إنه|إنها)(?!\w)(?! (?:الأسبوع|الشهر|العام)(?!\w))"),
    }
)

# Words so small that one put in or taken out changes nothing that was told.
LITTLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": _words("a an the of to in on at by for and that which is are was were be been has have had it its"),
        "uk": _words("у в на з із зі до від для і й та що це є був була було були"),
        "ru": _words("в во на с со из до от для и а что это был была было были"),
        "ka": _words("და რომ ეს ის იყო არის"),
        "ar": _words("في من إلى على عن و أن هو هي"),
    }
)

# Words that hide a fault where it should be owned; asked in every edition, whatever its language.
EUPHEMISMS = _any_of(
    *("recast", "fixed", "tweaked", "refreshed", "polished", "refined", "misspoke", "glitch", "amended for clarity"),
    *("підправлено", "підправили", "покращено", "покращили", "уточнено формулювання", "технічна помилка"),
    *("подправлено", "подправили", "улучшено", "улучшили", "уточнена формулировка", "техническая ошибка"),
    *("დაიხვეწა", "დავხვეწეთ", "გაუმჯობესდა", "ტექნიკური ხარვეზი"),
    *("تم تحسين", "تم تنقيح", "خطأ تقني", "خلل فني"),
)

# What stands between quotation marks of any kind.
QUOTED = re.compile(r"“[^“”]+”|«[^«»]+»|„[^„“”]+[“”]|\"[^\"]+\"")

SHORTENERS = frozenset(
    {
        *("bit.ly", "buff.ly", "cutt.ly", "dlvr.it", "fb.me", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "t.co"),
        *("t.ly", "tinyurl.com"),
    }
)
TRACKING = re.compile(
    r"[?&](?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_hsenc|_hsmi)=", re.IGNORECASE
)

PICTURE_OF = re.compile(
    r"\s*(?:an? |the )?(?:image|photo|photograph|picture|pic|screenshot|graphic) (?:of|showing)\b"
    r"|\s*(?:фото|фотографія|фотография|зображення|изображение|картинка|ფოტო|სურათი|صورة)\s*(?:[:–—-]|\s)",
    re.IGNORECASE,
)

# A drop cap glued to the next word: no English word or name is made of one of the first and one of the second.
GLUED = re.compile(
    r"\b(?:As|In|At|On|If|Of|To|By|When|While|For|From|With|After|Before|Since|But|And)"
    r"(?:we|the|you|they|she|it|this|that|their|our|these|those)\b"
)
