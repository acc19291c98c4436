"""Word lists for five languages (en, uk, ru, ka, ar). Data only; in lower case, without full stops at the end."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# No sentence ends after these: a name or a figure follows.
TITLES = _words(
    "mr mrs ms mx dr prof gen sen rep gov lt col sgt capt cpl maj cmdr adm rev hon pres st mt ft messrs mme mlle fr "
    "vs cf fig figs pp vol ed eds approx e.g i.e viz "
    "проф акад доц ім им вул ул просп пр обл див см напр ст стор гл рис табл св о тов гр гр-н пор тел кв буд "
    "მაგ გვ იხ პროფ აკად ქ ე.წ "
    "د أ م"
)

# A figure follows, or the sentence ends.
NUMBERED = _words("no nos p art op ch n № nr")

# A sentence ends after these only where the next word plainly opens one.
ENDINGS = _words(
    "inc ltd co corp al ave blvd dept est jr sr bros llc plc etc a.m p.m ph.d b.c a.d u.s u.k u.n e.u d.c u.s.a "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun "
    "т.д т.п т.е т.з д п г гг р рр млн млрд тыс тис руб грн долл дол коп др ін ст в вв н.э н.е т.ч "
    "ა.შ წ წწ სთ ათ მლნ მლრდ"
)

OPENERS = _words(
    "the a an in on at by to for from with he she it they we i you his her its their our this that these those there "
    "but and so yet however meanwhile when while if as since after before although though what who why how where one "
    "also then now no not still under during according despite because both each some many most all "
    "він вона воно вони ми це цей ця ці той та те але проте однак тому також як коли якщо після перед у в на за з із "
    "до від при про для серед потім згодом його її їх у в й і а що чому навіть лише "
    "он она оно они мы это этот эта эти тот те но однако поэтому также как когда если после перед во к с из от "
    "по при о об для среди и а затем потом его её ее их что почему даже только"
)

# A sentence that opens with one of these leans on the sentence before it.
LEANING = _words(
    "he she it they him them his her hers its their theirs this that these those it's he's she's they're that's "
    "but and so or nor however also then yet still instead thus therefore hence moreover furthermore besides "
    "nevertheless nonetheless otherwise similarly likewise such both neither another consequently additionally "
    "він вона воно вони його її їх їхній їхня їхні йому їй їм це цей ця ці цього цієї той та те ті але проте однак "
    "тому також отже і й а або тоді такий така такі зокрема водночас утім втім "
    "он она оно они его её ее их ему ей им это этот эта эти этого этой тот те но однако поэтому также и а или тогда "
    "такой такая такие затем впрочем причем причём "
    "ის იგი ისინი მისი მათი მან მას მათ ეს ამ იმ ამის მაგრამ თუმცა ასევე ამიტომ შესაბამისად და "
    "هو هي هم هذا هذه ذلك تلك هؤلاء لكن ولكن لكنه ولكنه كما أيضا أيضًا وأضاف وأضافت وتابع وتابعت وأوضح وهو وهي وهم "
    "وهذا وهذه وذلك"
)

FIRST_PERSON = _words(
    "i we me us my our i'm i've we're we've я ми мы мене меня мені мне нас нам мій мой наш наша наші наши "
    "მე ჩვენ ჩემი ჩვენი أنا نحن"
)

COMMON = _words(
    "the a an and or but if of in on at by to for from with as is are was were be been being has have had do does did "
    "it its he she they them his her their this that these those there which who whom what when where why how not no "
    "will would can could may might should must than then so such into over under about after before between during "
    "more most some any all also said says say told i we you your our us me my one "
    "і й та а але що як це у в на з із зі за до від по про для при не ні він вона воно вони його її їх був була було "
    "були є має який яка яке які також або чи ще вже тільки лише щоб якщо коли "
    "и или но что как это во с со за к от по о об для при не ни он она оно они его её ее их был была было были "
    "есть имеет который которая которое которые также ещё еще уже только чтобы если когда "
    "და რომ არის იყო ეს ის თუ მაგრამ როგორც არ ან ამ იმ მათ მისი მათი უნდა "
    "في من على إلى عن مع أن إن هذا هذه التي الذي كان كانت قال وقال ما لا لم لن أو ثم قد هو هي بعد قبل بين كل"
)
