"""Months and weekdays (en, uk, ru, ka, ar). Data only, folded."""

from collections.abc import Mapping
from types import MappingProxyType

from composer.evidence.letters import fold


def _ring(*rows: str) -> Mapping[str, int]:
    """Return each row's words with their numbers from 1; forms of one are joined by "/"."""
    numbered = [(number, forms) for row in rows for number, forms in enumerate(row.split(), 1)]
    return MappingProxyType({fold(form): number for number, forms in numbered for form in forms.split("/")})


MONTHS = _ring(
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct "
    "november/nov december/dec",
    "січень/січня/січні/січнем лютий/лютого/лютому/лютим березень/березня/березні квітень/квітня/квітні "
    "травень/травня/травні червень/червня/червні липень/липня/липні серпень/серпня/серпні вересень/вересня/вересні "
    "жовтень/жовтня/жовтні листопад/листопада/листопаді грудень/грудня/грудні",
    "январь/января/январе/январем февраль/февраля/феврале март/марта/марте апрель/апреля/апреле май/мая/мае "
    "июнь/июня/июне июль/июля/июле август/августа/августе сентябрь/сентября/сентябре октябрь/октября/октябре "
    "ноябрь/ноября/ноябре декабрь/декабря/декабре",
    "იანვარი/იანვარს/იანვრის/იანვარში თებერვალი/თებერვალს/თებერვლის/თებერვალში მარტი/მარტს/მარტის/მარტში "
    "აპრილი/აპრილს/აპრილის/აპრილში მაისი/მაისს/მაისის/მაისში ივნისი/ივნისს/ივნისის/ივნისში "
    "ივლისი/ივლისს/ივლისის/ივლისში აგვისტო/აგვისტოს/აგვისტოში სექტემბერი/სექტემბერს/სექტემბრის/სექტემბერში "
    "ოქტომბერი/ოქტომბერს/ოქტომბრის/ოქტომბერში ნოემბერი/ნოემბერს/ნოემბრის/ნოემბერში "
    "დეკემბერი/დეკემბერს/დეკემბრის/დეკემბერში",
    "يناير/كانون-الثاني فبراير/شباط مارس/آذار أبريل/نيسان مايو/أيار يونيو/حزيران يوليو/تموز أغسطس/آب سبتمبر/أيلول "
    "أكتوبر نوفمبر ديسمبر",
)
WEEKDAYS = _ring(
    "monday/mondays/mon tuesday/tuesdays/tue/tues wednesday/wednesdays/wed thursday/thursdays/thu/thur/thurs "
    "friday/fridays/fri saturday/saturdays/sat sunday/sundays/sun",
    "понеділок/понеділка/понеділку/понеділком вівторок/вівторка/вівторку середа/середи/середу/середою "
    "четвер/четверга/четвергу п’ятниця/п’ятниці/п’ятницю субота/суботи/суботу неділя/неділі/неділю",
    "понедельник/понедельника вторник/вторника среда/среды/среду четверг/четверга пятница/пятницы/пятницу "
    "суббота/субботы/субботу воскресенье/воскресенья",
    "ორშაბათი/ორშაბათს სამშაბათი/სამშაბათს ოთხშაბათი/ოთხშაბათს ხუთშაბათი/ხუთშაბათს პარასკევი/პარასკევს "
    "შაბათი/შაბათს კვირა/კვირას",
    "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
)
# Words that are a month or a weekday only beside a figure or with a capital: may, march, mar, sat, sun, марта.
DOUBTFUL_MONTHS = frozenset(map(fold, ("may", "march", "mar", "jan", "dec", "sep", "apr", "май", "мае", "آب", "лютий")))
DOUBTFUL_WEEKDAYS = frozenset(
    map(fold, ("sat", "sun", "wed", "mon", "fri", "tue", "thu", "среда", "середа", "კვირა", "კვირას"))
)
