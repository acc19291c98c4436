"""Word lists of evidence (en, uk, ru, ka, ar). Data only: folded words, as `letters.fold` writes them."""

from collections.abc import Mapping
from types import MappingProxyType

from composer.evidence.letters import fold
from composer.summaries import vocabulary


def _words(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


# Offices and forms of address: they come and go before a name.
TITLES = _words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron count president vice prime minister premier "
    "chancellor secretary deputy chief general gen colonel col lieutenant lt major captain capt sergeant sgt officer "
    "inspector constable judge justice senator sen congressman congresswoman representative rep governor gov "
    "mayor councillor ambassador king queen prince princess duke duchess pope cardinal archbishop bishop reverend rev "
    "father sister brother director chairman chairwoman chair chairperson coach manager captain chief executive ceo "
    "cfo coo md pm spokesman spokeswoman spokesperson commissioner speaker leader head foreign defence defense finance "
    "interior home health attorney first former ex acting interim late shri smt justice mp mla "
    "президент прем’єр прем'єр міністр міністерка голова мер депутат депутатка генерал полковник пан пані "
    "премьер министр глава мэр депутат господин госпожа სენატორი პრეზიდენტი პრემიერი მინისტრი ბატონი ქალბატონი მერი "
    "الرئيس الوزير السيد السيدة الدكتور رئيس وزير"
)

CONNECTORS = _words("of de da do dos das del della di du la le les el al der den van von und y e bin ibn ben ter the")

# Words that a sentence may open with; capitals mean nothing there.
OPENERS = _words(
    "a about above according across add added adding additionally admittedly after afterwards again against ago ahead "
    "all almost alone along already also although altogether always amid among amongst an and another any anybody "
    "anyone anything apart apparently are around as aside ask asked at away back barely based because been before "
    "behind being below beneath besides best better between beyond both briefly broadly but by calling can ceasing "
    "certainly citing clearly come coming concluding consequently considering contrary could critics currently cut "
    "dear despite did directly do does doing don’t due during each earlier early easy either elsewhere enough "
    "especially even eventually ever every everybody everyone everything everywhere evidently exactly excluding except "
    "experts facing failing far few fewer finally first firstly five following for formerly four from fresh frequently "
    "full further furthermore generally get give given giving go going good had half hardly has have having he hello "
    "hence her here hers herself high him himself his historically home how however hundreds i if immediately in "
    "including increasingly indeed initially inside instead into ironically is it its itself join joining just keep "
    "kept last lastly late lately later latest least left less let like likewise little local long longer look looking "
    "low made mainly make making many maybe me meanwhile media might millions mine more moreover most mostly much must "
    "my myself near nearby nearly neither never nevertheless new next nice nine no nobody none nonetheless nor not "
    "notably nothing notwithstanding now nowadays obviously of off officials often old on once one only onto opposite "
    "or originally other others otherwise our out outside over overall own part particularly perhaps please plus "
    "police possibly presently presumably previously probably prosecutors provided quite rather ready really recently "
    "regarding reportedly residents respectively right round said same say saying says second secondly see seeing seen "
    "separately seven several shall she shortly should similarly simply since six slightly slowly so some somebody "
    "someone something sometimes soon sources speaking specifically still strangely strong subsequently such suddenly "
    "surely surprisingly take taken taking tell ten than thank thanks that the their theirs them themselves then there "
    "thereafter therefore these they third this those though thousands three through throughout thus till to today "
    "together tomorrow tonight too top toward towards traditionally tuesday turning two typically ultimately unable "
    "under underneath unfortunately unlike until unless unusually up upon us used usually various very via was watch "
    "watching we well were what whatever when whenever where whereas wherever whether which whichever while who "
    "whole whom whose why widely will with within without women workers work working would writing yes "
    "yesterday yet you young your yours critics analysts activists scientists researchers investigators authorities "
    "detectives doctors firefighters rescuers protesters demonstrators ministers lawmakers campaigners supporters "
    "opponents parents children people men families students teachers pupils farmers drivers passengers villagers "
    "voters fans players lawyers economists traders investors shareholders customers users visitors tourists children "
    "relatives neighbours neighbors friends colleagues employees staff volunteers migrants refugees prisoners soldiers "
    "troops rebels militants gunmen fighters government parliament company companies shares prices sales exports "
    "imports inflation unemployment growth trade production output demand supply profits profit revenue earnings "
    "costs wages taxes interest stocks markets banks oil gas water power rain snow floods fire fires rail road traffic "
    "schools hospitals shops restaurants flights trains talks negotiations elections voting results figures data "
    "statistics research studies study reports report documents evidence court judges jurors defence defense nobody "
    "summer winter spring autumn morning night "
    "він вона воно вони ми ви це цей ця ці той та те ті але проте однак також як коли якщо після перед під у в на за з "
    "із зі до від при про для серед потім його її їх їхній і й а що чому навіть лише тоді там тут тепер зараз раніше "
    "пізніше водночас зокрема крім попри через хоча хто де скільки всі усі кожен багато деякі один одна два дві три "
    "нагадаємо раніше наразі загалом утім втім отже "
    "он она оно они мы вы это этот эта эти тот та те но однако также как когда если после перед во к с со из от по о "
    "об для среди и затем потом его ее их что почему даже только тогда там здесь теперь сейчас ранее позже "
    "кроме несмотря хотя кто где сколько все каждый много некоторые один одна два две три впрочем итак"
)

