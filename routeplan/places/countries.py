"""Names of the countries a code stands for, and the code of a name."""

# ruff: noqa: RUF001 - names in their own scripts are what the table is about

from __future__ import annotations

COUNTRY_NAMES = {
    "AL": "Albania",
    "AM": "Armenia",
    "AT": "Austria",
    "AZ": "Azerbaijan",
    "BA": "Bosnia and Herzegovina",
    "BE": "Belgium",
    "BG": "Bulgaria",
    "BY": "Belarus",
    "CN": "China",
    "CZ": "Czechia",
    "DE": "Germany",
    "GE": "Georgia",
    "GR": "Greece",
    "HR": "Croatia",
    "HU": "Hungary",
    "IR": "Iran",
    "IT": "Italy",
    "KG": "Kyrgyzstan",
    "KZ": "Kazakhstan",
    "MD": "Moldova",
    "ME": "Montenegro",
    "MK": "North Macedonia",
    "NL": "Netherlands",
    "PL": "Poland",
    "RO": "Romania",
    "RS": "Serbia",
    "RU": "Russia",
    "SI": "Slovenia",
    "SK": "Slovakia",
    "TJ": "Tajikistan",
    "TM": "Turkmenistan",
    "TR": "Türkiye",
    "UA": "Ukraine",
    "UZ": "Uzbekistan",
    "XK": "Kosovo",
}
"""ISO 3166-1 alpha-2 -> English short name, for the countries of the network and its rivals.

XK is no ISO code but the one in common use; names and codes follow GeoNames and take no side.
"""

_OTHER_NAMES = {
    "AL": "албания|албанија|shqipëria|arnavutluk",
    "AM": "армения|јерменија|հայաստան|ermenistan|ermənistan",
    "AT": "австрия|аустрија|österreich|avusturya",
    "AZ": "азербайджан|азербејџан|azərbaycan|azerbaycan|әзербайжан|აზერბაიჯანი",
    "BA": "босния|bosnia|бих|bosna|босна и херцеговина|босния и герцеговина",
    "BE": "бельгия|белгија|belgië|belgique",
    "BG": "болгария|българия|бугарска|bulgaristan|bugarska|ბულგარეთი",
    "BY": "белоруссия|беларусь|белорусија",
    "CN": "китай|кина|中国|çin|қытай|ჩინეთი|prc|кнр",
    "CZ": "czech|czech republic|чехия|чешка|česko",
    "DE": "германия|немачка|deutschland|almanya",
    "GE": "грузия|грузија|საქართველო|gürcistan|gürcüstan|sakartvelo",
    "GR": "греция|грчка|ελλάδα|hellas|yunanistan|гърция",
    "HR": "хорватия|хрватска|hrvatska",
    "HU": "венгрия|мађарска|magyarország|macaristan|унгария",
    "IR": "иран|i̇ran|ایران",
    "IT": "италия|италија|italia|i̇talya",
    "KG": "киргизия|кыргызстан|киргистан|kırgızistan",
    "KZ": "казахстан|қазақстан|qazaqstan|kazakistan|qazaxıstan|ყაზახეთი|哈萨克斯坦",
    "MD": "молдавия|молдова|молдавија",
    "ME": "черногория|црна гора|crna gora|karadağ",
    "MK": "macedonia|северная македония|северна македонија|македонија",
    "NL": "netherlands|holland|the netherlands|нидерланды|холандија|nederland",
    "PL": "польша|пољска|polska|polonya",
    "RO": "румыния|румунија|românia|romanya|румъния",
    "RS": "сербия|србија|srbija|sırbistan|сърбия|სერბეთი|塞尔维亚",
    "RU": "россия|русија|rusya|русия|российская федерация|russian federation",
    "SI": "словения|словенија|slovenija",
    "SK": "словакия|словачка|slovensko",
    "TJ": "таджикистан|тоҷикистон|таџикистан|tacikistan",
    "TM": "туркменистан|türkmenistan|туркмения|თურქმენეთი",
    "TR": "turkey|turkiye|турция|турска|türkiye|თურქეთი|түркия|土耳其",
    "UA": "украина|украјина|україна|ukrayna",
    "UZ": "узбекистан|ўзбекистон|oʻzbekiston|ozbekiston|özbekistan|უზბეკეთი|乌兹别克斯坦",
    "XK": "косово|kosova",
}
"""Code -> other names in use, casefolded: Russian, Serbian, Turkish, the country's own."""


def country_name(code: str) -> str:
    """Return the English name of a country code; the code itself if it has none here."""
    return COUNTRY_NAMES.get(code, code)


def find_country(text: str) -> str | None:
    """Return the code of a country written as code or name, if it is one."""
    folded = text.strip().casefold()
    if not folded:
        return None
    if len(folded) == 2 and folded.upper() in COUNTRY_NAMES:
        return folded.upper()
    for code, name in COUNTRY_NAMES.items():
        if folded in (name.casefold(), *_OTHER_NAMES.get(code, "").split("|")):
            return code
    return None
