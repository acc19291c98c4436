"""Word lists for five languages (en, uk, ru, ka, ar). Data only; in lower case, without full stops at the end."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# No sentence ends after these: a name or a figure follows.
TITLES = _words(
    "mr mrs ms mx dr drs prof profs gen sen sens rep reps gov govs lt col sgt capt cpl pvt pfc maj cmdr adm rev hon "
    "pres "
    "amb atty asst supt insp det st mt ft messrs mme mlle fr vs cf fig figs pp vol ed eds approx e.g i.e viz "
    "проф акад доц інж канд заст зав нач ген полк підполк митр архиєп прот преп ім им вул ул просп пр бул бульв пров "
    "наб "
    "шос пос дер смт обл див см напр ст стор гл розд рис табл прим абз пп св о тов гр гр-н пор тел кв буд корп оф "
    "реж "
    "англ нім нем лат грец греч укр італ исп ісп "
    "მაგ გვ იხ პროფ აკად ქ ე.წ ე.ი "
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
    "по при о об для среди и а затем потом его её ее их что почему даже только "
    "ის იგი ეს ამ მან მას მისი მათი მათ მაგრამ თუმცა ასევე როცა როდესაც შემდეგ დღეს ახლა"
)

# A sentence that opens with one of these leans on the sentence before it.
LEANING = _words(
    "he she it they him them his her hers its their theirs this that these those it's he's she's they're that's he'd "
    "she'd they'd it'd he'll she'll they'll it'll they've but and so or nor yet still then thus hence therefore "
    "however moreover furthermore besides also too instead nevertheless nonetheless otherwise similarly likewise "
    "conversely consequently accordingly additionally afterwards afterward thereafter meanwhile later soon such both "
    "neither either another others yes indeed plus rather alternatively "
    "він вона воно вони його її їх їхній їхня їхнє їхні йому їй їм ним ними нею нього них це цей ця ці цього цієї "
    "цих цим цьому той та те ті того тієї тих тому але проте однак отже відтак також теж і й а або тоді потім згодом "
    "такий така таке такі так зокрема водночас натомість утім втім зате інакше обидва обидві обоє "
    "он она оно они его её ее их ему ей им ним ними нею него них это этот эта эти этого этой этих этим этому тот те "
    "того той тех том но однако поэтому также тоже и а или зато тогда потом затем впоследствии такой такая такое "
    "такие так впрочем причем причём иначе следовательно оба обе вдобавок "
    "ის იგი ისინი მისი მისმა მისივე მათი მათმა მან მას მათ ეს ამ იმ ამას ამან იმას ამის იმის ამით მაგრამ თუმცა ასევე "
    "აგრეთვე ამიტომ შესაბამისად და ხოლო შემდეგ მოგვიანებით თან ასე ასეთი ამრიგად ორივე ამასთან ამასთანავე "
    "იმავდროულად სანაცვლოდ "
    "هو هي هم هما هن هذا هذه هذان ذلك تلك هؤلاء أولئك لكن ولكن لكنه ولكنه لكنها ولكنها كما كذلك أيضا أيضًا لذلك "
    "ولذلك لذا ولذا وأضاف وأضافت وأضافوا وتابع وتابعت وأوضح وأوضحت وأردف وأكمل وهو وهي وهم وهذا وهذه وذلك وتلك ثم "
    "كلاهما "
    "dennoch jedoch deshalb deswegen trotzdem außerdem allerdings dagegen daraufhin dabei damit danach dies diese "
    "dieser dieses er sie sein seine ihr ihre aber "
    "il elle ils elles ce cet cette ces cela celui-ci celle-ci cependant pourtant toutefois mais ainsi alors donc "
    "puis ensuite "
    "él ellos ellas este esta estos estas ese esa esos esas aquel aquella pero además entonces también luego"
)

# As above, in more words than one.
LEANING_PHRASES = (
    "as a result|as a consequence|as such|as for|in response|in reply|in return|in turn|in addition|in contrast|"
    "by contrast|by comparison|in comparison|in fact|in particular|in the meantime|in the process|in other words|"
    "in doing so|even so|even then|for example|for instance|for one|for his part|for her part|for its part|"
    "for their part|on the other hand|on the contrary|at the same time|at the time|the same|of course|of these|"
    "of those|of them|among them|among these|among those|one of them|one of these|one of those|some of them|"
    "some of these|many of them|most of them|all of them|none of them|none of these|each of them|the latter|"
    "the two men|the two women|the two sides|the pair|the duo|the trio|the other|the others|the rest|a second one|"
    "no one else|not so|no,|not only that|since then|until then|by then|from then on|from there|until now|after all|"
    "after that|before that|above all|all this|all that|all of this|more than that|that said|to that end|to this end|"
    "with that|with this|"
    "у відповідь|в відповідь|у результаті|в результаті|як наслідок|внаслідок|наприклад|приміром|за його словами|"
    "за її словами|за їхніми словами|за їх словами|зі свого боку|своєю чергою|у свою чергу|при цьому|до того ж|"
    "до цього|крім того|окрім того|крім цього|окрім цього|тим більше|після цього|після того,|через це|попри це|"
    "попри те,|незважаючи на це|тим часом|тим не менш|таким чином|з іншого боку|замість цього|у той же час|у цей час|"
    "в цей час|на цьому тлі|останній|останні з|серед них|один із них|одна з них|до речі|"
    "кроме того|кроме этого|тем более|в ответ|в результате|как следствие|вследствие|например|к примеру|по его словам|"
    "по её словам|по ее словам|по их словам|со своей стороны|в свою очередь|при этом|к тому же|до этого|после этого|"
    "после чего|из-за этого|несмотря на это|между тем|тем временем|тем не менее|таким образом|с другой стороны|"
    "вместо этого|в то же время|в это время|вместе с тем|на этом фоне|последний из|среди них|один из них|одна из них|"
    "кстати|помимо этого|"
    "ამის შემდეგ|ამის გამო|ამის მიუხედავად|გარდა ამისა|მიუხედავად ამისა|შედეგად|მაგალითად|თავის მხრივ|მეორე მხრივ|"
    "ამავე დროს|ამასობაში|ამ ფონზე|ერთ-ერთი მათგანი|ბოლოს და ბოლოს|პასუხად|"
    "في المقابل|بالمقابل|نتيجة لذلك|نتيجة ذلك|بعد ذلك|قبل ذلك|بالإضافة إلى ذلك|إضافة إلى ذلك|إلى ذلك|في الوقت نفسه|"
    "من جهته|من جهتها|من جانبه|من جانبها|من ناحيته|من ناحية أخرى|على سبيل المثال|ردا على ذلك|ردًا على ذلك|غير أن|"
    "إلا أن|رغم ذلك|على الرغم من ذلك|على إثر ذلك|بناء على ذلك|وفي المقابل|وبعد ذلك|ومع ذلك|ومع هذا|ومن جهته|"
    "ومن جانبه|وفي الوقت نفسه|وإلى ذلك|"
    "zum beispiel|zudem|stattdessen|par exemple|en revanche|de plus|par ailleurs|en outre|sin embargo|no obstante|"
    "por ejemplo|en cambio|por otro lado|por su parte|asimismo"
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
