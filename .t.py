from composer.evidence import check
from composer.facts import Original


def go(src, *texts, **k):
    o = Original(id="a", text=src, **k)
    for t in texts:
        print("::", t)
        for v in check(t, [o]).verdicts:
            print("   ", v.level, v.result, v.fact.kind, repr(v.fact.words), repr(v.near))


uk = "Україна експортувала 17,8 % зерна менше, повідомив у Києві міністр Антон Аліханов. Збитки перевищили 145 млрд гривень, а торік було 12 тис. тонн. «Ми не здамося ніколи і нікому», — сказав Михайло Кобахідзе 5 серпня 2025 року."
go(
    uk,
    "У серпні у Київ прибув Аліханов: експорт упав на 17.8 відсотка, збитки 145 мільярдів гривень.",
    "Антоном Аліхановим заявлено про 12 тисяч тонн. «Ми не здамося ніколи й нікому», — заявив Кобахідзе.",
    "Антон Кобахідзе сказав про 17,9 % зерна менше. Алінахов мовчав у Львові.",
    "“Ми не здамося ніколи і нікому”, сказав він 5 серпня, у вівторок.",
)
go(
    uk,
    "Anton Alikhanov said in Kyiv that exports fell 17.8%, and losses passed 145 billion hryvnias. Kobakhidze spoke. Kobahkidze left. Medvedev left too.",
)
ru = "Импорт из Китая в Россию упал на 17,8 процента, сообщил Константин Косачев в Москве во вторник. Это 5,8 млрд долларов и 1 200 вагонов. «Мы ждем ответа уже третий год», — заявил он."
go(
    ru,
    "Косачевым названа сумма: 5,8 миллиарда долларов, или $5.8bn, и 1200 вагонов.",
    "Косачёв говорил в Москве. Косаечв говорил. «Мы ждем ответа уже пятый год», — заявил он в среду.",
    "Konstantin Kosachev spoke in Moscow: $5.9 billion.",
)
ka = "პრემიერმა ირაკლი კობახიძემ თბილისში განაცხადა, რომ ექსპორტი 12,5 პროცენტით გაიზარდა და 3 მილიარდი ლარი შეადგინა. „ჩვენ ამას ყველა ერთად გავაკეთებთ“, — თქვა მან 5 მაისს."
go(
    ka,
    "კობახიძის თქმით, ექსპორტი 12.5%-ით გაიზარდა. „ჩვენ ამას ყველა ერთად გავაკეთებთ“.",
    "მამუკა ხაზარაძემ თქვა 12,6 პროცენტით. „ჩვენ ამას მარტო ერთად გავაკეთებთ“.",
    "Irakli Kobakhidze said exports rose 12.5% to 3 billion lari in Tbilisi.",
)
ar = "قال الرئيس محمود عباس يوم الاثنين إن الصادرات ارتفعت ١٧٫٨٪ إلى ٥ مليارات دولار. «سنواصل العمل حتى النهاية معا»، أضاف."
go(
    ar,
    "ارتفعت الصادرات 17.8% إلى 5 مليارات دولار يوم الاثنين. «سنواصل العمل حتى النهاية معا».",
    "ارتفعت ١٨٫٨٪. قال الرئيس سعيد قيس يوم الثلاثاء. «سنواصل العمل حتى البداية معا».",
)
go(
    "Russian imports fell. The World Health Organization said on Monday that Rs 5 lakh and $145bn were lost by nearly 9.6% of firms. Two men, John Smith and Joe Bloggs, met. Talks took 24 hours.",
    "The WHO said 500,000 rupees and 145 billion dollars were lost, almost 10 percent. Zelenskyy left.",
    "On 4 March 2025 Smith spoke for twenty-four hours.",
    published=__import__("datetime").date(2025, 3, 4),
)
