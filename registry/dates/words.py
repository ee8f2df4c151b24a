"""The words of printed dates in Russian, Ukrainian and English, lower case and with е for ё."""

import re

_MONTHS = (
    "январь января январе январем янв січень січня січні січнем січ january jan",
    "февраль февраля феврале февралем фев февр лютий лютого лютому лютим лют february feb",
    "март марта марте мартом мар березень березня березні березнем бер берез march mar",
    "апрель апреля апреле апрелем апр квітень квітня квітні квітнем кві квіт april apr",
    "май мая мае маем травень травня травні травнем тра трав may",
    "июнь июня июне июнем июн червень червня червні червнем чер черв june jun",
    "июль июля июле июлем июл липень липня липні липнем лип july jul",
    "август августа августе августом авг серпень серпня серпні серпнем сер серп august aug",
    (
        "сентябрь сентября сентябре сентябрем сен сент "
        "вересень вересня вересні вереснем вер верес september sep sept"
    ),
    "октябрь октября октябре октябрем окт жовтень жовтня жовтні жовтнем жов жовт october oct",
    (
        "ноябрь ноября ноябре ноябрем ноя нояб "
        "листопад листопада листопаді листопадом лис лист november nov"
    ),
    "декабрь декабря декабре декабрем дек грудень грудня грудні груднем гру груд december dec",
)
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii"
_SEASONS = {
    21: "весна весны весной весною весни навесні spring",
    22: "лето лета летом літо літа влітку summer",
    23: "осень осени осенью осінь восени autumn fall",
    24: "зима зимы зимой зимою зими взимку winter",
}

MONTHS = {word: number for number, row in enumerate(_MONTHS, 1) for word in row.split()}
# Books print the Roman month with the Cyrillic letters that look alike as often as not.
ROMAN_MONTHS = {word: number for number, word in enumerate(_ROMAN.split(), 1)}
LATIN_LOOKALIKES = str.maketrans("хі", "xi")
SEASONS = {word: number for number, row in _SEASONS.items() for word in row.split()}

_START = r"(?:начал[оеа]|(?:на )?початк?у|початок|(?:the )?beginning of|early)"
_MIDDLE = r"(?:середин[аеыиі]|(?:the )?middle of|mid)"
_FINISH = r"(?:кон(?:ец|це|ца)|кін(?:ець|ці|ця)|наприкінці|(?:the )?end of|late)"
PART = re.compile(f"(?:({_START})|({_MIDDLE})|({_FINISH}))[ -](.+)")

BIRTH_AND_PREPOSITION = re.compile(
    r"^(?:(?:родил(?:ся|ась)|народи(?:вся|лася|лась)|born|(?:род|нар|р|b)\.) ?)?"
    r"(?:(?:в|во|у|in|on|от|від) |в(?=[0-9]))?"
)
YEAR_WORDS = re.compile(
    r"[ .,;]+$|(?<![^\W\d_])"
    r"(?:года?|году|годов|годы|годах|гг?|рр?|року|рік|році|роки|роках|років|year"
    r"|р\. ?н|рождения|народження)$"
)
YEARS_SHORTENED = re.compile(
    r"(?:(?:в|у|in) )?([0-9]{4}) ?- ?([0-9]{2})( ?(?:гг|годы|годах|рр|роки|роках)[. ]*)?"
)

ABOUT = re.compile(
    r"(?:ок|около|прибл|приблизительно|примерно|бл|близько|приблизно|about|around|circa|ca|c)"
    r"(?:\. ?| )"
)
NOT_AFTER = re.compile(r"(?:до|не позднее|не позже|не пізніше|before|by|(?:no|not) later than) ")
NOT_BEFORE = re.compile(
    r"(?:после|не ранее|не раньше|після|не раніше|after|(?:no|not) earlier than) "
)
BETWEEN = (
    re.compile(r"(?:между|між|between) (.+?) (?:и|і|й|та|and) (.+)"),
    re.compile(r"(?:с|со|з|із|зі|от|від|from) (.+?) (?:по|до|to|till|until) (.+)"),
)

_OTHER_DATA = (
    r"(?:по (?:другим|иным|др\.?) (?:данным|сведениям|источникам)"
    r"|за (?:іншими|ін\.?) (?:даними|відомостями|джерелами)"
    r"|according to other (?:data|sources))"
)
_OR = r"(?:или|либо|або|чи|or)"
OTHERWISE = re.compile(rf"(?:{_OTHER_DATA}|{_OR})[ :,-]*")
LIST_SEPARATOR = re.compile(rf"(?: ?[,;] ?| )(?:{_OTHER_DATA}|{_OR}) ?[-:]? ?| ?[,;] ?")

_OLD_STYLE = r"ст\.? ?ст|старого стил[яю]|стар\. ?ст|старому стилю|старим стилем|o\.? ?s|old style"
_NEW_STYLE = r"н\.? ?ст|нового стил[яю]|нов\. ?ст|новому стилю|новим стилем|n\.? ?s|new style"
_STYLE = rf"(?:по |за )?(?:({_OLD_STYLE})|({_NEW_STYLE}))\.?"
STYLES = (re.compile(rf"[ ,]*\({_STYLE}\)[ .]*$"), re.compile(rf"[ ,]+{_STYLE}[ .]*$"))
