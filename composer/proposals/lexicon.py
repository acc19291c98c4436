"""Words that tell what a line is, by language (en, uk, ru). Data only.

Every entry is a piece of a regular expression that stands for whole words. A rule reads all languages at once, since
an English letter may close with a Ukrainian sign-up line. A new language is a new row in each list.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

Words = Mapping[str, tuple[str, ...]]


def _lists(**lists: tuple[str, ...]) -> Words:
    return MappingProxyType(lists)


def alternatives(*lists: Words) -> str:
    """Return the words of all languages as one group of a regular expression, the longest first."""
    words = {word for one in lists for language in one.values() for word in language}
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


def any_of(*lists: Words) -> re.Pattern[str]:
    """Return a pattern that finds whole words of any language, in capitals or not."""
    return re.compile(rf"(?<!\w){alternatives(*lists)}(?!\w)", re.IGNORECASE)


def opening_with(*lists: Words) -> re.Pattern[str]:
    """Return a pattern that finds such words where a text begins."""
    return re.compile(rf"\W{{0,3}}{alternatives(*lists)}(?!\w)", re.IGNORECASE)


_EN_TIME = (
    r"(?:week|month|year|morning|evening|night|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer"
    r"|autumn|winter)"
)
_UK_DAY = "(?:понеділок|вівторок|середу|четвер|п[’']ятницю|суботу|неділю)"
_RU_DAY = "(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)"

TIMES = _lists(
    en=(
        rf"(?:(?:earlier|later|late|early) )?(?:this|last|on|in the) (?:\w+ ){{0,2}}{_EN_TIME}",
        "yesterday",
        "today",
    ),
    uk=(
        rf"[ув] (?:\w+ ){{0,1}}{_UK_DAY}",
        "(?:на початку |наприкінці )?(?:цього|минулого) (?:тижня|місяця|року|літа)",
        "(?:цієї|минулої) (?:осені|весни|зими|ночі)",
        "учора",
        "вчора",
        "сьогодні",
        "торік",
    ),
    ru=(
        rf"во? (?:\w+ ){{0,1}}{_RU_DAY}",
        "(?:в начале|в конце) (?:этой|прошлой) недели",
        "на (?:этой|прошлой) неделе",
        "в (?:этом|прошлом) (?:месяце|году)",
        "прошлой (?:осенью|весной|зимой|ночью)",
        "прошлым летом",
        "вчера",
        "сегодня",
    ),
)

# Times that are counted from a day that the text does not name, wherever they stand.
RELATIVE = _lists(
    en=(
        r"(?:\w+ )?(?:days?|weeks?|months?|years?) (?:later|ago)",
        "in recent (?:days|weeks|months)",
        r"(?:earlier|later) this (?:week|month|year)",
    ),
    uk=(r"\w+ (?:днів|дні|тижнів|тижні|місяців|місяці|років|роки) тому", "останніми (?:днями|тижнями|місяцями)"),
    ru=(r"\w+ (?:дней|дня|недель|недели|месяцев|месяца|лет|года) назад", "в последние (?:дни|недели|месяцы)"),
)

CITED = _lists(
    en=(
        *("report", "reports", "reported", "shows?", "says?", "said", "writes?", "according to"),
        *("data", "figures", "survey", "study"),
    ),
    uk=("повідомляє", "повідомляють", "пише", "пишуть", "за даними", "згідно з", "свідчать", "дані", "дослідження"),
    ru=("сообщает", "сообщают", "пишет", "пишут", "по данным", "согласно", "свидетельствуют", "данные", "исследование"),
)

# Verbs that bring somebody's words.
SPEECH = _lists(
    en=(
        *("says", "say", "said", "writes", "wrote", "reports", "reported", "remarks", "remarked", "argues", "argued"),
        *("notes", "noted", "warns", "warned", "told", "tells", "tell", "adds", "added", "explains", "explained"),
        *("concludes", "concluded", "finds", "found", "believes", "recalls", "recalled", "insists", "insisted", "asks"),
        *("asked", "replied", "replies", "puts it", "put it", "states", "stated"),
    ),
    uk=(
        *("каже", "кажуть", "сказав", "сказала", "сказали", "говорить", "говорив", "говорила", "заявив", "заявила"),
        *("зазначив", "зазначила", "зауважив", "зауважила", "пише", "написав", "написала", "повідомляє", "повідомив"),
        *("повідомила", "пояснює", "пояснив", "пояснила", "розповів", "розповіла", "розповідає", "додав", "додала"),
        *("вважає", "підсумовує", "згадує", "ідеться", "йдеться", "наголосив", "наголосила"),
    ),
    ru=(
        *("говорит", "говорят", "говорил", "говорила", "сказал", "сказала", "сказали", "заявил", "заявила", "отметил"),
        *("отметила", "заметил", "заметила", "пишет", "написал", "написала", "сообщает", "сообщил", "сообщила"),
        *("объясняет", "объяснил", "объяснила", "рассказал", "рассказала", "рассказывает", "добавил", "добавила"),
        *("считает", "заключает", "вспоминает", "говорится", "подчеркнул", "подчеркнула"),
    ),
)

_EN_BODIES = (
    "(?:report|study|survey|analysis|review|statement|paper|magazine|newspaper|agency|ministry|union|court|government"
    "|commission|committee|company|institute|council|organi[sz]ation|document|letter|authors)"
)

_EN_CALLINGS = (
    "(?:mayor|minister|president|governor|ambassador|general|senator|director|professor|bishop|judge|captain|owner"
    "|conductor|spokes(?:man|woman|person)|chair(?:man|woman)?|head|manager|lawyer|historian|economist|scientist"
    "|engineer|teacher|farmer|fisherman|driver|doctor|nurse)"
)

# What speaks though it is no person: a document, an office.
BODIES = _lists(
    en=(f"the {_EN_BODIES}", rf"the (?:[\w-]+ ){{0,2}}?{_EN_CALLINGS}"),
    uk=(
        "[ув] (?:звіті|доповіді|дослідженні|заяві|документі|листі)",
        "звіт",
        "дослідження",
        "видання",
        "міністерство",
        "профспілка",
        "суд",
        "уряд",
        "компанія",
        "автори",
    ),
    ru=(
        "в (?:отчёте|отчете|докладе|исследовании|заявлении|документе|письме)",
        "отчёт",
        "отчет",
        "доклад",
        "исследование",
        "издание",
        "министерство",
        "профсоюз",
        "суд",
        "правительство",
        "компания",
        "авторы",
    ),
)

_EN_PEOPLE = (
    "(?:analysts?|officials?|diplomats?|sources?|experts?|commentators?|officers?|lawmakers?|residents?|traders?"
    "|soldiers?|advis[eo]rs?|teachers?|engineers?|researchers?|employees?|workers?|editors?|farmers?|ministers?|woman"
    "|man|women|men|witness|witnesses|person|people|mother|father|driver|doctor|nurse)"
)
_UK_PEOPLE = (
    "(?:аналітик|чиновни|дипломат|джерел|експерт|коментатор|офіцер|депутат|мешкан|солдат|радни|вчител|інженер|лікар"
    r"|співробітни|посадов|жінк|чоловік|свід)\w*"
)
_RU_PEOPLE = (
    "(?:аналитик|чиновник|дипломат|источник|эксперт|комментатор|офицер|депутат|жител|солдат|советник|учител|инженер"
    r"|врач|сотрудник|женщин|мужчин|свидетел)\w*"
)

_UK_SOME = r"(?:один|одна|одне|одного|однієї|одному|деякі|кілька|неназван\w+|анонімн\w+)"
_RU_SOME = r"(?:один|одна|одно|одного|одной|одному|некоторые|несколько|неназванн\w+|анонимн\w+)"

# Speakers that a text does not name.
UNNAMED = _lists(
    en=(rf"(?:one|an?|another|some|several|two|three|many|senior) (?:[\w-]+ ){{0,3}}?{_EN_PEOPLE}",),
    uk=(
        rf"{_UK_SOME}(?: [зі]+)? (?:[\w-]+ ){{0,3}}?{_UK_PEOPLE}",
        r"співрозмовни\w+",
    ),
    ru=(
        rf"{_RU_SOME}(?: из)? (?:[\w-]+ ){{0,3}}?{_RU_PEOPLE}",
        r"собеседни\w+",
    ),
)

PRONOUNS = _lists(
    en=("he", "she", "they", "it", "i", "we", "who"),
    uk=("він", "вона", "воно", "вони", "я", "ми"),
    ru=("он", "она", "оно", "они", "я", "мы"),
)

# Words of office that stand before a name in capitals and are no part of it.
OFFICES = _lists(
    en=(
        *("minister", "president", "secretary", "chancellor", "ambassador", "general", "senator", "mayor", "governor"),
        *("spokesman", "spokeswoman", "spokesperson", "director", "professor", "bishop", "judge", "colonel", "captain"),
    ),
    uk=("міністр", "президент", "голова", "посол", "генерал", "мер", "губернатор", "речник", "речниця", "директор"),
    ru=("министр", "президент", "глава", "посол", "генерал", "мэр", "губернатор", "пресс-секретарь", "директор"),
)

# A phrase that begins with one of these is no office before a name: "said in Tbilisi".
SMALL = _lists(
    en=(
        *("in", "at", "on", "to", "by", "from", "for", "with", "that", "about", "of", "during", "after", "before"),
        *("and", "as", "if", "when", "while", "but"),
    ),
    uk=("у", "в", "на", "до", "від", "для", "з", "із", "про", "після", "перед", "що", "і", "й", "та", "але", "якщо"),
    ru=("в", "во", "на", "до", "от", "для", "с", "со", "о", "об", "после", "перед", "что", "и", "но", "если"),
)

HEDGES = _lists(
    en=(
        *("reportedly", "allegedly", "it is (?:said|believed|reported|understood)", "it was reported"),
        *("(?:media|local|some) reports", "sources (?:say|said)", "observers say", "experts say", "rumou?red to"),
    ),
    uk=("нібито", "буцімто", "начебто", "за чутками", "подейкують", "як повідомляють ЗМІ", "за словами джерел"),
    ru=("якобы", "по слухам", "поговаривают", "как сообщают СМИ", "по словам источников", "будто бы"),
)

STATEMENTS = _lists(
    en=("(?:joint |written |public |open )?(?:statement|communiqué|communique|declaration|resolution|letter)",),
    uk=("(?:спільн|відкрит|письмов)?(?:[а-яіїє]+ )?(?:заяв|комюніке|декларац|резолюц)[а-яіїє]*",),
    ru=("(?:совместн|открыт|письменн)?(?:[а-яё]+ )?(?:заявлени|коммюнике|деклараци|резолюци)[а-яё]*",),
)

FIGURE_SOURCES = _lists(
    en=("sources?", "data"), uk=("джерел[оа]", "дані"), ru=("источник[и]?", "данные")
)  # followed by a colon

_EN_FIRST = "(?:first |originally )"
_EN_TEXT = "(?:story|piece|article|essay|text|report|letter|item|column|dispatch)"
_UK_TEXT = "(?:тексту|матеріалу|статті|есею|репортажу|листа)"
_RU_TEXT = "(?:текста|материала|статьи|эссе|репортажа|письма)"

# Sentences that say where else a text stands, with the relation that each means.
PROVENANCE: Mapping[str, Words] = MappingProxyType(
    {
        "web-version-of": _lists(
            en=(rf"(?:an? |the )?(?:\w+ )?version of this {_EN_TEXT}", rf"this {_EN_TEXT} (?:first )?went out"),
            uk=(rf"(?:\w+ )?версі[яю] цього {_UK_TEXT}", rf"(?:\w+ )?версі[яю] цієї {_UK_TEXT}"),
            ru=(rf"(?:\w+ )?версия этого {_RU_TEXT}", rf"(?:\w+ )?версия этой {_RU_TEXT}"),
        ),
        "excerpt-of": _lists(
            en=(
                rf"(?:a )?part of this {_EN_TEXT} (?:was|went|appeared)",
                rf"this {_EN_TEXT} is (?:an excerpt|adapted)",
            ),
            uk=("цей (?:текст|матеріал) є уривком", "уривок з"),
            ru=("этот (?:текст|материал) — отрывок", "отрывок из"),
        ),
        "translation-of": _lists(
            en=(rf"this {_EN_TEXT} (?:is|was) (?:a translation|translated)",),
            uk=("цей (?:текст|матеріал) (?:є перекладом|перекладено)",),
            ru=("этот (?:текст|материал) (?:является переводом|переведён|переведен)",),
        ),
        "republished-from": _lists(
            en=(
                "(?:this \\w+ (?:was|is) )?(?:originally|first) (?:published|appeared)",
                rf"this {_EN_TEXT} {_EN_FIRST}?(?:was |is )?{_EN_FIRST}?(?:re)?(?:published|appeared)",
            ),
            uk=(
                "(?:цей (?:текст|матеріал) )?(?:вперше|уперше) (?:опублікован|вийш|з[’']явив)\\w*",
                r"цей (?:текст|матеріал) (?:було )?опублікован\w*",
            ),
            ru=(
                "(?:этот (?:текст|материал) )?впервые (?:опубликован|вышел|появил)\\w*",
                r"этот (?:текст|материал) (?:был )?опубликован\w*",
            ),
        ),
    }
)

SIGNUPS = _lists(
    en=("sign up", "subscribe", "get (?:the|our|this) (?:letter|newsletter)", "join (?:our|the) (?:mailing )?list"),
    uk=("підписуйтесь", "підписуйтеся", "підпишіться", "підписатися", "підписка", "отримуйте (?:наш|листи|розсилку)"),
    ru=("подписывайтесь", "подпишитесь", "подписаться", "подписка", "получайте (?:наш|письма|рассылку)"),
)

_EN_DID = "(?:did|do|are|have) we (?:write|writing|written|publish|report|reporting|tell|telling|cover|do)"
WHY_TITLES = _lists(
    en=(rf"why {_EN_DID}", "why we (?:wrote|write|published|report|reported|tell|told|did|cover|covered)"),
    uk=("(?:чому|навіщо) ми (?:це |про це )?(?:на)?(?:писали|пишемо|розповідаємо|розповіли|опублікували|зробили)",),
    ru=("(?:почему|зачем) мы (?:это |об этом )?(?:на)?(?:писали|пишем|рассказываем|рассказали|опубликовали|сделали)",),
)

# Who did what: the key of `credits` for each wording.
ROLES: Mapping[str, Words] = MappingProxyType(
    {
        "additional-research": _lists(en=("additional research",)),
        "additional-reporting": _lists(
            en=("additional reporting",), uk=("додатковий репортаж",), ru=("дополнительный репортаж",)
        ),
        "photo-editing": _lists(
            en=("photo editing", "photo editor"),
            uk=("фоторедактура", "фоторедактор(?:ка)?"),
            ru=("фоторедактура", "фоторедактор"),
        ),
        "fact-check": _lists(
            en=("fact[- ]check(?:ing|ed)?",),
            uk=("перевірка фактів", "фактчекінг"),
            ru=("проверка фактов", "фактчекинг"),
        ),
        "research": _lists(
            en=("research(?:ed)?",), uk=("дослідження", "збір матеріалу"), ru=("исследование", "сбор материала")
        ),
        "reporting": _lists(en=("reporting", "reported"), uk=("репортаж",), ru=("репортаж",)),
        "editing": _lists(
            en=("editing", "edited", "editors?"),
            uk=("редактура", "редагування", "редактор(?:ка)?"),
            ru=("редактура", "редактор"),
        ),
        "translation": _lists(
            en=("translation", "translated"), uk=("переклад", "перекла(?:в|ла)"), ru=("перевод", "перев(?:ёл|ел|ела)")
        ),
        "illustration": _lists(en=("illustrations?", "illustrated"), uk=("ілюстраці[яї]",), ru=("иллюстраци[яи]",)),
        "graphics": _lists(en=("graphics?", "charts?"), uk=("графіка",), ru=("графика",)),
    }
)

BYLINES = _lists(en=("by", "words by", "text by"), uk=("текст", "автор(?:ка)?"), ru=("текст", "автор"))

# A sentence that says what the story is about rather than what happened.
NUT_CUES = _lists(
    en=(
        *("story (?:was|is) about", "about who", "at stake", "the question is", "what it means", "matters because"),
        *("why it matters", "this matters", "is struggling to", "is part of a (?:larger|wider|broader)", "more than a"),
        *("the (?:real|larger|wider|deeper) (?:story|question|issue)", "not just about", "is not (?:only|just|merely)"),
    ),
    uk=("ідеться про", "йдеться про", "на кону", "питання в тому", "це важливо", "насправді це", "не лише про"),
    ru=("речь идёт о", "речь идет о", "на кону", "вопрос в том", "это важно", "на самом деле это", "не только о"),
)

# A sentence that draws the general close.
CLOSE_CUES = _lists(
    en=(
        *("suggests?", "exposes?", "reveals?", "means that", "highlight(?:s|ing)", "is essential to", "shows that"),
        *(
            "the lesson",
            "only lesson",
            "taken together",
            "what is left",
            "in the end",
            "in a world (?:where|of|that)",
            "for now",
        ),
    ),
    uk=("свідчить", "означає", "показує", "урок", "зрештою", "врешті", "у світі, де"),
    ru=("свидетельствует", "означает", "показывает", "урок", "в конце концов", "в итоге", "в мире, где"),
)

# Words of a body that can issue a statement, at the end of its name.
_EN_BODY = "(?:Organi[sz]ation|Union|Council|Committee|Commission|Ministry|Association|Court|Assembly|Bank|Fund|League)"
ORGANISATIONS = _lists(en=(rf"[A-Z][\w’'-]*(?: (?:of|for|the|and|[A-Z][\w’'-]*)){{0,5}}? {_EN_BODY}", "[A-Z]{2,6}s?"))

# Figures that come from a count or a poll, and whose.
DATASETS = _lists(
    en=("survey", "poll", "data", "figures", "statistics", "census", "index"),
    uk=("опитування", "дані", "даними", "статистика"),
    ru=("опрос", "данные", "данным", "статистика"),
)

MONTHS_AND_DAYS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "  # noqa: SIM905 (one name a line would hide the list's shape)
    "thursday friday saturday sunday".split()
)

# Words that filters for unwanted mail know too well.
SPAM = _lists(
    en=(
        *("free", "act now", "urgent", "click", "buy", "winner", "guaranteed?", "limited time", "offer", "discount"),
        *("exclusive", "shocking", "you won[’']t believe", "must[- ]see", "breaking", "last chance", "don[’']t miss"),
    ),
    uk=("безкоштовно", "терміново", "купуйте", "знижк\\w+", "гарантовано", "ексклюзив", "шок", "не пропустіть"),
    ru=("бесплатно", "срочно", "купите", "скидк\\w+", "гарантированно", "эксклюзив", "шок", "не пропустите"),
)
