"""Raw texts of several makes, written for the tests: agencies', essays, an interview, Ukrainian, Russian."""

AGENCY = """\
MARSH HALT, Estuary (EWA) — The last salt works on the estuary will close on 1 May after its owner failed to find a buyer, the provincial government said on Tuesday, ending a trade that once fed a quarter of the district.
The works employed 214 people in January and 62 on Monday. A redundancy fund of 1.4 million euros was set up in 2019, according to a ledger obtained by the Estuary Post.
"We were told in a corridor, by a man who was looking for the lift," said Petra Lund, a boiler fitter who has worked there for 31 years.
What becomes of the pans
The provincial government told the Estuary Post that the pans "will be returned to the sea." A senior engineer, who helped to draw up the plan, said the sea had not been asked.
Salt pans at Marsh Halt on the day the closure was announced. Photo: Rasmus Holt/EWA
The union reportedly plans a march for Saturday."""

ESSAY = """\
On a wet Thursday in November, while the ferry from Ostrow was unloading its only passenger, a clerk in the customs house at Lagoon Bridge took down the portrait of a president who had resigned nine days before. Nobody had told her to. She put it face to the wall, made tea, and waited for a telephone call that would say whose picture to hang. This is a story about who answers such calls, and what happens in the quiet before they come.
The customs house has had eleven portraits in thirty years, and the nail has been moved twice. Each of the frames is the same frame. The clerk, who keeps the old faces in a drawer with the stamps, says that people come in to look at the pale rectangle on the wall, and that they lower their voices when they do. An empty nail in an office is a kind of weather, and everybody in the town has learned to read it.
The pale rectangle on the wall tells the town more than any portrait ever told it.
Power that is about to change hands goes looking for small rooms. In the capital there were speeches, and a crowd that had brought its own soup. In Lagoon Bridge there was a drawer, a nail, and a woman who knew that the next face would be hung by whoever came through the door with a hammer. She had locked it. The lock is older than the republic, and it turns both ways.
“A portrait is a receipt for obedience, and I have run out of paper to print it on,” said Milan Dvor, who taught history at the harbour school until it closed, in a lecture that eleven people heard.
The councils of five towns issued a joint statement of “measured anticipation” on the Sunday. It did not name anybody. In the end a country is a habit of agreeing about pictures, and for one week the habit was broken, and the ferries ran on time.
“A portrait is a receipt for obedience, and I have run out of paper to print it on.”
This essay was first published by the Harbour Quarterly. Subscribe at quarterly.example.org.
Reporting by Ana Sample and Jon Brandt. Translation: Mira Kol.
Why we wrote this
Because we had all seen the wall. Our readers wrote to us about their own offices, and we think that such small silences deserve a chronicler."""

INTERVIEW = """\
The woman who counts the birds
By Lena Orsay
Every April, 40,000 cranes cross the reed beds at Tarn, and since 1988 the same person has counted them. The reserve’s figures, which ministries on three continents cite, rest on her clicker.
“Nobody ever asked me how I know that I have not counted one twice, and I am grateful,” she said. “The honest answer would cost us the grant.”
Why does anybody still count by hand?
A drone sees feathers. She sees intention: a bird about to land is one bird, and a bird about to leave is none. The method was laughed at until a survey by Delta Watch came within 2% of her total.
— Compiled from notes taken in March
“I do not need to see the ocean to believe in the tide.”
— Lena Orsay, in her notebook"""

UKRAINIAN = """\
Минулого тижня, коли перший потяг після повені зупинився на станції Вербове, начальниця станції Оксана Гай вийшла на перон із дзвоном, якого не чули сорок днів, і задзвонила так, ніби викликала не пасажирів, а саму річку.
«Ми рахували не дні, а рейки, і кожна з них була мокра до самого ранку», — каже Оксана Гай, начальниця станції.
Що лишилося від колії
Залізниця, за даними обласного управління, втратила 14 кілометрів колії. Вантажі нібито повезуть іншою дорогою до літа.
Робітники ставлять нову шпалу біля Вербового. Фото: Ірина Коваль/Портолан
Збитки пасажирських потягів за місяць. Джерело: управління залізниці, Портолан
Версія цього тексту вийшла у листі від 27 лютого. Підписуйтесь на portolan.example.org.
Дослідження: Іля Нор. Переклад: Тереза Бранд.
Чому ми написали цей текст?
Бо станція, на якій ніхто не сходить, усе одно тримає лінію. Ми пишемо про такі місця, коли вони мовчать."""