# Ends of words that name things or people in general: Flooding, Protesters, Legislation.
COMMON_ENDINGS = (
    *("ly", "ing", "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ers", "ors", "ists"),
    *("ants", "ents", "ians", "ials", "ives", "ures", "ages", "ances", "ences", "ism", "ed", "ies", "able", "ible"),
    *("ship", "ful", "less", "ous", "women", "men", "people", "workers"),
)

# Surnames and places that such an ending would hide.
NAMES_LIKE_WORDS = _words(
    "sanders rogers myers peters waters walters saunders winters summers rivers powers masters chambers landers "
    "connors withers smithers struthers carruthers danvers rodgers bowers brothers travers yonkers flanders "
    "kelly reilly daly connolly donnelly ashley italy sicily harley billy sally emily molly holly polly beverly "
    "riley oakley healy foley bailey wembley burnley barnsley crawley finchley bentley paisley berkeley "
    "beijing reading nanjing chongqing boeing ring king fleming harding golding stirling sterling ealing worthing "
    "kipling downing manning browning keating pickering banning gehring dowling spalding fielding "
    "clement clements bement vincent trent brent ghent kent stoughton boston austin denton newton houston preston "
    "burton dalton clinton hamilton washington wellington arlington "
    "fred ted ned ed jed mohammed ahmed saeed hamed waleed khaled sayed reed creed sneed "
    "texas indies davies jefferies menzies humphries castles charles wales jules hercules "
    "florence lawrence clarence laurence valence provence constance france "
    "gates james jones davis lewis evans"
)

HEDGES_ABOUT = _words(
    "about around approximately roughly some circa near estimated близько приблизно біля около "
    "примерно приблизительно порядка დაახლოებით حوالي نحو قرابه"
)
HEDGES_BELOW = _words("nearly almost under below майже почти менше менее თითქმის تقريبا اقل")
HEDGES_ABOVE = _words("over above exceeding понад більш більше свыше более больше მეტი اكثر")
HEDGE_PHRASES: Mapping[tuple[str, str], int] = MappingProxyType(
    {
        ("more", "than"): 1,
        ("at", "least"): 1,
        ("upwards", "of"): 1,
        ("greater", "than"): 1,
        ("less", "than"): -1,
        ("fewer", "than"): -1,
        ("up", "to"): -1,
        ("close", "to"): 2,
        ("as", "many"): 2,
        ("не", "менше"): 1,
        ("не", "менее"): 1,
        ("більше", "ніж"): 1,
        ("більш", "як"): 1,
        ("более", "чем"): 1,
        ("менше", "ніж"): -1,
        ("менее", "чем"): -1,
        ("اكثر", "من"): 1,
        ("اقل", "من"): -1,
    }
)

# Words that every text holds: those of summaries, folded, and a few that evidence meets beside figures.
COMMON = frozenset(map(fold, vocabulary.COMMON)) | _words("per up out only just new")
