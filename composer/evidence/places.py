"""Names that are one: countries with their people and adjectives, cities with several spellings, common short forms.

Data and one lookup. The rows are separated by "|"; a name of several words stays one. Case endings need no rows.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from composer.evidence.letters import fold, root

_ROWS = """
united states|united states of america|us|usa|u s|u s a|america|american|americans|washington dc|сша|америка|американський|американский|აშშ|ამერიკა|أمريكا|الولايات المتحدة
united kingdom|uk|u k|britain|great britain|british|briton|britons|brit|brits|британія|британський|великобританія|британия|британский|великобритания|ბრიტანეთი|بريطانيا
european union|eu|e u|європейський союз|єс|евросоюз|ес|евроსоюз|ევროკავშირი|الاتحاد الأوروبي
united nations|un|u n|оон|გაერო|الأمم المتحدة
russia|russian|russians|russian federation|росія|російський|росіянин|росіяни|россия|российский|россиянин|россияне|русский|რუსეთი|რუსული|روسيا
ukraine|ukrainian|ukrainians|україна|український|українець|українці|украина|украинский|украинец|украинцы|უკრაინა|უკრაინული|أوكرانيا
georgia|georgian|georgians|грузія|грузинський|грузини|грузия|грузинский|грузины|საქართველო|ქართული|جورجيا
china|chinese|китай|китайський|китайці|китайский|китайцы|ჩინეთი|ჩინური|الصين
germany|german|germans|німеччина|німецький|німці|германия|немецкий|немцы|გერმანია|ألمانيا
france|french|frenchman|frenchwoman|франція|французький|французи|франция|французский|французы|საფრანგეთი|فرنسا
spain|spanish|spaniard|spaniards|іспанія|іспанський|испания|испанский|إسبانيا
italy|italian|italians|італія|італійський|италия|итальянский|იტალია|إيطاليا
poland|polish|pole|poles|польща|польський|поляки|польша|польский|პოლონეთი|بولندا
turkey|turkiye|turkish|turk|turks|туреччина|турецький|турки|турция|турецкий|თურქეთი|تركيا
iran|iranian|iranians|іран|іранський|иран|иранский|ირანი|إيران
iraq|iraqi|iraqis|ірак|іракський|ирак|иракский|العراق
israel|israeli|israelis|ізраїль|ізраїльський|израиль|израильский|ისრაელი|إسرائيل
syria|syrian|syrians|сирія|сирійський|сирия|сирийский|سوريا
egypt|egyptian|egyptians|єгипет|єгипетський|египет|египетский|مصر
lebanon|lebanese|ліван|ливан|لبنان
jordan|jordanian|jordanians|йорданія|иордания|الأردن
saudi arabia|saudi|saudis|саудівська аравія|саудовская аравия|السعودية
japan|japanese|японія|японський|япония|японский|اليابان
south korea|south korean|south koreans|південна корея|южная корея
north korea|north korean|north koreans|північна корея|северная корея
korea|korean|koreans|корея|корейський|корейский
india|indian|indians|індія|індійський|индия|индийский|الهند
pakistan|pakistani|pakistanis|пакистан|пакистанський|пакистанский
bangladesh|bangladeshi|bangladeshis
afghanistan|afghan|afghans|афганістан|афганистан|أفغانستان
sri lanka|sri lankan|sri lankans
nepal|nepali|nepalese
vietnam|vietnamese|вєтнам|вьетнам
thailand|thai|thais|таїланд|таиланд
indonesia|indonesian|indonesians
malaysia|malaysian|malaysians
philippines|filipino|filipinos|philippine
myanmar|burma|burmese
australia|australian|australians|aussie|австралія|австралия
new zealand|new zealander|new zealanders|kiwi|kiwis
canada|canadian|canadians|канада|канадський|канадский
mexico|mexican|mexicans|мексика
brazil|brazilian|brazilians|бразилія|бразилия
argentina|argentine|argentinian|argentinians|аргентина
chile|chilean|chileans
colombia|colombian|colombians
venezuela|venezuelan|venezuelans|венесуела|венесуэла
peru|peruvian|peruvians
cuba|cuban|cubans|куба
netherlands|dutch|holland|нідерланди|нідерландський|нидерланды|голландия
belgium|belgian|belgians|бельгія|бельгия
switzerland|swiss|швейцарія|швейцария
austria|austrian|austrians|австрія|австрия
sweden|swedish|swede|swedes|швеція|швеция
norway|norwegian|norwegians|норвегія|норвегия
denmark|danish|dane|danes|данія|дания
finland|finnish|finn|finns|фінляндія|финляндия
iceland|icelandic|icelander|icelanders
ireland|irish|irishman|irishwoman|ірландія|ирландия
scotland|scottish|scot|scots
wales|welsh|welshman
england|english|englishman|англія|англия
portugal|portuguese|португалія|португалия
greece|greek|greeks|греція|греция|اليونان
cyprus|cypriot|cypriots
hungary|hungarian|hungarians|угорщина|угорський|венгрия|венгерский
romania|romanian|romanians|румунія|румыния
bulgaria|bulgarian|bulgarians|болгарія|болгария
serbia|serbian|serb|serbs|сербія|сербия
croatia|croatian|croat|croats|хорватія|хорватия
slovakia|slovak|slovaks|словаччина|словакия
slovenia|slovenian|slovene|slovenes
czech republic|czechia|czech|czechs|чехія|чехия
lithuania|lithuanian|lithuanians|литва|литовський|литовский
latvia|latvian|latvians|латвія|латвия
estonia|estonian|estonians|естонія|эстония
belarus|belarusian|belarusians|білорусь|білоруський|беларусь|белоруссия|белорусский|ბელარუსი
moldova|moldovan|moldovans|молдова|молдовський|молдавия|молдавский|მოლდოვა
armenia|armenian|armenians|вірменія|вірменський|армения|армянский|სომხეთი|أرمينيا
azerbaijan|azerbaijani|azerbaijanis|azeri|azeris|азербайджан|азербайджанський|азербайджанский|აზერბაიჯანი
kazakhstan|kazakh|kazakhs|kazakhstani|казахстан|казахський|казахский|ყაზახეთი
uzbekistan|uzbek|uzbeks|узбекистан|узбецький|узбекский
kyrgyzstan|kyrgyz|киргизстан|кыргызстан|киргизия
tajikistan|tajik|tajiks|таджикистан
turkmenistan|turkmen
mongolia|mongolian|mongolians|монголія|монголия
nigeria|nigerian|nigerians
kenya|kenyan|kenyans
south africa|south african|south africans
ethiopia|ethiopian|ethiopians
somalia|somali|somalis
sudan|sudanese
libya|libyan|libyans
tunisia|tunisian|tunisians
algeria|algerian|algerians
morocco|moroccan|moroccans
yemen|yemeni|yemenis
qatar|qatari|qataris
kurd|kurds|kurdish|kurdistan
palestine|palestinian|palestinians
europe|european|europeans|європа|європейський|европа|европейский|ევროპა
africa|african|africans|африка
asia|asian|asians|азія|азия
paris|parisian|parisians
london|londoner|londoners
islam|islamic|islamist|islamists|muslim|muslims
christian|christians|christianity
jew|jews|jewish
kyiv|kiev|київ|киев|კიევი|كييف
kharkiv|kharkov|харків|харьков
lviv|lvov|львів|львов
odesa|odessa|одеса|одесса
dnipro|dnepr|dnieper|дніпро|днепр
chernobyl|chornobyl|чорнобиль|чернобыль
luhansk|lugansk|луганськ|луганск
mykolaiv|nikolaev|миколаїв|николаев
moscow|москва|московський|московский|მოსკოვი|موسكو
kremlin|кремль|კრემლი|الكرملين
crimea|crimean|крим|кримський|крым|крымский|ყირიმი
donbas|donbass|донбас|донбасс
beijing|peking|пекін|пекин
mumbai|bombay
kolkata|calcutta
chennai|madras
bengaluru|bangalore
yangon|rangoon
tbilisi|тбілісі|тбилиси|თბილისი
nato|нато|ნატო|الناتو
"""
_GROUPS: Mapping[str, int] = MappingProxyType(
    {
        " ".join(root(fold(word)) for word in name.split()): number
        for number, row in enumerate(_ROWS.strip().splitlines())
        for name in row.split("|")
    }
)
WORDS_MOST = 4


@lru_cache(maxsize=1 << 15)
def group(folded: str) -> int | None:
    """Return the number of the row that folded words, parted by spaces, belong to."""
    return _GROUPS.get(" ".join(map(root, folded.split())))
