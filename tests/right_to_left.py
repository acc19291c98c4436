"""Two short editions that run from the right, with Latin names, figures and addresses among their words.

And an English one that quotes them. They hold every kind of block that has a side.
"""

from typing import Any

from editions import PUBLISHED, URL, kinded, settings
from makers import block, manuscript

from composer.blocks import Block, Manuscript
from composer.model import Print
from composer.rendering import Issue, arrange

PRINTS = {
    "photos/quay.jpg": Print(
        src="photos/quay.jpg", url=f"{URL}quay-1a2b.jpg", media_type="image/jpeg", width=1200, height=720
    )
}


def arabic() -> Manuscript:
    """Return an edition on a port, in Arabic."""
    return manuscript(
        block(
            "lede",
            "عند الخامسة فجرًا لا يُسمع في الرصيف الجنوبي سوى صوت السلاسل. يقف الحاج سالم، وهو في السبعين من عمره، بجانب الرافعة الوحيدة التي ما زالت تعمل، ويعدّ الصناديق بصوت خافت كما كان يفعل قبل أربعين عامًا. في ذلك الصباح عدّ **تسعة** فقط، ثم طوى دفتره.",
            dateline="ميناء الملح",
        ),
        block(
            "prose",
            "تقول شركة Example Shipping & Co إن الحركة ستعود في الربيع، لكن جداولها المنشورة على https://ships.example.org/timetable/ لا تذكر أي موعد. في 2024 NATO لم يكن له أي دور هنا، وفي العام التالي أعلنت ثلاث حكومات عن *ممر* جديد طوله 1,150 km من دون أن تسأل أحدًا من أهل الميناء.\n\n"
            "- طالبت النقابة، وعددها 214 عاملًا، بعقود مكتوبة؛\n- ردّت الإدارة ببيان من صفحة واحدة عنوانه “Corridor 2030”؛\n- وانخفض الأجر اليومي بنسبة −17.8%.\n\n"
            "يمكن لمن عمل في الميناء أن يكتب إلينا: desk@news.example.org.",
        ),
        block(
            "photo",
            src="photos/quay.jpg",
            alt="رصيف خالٍ عند الفجر، ورجل يحمل دفترًا بجانب رافعة صدئة.",
            caption="الحاج سالم على الرصيف الجنوبي، حيث أُنزل آخر صندوق في نوفمبر.",
            credit="Ana Example/POOL via Sample Agency",
            rights="owned",
            width="1200",
            height="720",
        ),
        block("subhead", "ورقٌ أسرع من السفن"),
        block(
            "pullquote",
            "الجدول وعدٌ معه ساعة. إذا أُخلف الوعد بقيت الساعة تدقّ.",
            origin="speaker",
            speaker="ليلى مثال",
            role="مهندسة موانئ",
        ),
        block(
            "quote",
            "لا يمكنك أن تعلن أن البحر جاف. جرّبتُ ذلك في قبو بيتي، وكان عندي محامون أفضل من محاميهم.",
            speaker="جورج عيّنة",
            role="خبير مياه في الهيئة الإقليمية",
            source="harbour",
        ),
        block(
            "quote",
            "We will ship by it on the day it ships.",
            speaker="Sam Sample",
            role="تاجر",
            lang="en",
            **{"translated-by": "منى مثال"},
        ),
        block("section", "أخبار أخرى"),
        block(
            "brief",
            "دفعت شركتان ثمن الرصيف نفسه في الشهر نفسه، وفق فواتير نشرتها كلتاهما. وتصف هيئة الميناء ما جرى بأنه *سوء تفاهم*، ولم تقل من سيُردّ إليه ماله.",
            headline="ميناء يبيع الرصيف مرتين",
            source=("harbour", "wire"),
            via="فواتير الميناء",
            label="متابعة",
            minutes="4",
        ),
        kinded(
            "figure",
            "| البضاعة | التغيّر |\n| --- | ---: |\n| الملح | -100 |\n| الخشب | -38.5 |\n| الحبوب | -21 |\n| الزوّار | 9.5 |",
            kind="bar",
            title="حركة الميناء، التغيّر عن العام السابق، فبراير 2026",
            unit="%",
            alt="أربعة أعمدة: انخفض الملح بنسبة 100 في المئة والخشب 38.5 والحبوب 21، وارتفع الزوّار 9.5.",
            source=("هيئة الميناء", "wire"),
        ),
        kinded(
            "correction",
            "ذكر العدد الماضي طول الرصيف خطأً.",
            kind="correction",
            date="2026-03-02",
            was="410 أمتار",
            now="140 مترًا",
        ),
        block(
            "credits",
            research=("مها مثال", "سامي عيّنة"),
            editing="Lika Sample",
            **{"photo-editing": "Ana Example"},
        ),
        block(
            "signup",
            text="هل وصلتك هذه الرسالة من صديق؟",
            label="اشترك في Undertow",
            url="https://news.example.org/join",
        ),
        block(
            "why",
            "لأننا سمعنا الكلمة قبل أن نرى الشيء. كانت كلمة *ممر* في كل بيان وصل إلى مكتبنا هذا الشتاء، ولم يقل أي منها ما الذي سيمرّ فيه، ولا من سيقف على الرصيف حين يصل.",
        ),
        _source("harbour", "One berth, two ships", "The Harbour Register", "2026-03-01"),
        _source("wire", "شتاء رابع بلا مطر", "وكالة السهوب", "2026-03-04"),
        lang="ar",
        number="12",
        title="Undertow: الميناء الذي توقّف عن حمل الملح",
        dek="ميناءٌ نقل معدنًا واحدًا تسعين عامًا غيّر حمولته. ما ينقله الآن وعد، والوعود أثقل.",
        subject="NATO ليست هنا: ميناء بلا سفن",
        preheader="وفي العدد أيضًا: Corridor 2030 وفواتير مكررة.",
        byline=("نينو مثال", "سامي عيّنة"),
        date="2026-03-06",
    )