RUSSIAN = """\
На прошлой неделе в посёлке Сарыбель открыли библиотеку, в которой нет ни одной книги новее 1991 года, и в первый же вечер в неё пришли двести человек, потому что в ней топят.
«Мы не выбирали эти книги, мы просто не успели их выбросить, и теперь они нас греют», — рассказала Анна Лис, заведующая библиотекой.
Кто платит за тепло
По словам одного чиновника, уголь якобы купил бывший директор шахты. В отчёте района этой строки нет.
Читатели у печи в новой библиотеке. Фото: Пётр Дан/Портолан
Расход угля по месяцам. Источники: отчёт района, Портолан
Версия этого текста вышла в письме от 27 февраля. Подписывайтесь на portolan.example.org.
Исследование: Илья Нор.
Почему мы об этом написали?
Потому что тепло здесь считают вёдрами. Мы давно следим за тем, как посёлки переживают зиму."""

BORDER = """\
VERBOVE, 3 March (Portolan) – The last bookshop on the border closed on Sunday with a sale of maps that show a country which no longer exists, its owner told the Evening Ledger.
Demand was brisk. By noon 61 of the 70 atlases were gone, most of them to people born after they were printed.
“I am not selling nostalgia, I am selling paper with mistakes on it,” the owner, Halyna Dub, said.
A trade without a border
Book sales in the district fell 38% in two years, according to figures compiled by the Readers' Union and first published by the Evening Ledger.
It is understood that a bank will take over the lease. One customs officer remarked that he would miss the only shop where nobody asked him for a favour.
“Where will we meet now?”
Shelves in the border bookshop on its last day. (Photo by Taras Hai for Portolan)
Chart: district book sales, 2020 to 2025. Data: Readers' Union; Evening Ledger
In a statement of “deep regret,” the Publishers Association asked the ministry for a meeting.
Taken together, the closures show that a border can be read as well as crossed.
Translated by Mira Kol. Illustrations by Ana Sample.
Subscribe to the Portolan letter: https://portolan.example.org/letter"""

WINTER = """\
Earlier this month, as the first icebreaker left Sarn, the mayor of the town was in Oslo to sign for a second one that nobody has paid for. The two ships are the same ship, seen from two budgets. What is at stake is a winter road that four towns already use and no ministry admits to having built. It begins behind the fish hall and ends where the map does.
Nobody in Sarn calls it a road. The word would oblige somebody to mend it. People say that they are going across, and they leave a note on the kitchen table with the hour, and the radio operator at the fish hall writes down the hour too. In eleven winters the notes have been needed twice. In both cases the ministry of transport said that there was no road there on which anybody could have been lost.
The mayor of Sarn at the harbour in February. Jonas Eik/Northern Photo/EPA
A road that is not one
Roads are promises about weather. A state that builds one has promised to be there in the storm, and a state that only uses one has promised nothing. The four towns understood it before their governments did, which is why they put the money for the second ship into the first one’s repairs, and asked for receipts in the name of a school.
Inthe language of the ministry there is no ice, only a seasonal surface that nobody has promised to mend.
“We have a ship with two names and a road with none, and we manage,” the mayor said. “Ask the ministry which of the three it has insured.”
That is the trouble with receipts. They survive. Karin Moe, an auditor in Oslo: “Somebody will find them in a drawer and build a state on top of them.”
This piece was translated from Norwegian. Sign up for our letter.
Additional reporting by Karin Moe. Fact-checking: Jon Brandt
Why did we publish this story?
Because a road is usually the last thing that a state forgets. We wanted to know who remembers it first."""
