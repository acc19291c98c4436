"""Words that rules look for, by language (en, uk, ru, ka, ar). Data only; a language without a list is not judged."""

import re
from collections.abc import Mapping
from types import MappingProxyType


def _any_of(*words: str) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


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
    }
)
NAMED = re.compile(r"\b(?:according to|told|tells) (?:[Tt]he )?[A-Z]")

EUPHEMISMS = _any_of("recast", "fixed", "tweaked", "refreshed", "polished", "refined", "misspoke", "glitch")

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