def hebrew() -> Manuscript:
    """Return an edition on a railway, in Hebrew."""
    return manuscript(
        block(
            "lede",
            "בשש בבוקר המסוט בתחנת המלח עדיין קפוא, ומישהו צריך לצאת עם פנס וקומקום ולשחרר אותו. ביום שישי הראשון של פברואר המישהו הזה הייתה תמר דוגמה, בת שישים ואחת. היא מזגה, חיכתה, ונופפה לרכבת של ארבעים קרונות **ריקים**.",
            dateline="תחנת המלח",
        ),
        block(
            "prose",
            "חברת Example Rail & Co מבטיחה שהתנועה תחזור באביב, אבל בלוח הזמנים שלה, https://rail.example.org/timetable/, אין תאריך. ב-2024 הודיעו שלוש ממשלות על *מסדרון* חדש באורך 1,150 km, וה-EU שיבחה אותו בהודעה של עמוד אחד.\n\n"
            "- ועד העובדים, 214 איש, ביקש חוזים בכתב;\n- ההנהלה השיבה במסמך בשם “Corridor 2030”;\n- והשכר היומי ירד ב־17.8%.\n\n"
            "מי שעבד בקו מוזמן לכתוב לנו: desk@news.example.org.",
        ),
        block(
            "photo",
            src="photos/quay.jpg",
            alt="מסילה אחת תחת שלג עם שחר, ואישה עם פנס ליד המסוט.",
            caption="תמר דוגמה משחררת את המסוט, במקום שבו הועמס המלח האחרון בנובמבר.",
            credit="Ana Example/POOL via Sample Agency",
            rights="owned",
            width="1200",
            height="720",
        ),
        block("subhead", "נייר מהיר מרכבת"),
        block(
            "pullquote",
            "לוח זמנים הוא הבטחה עם שעון. מפרים את ההבטחה, והשעון ממשיך.",
            origin="speaker",
            speaker="דנה דוגמה",
            role="מהנדסת",
        ),
        block(
            "quote",
            "אי אפשר להכריז שביצה היא יבשה. ניסיתי את זה במרתף שלי, והיו לי עורכי דין טובים משלהם.",
            speaker="גיורא מדגם",
            role="הידרולוג ברשות המים",
            source="register",
        ),
        block("quote", "We will ship by it on the day it ships.", speaker="Sam Sample", role="סוחר", lang="en"),
        block("section", "עוד בחדשות"),
        block(
            "brief",
            "שתי חברות ספנות שילמו על אותו רציף באותו חודש, כך לפי חשבוניות ששתיהן פרסמו. רשות הנמל קוראת לזה *אי־הבנה*, ולא אמרה למי יוחזר הכסף.",
            headline="נמל מוכר רציף אחד פעמיים",
            source=("register", "wire"),
            via="חשבוניות הנמל",
            minutes="4",
        ),
        kinded(
            "figure",
            "| מטען | שינוי |\n| --- | ---: |\n| מלח | -100 |\n| עצים | -38.5 |\n| תבואה | -21 |\n| מבקרים | 9.5 |",
            kind="bar",
            title="תנועת המטענים, שינוי לעומת השנה הקודמת, פברואר 2026",
            unit="%",
            alt="ארבע עמודות: מלח ירד ב-100 אחוז, עצים ב-38.5, תבואה ב-21, ומבקרים עלו ב-9.5.",
            source=("רשות הרכבת", "wire"),
        ),
        kinded(
            "correction",
            "בגיליון הקודם טעינו באורך הקו.",
            kind="correction",
            date="2026-03-02",
            was="410 ק״מ",
            now="140 ק״מ",
        ),
        block("credits", research=("מאשה דוגמה", "Sam Sample"), editing="ליקה מדגם"),
        block("signup", text="קיבלתם את זה מחבר?", label="הרשמה ל-Undertow", url="https://news.example.org/join"),
        block(
            "why",
            "כי שמענו את המילה לפני שראינו את הדבר. *מסדרון* הופיע בכל הודעה שהגיעה לשולחן שלנו החורף, ואף אחת מהן לא אמרה מה יעבור בו.",
        ),
        _source("register", "One berth, two ships", "The Harbour Register", "2026-03-01"),
        _source("wire", "חורף רביעי בלי גשם", "סוכנות הערבה", "2026-03-04"),
        lang="he",
        number="12",
        title="הרכבת שהפסיקה להוביל מלח",
        dek="קו שהוביל מחצב אחד תשעים שנה החליף מטען. עכשיו הוא מוביל הבטחות, והן כבדות יותר.",
        subject="הרכבת של Example Rail עומדת",
        preheader="וגם: Corridor 2030, ונמל שמכר רציף פעמיים.",
        byline=("נינו דוגמה", "Sam Sample"),
        date="2026-03-06",
    )


def english_with_quotes() -> Manuscript:
    """Return an English edition that quotes Hebrew and Arabic, with and without saying so."""
    return manuscript(
        block(
            "prose", "The stationmaster said שלום, עולם! and left. The paper هنا الميناء (Here, the Port) printed it."
        ),
        block("quote", "אי אפשר להכריז שביצה היא יבשה.", speaker="Giora Sample", role="hydrologist", lang="he"),
        block("pullquote", "الجدول وعدٌ معه ساعة.", speaker="Leila Sample"),
        block("brief", "دفعت شركتان ثمن الرصيف نفسه.", headline="ميناء يبيع الرصيف مرتين", lang="ar", source="wire"),
        block("prose", "لا سفن اليوم.\n\nThat was the whole notice."),
        _source("wire", "A port", "Steppe Wire", "2026-03-04"),
        lang="en",
        title="The word שלום on a door",
        subject="The word שלום on a door",
        date="2026-03-06",
    )


def _source(name: str, title: str, outlet: str, published: str) -> Block:
    url = f"https://{name}.example.org/articles/1"
    return block("source", block_id=name, title=title, outlet=outlet, url=url, published=published)


def laid(told: Manuscript, **changes: Any) -> Issue:
    """Return an edition laid out with its photo."""
    return arrange(told, settings(**changes), prints=PRINTS, url=URL, published=PUBLISHED)
