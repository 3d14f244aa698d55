"""Names of the countries a code stands for, and the code of a name."""

from __future__ import annotations

COUNTRY_NAMES = {
    "AM": "Armenia",
    "AT": "Austria",
    "AZ": "Azerbaijan",
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
}
"""ISO 3166-1 alpha-2 -> English short name, for the countries of the network and its rivals."""

_OTHER_NAMES = {
    "turkey": "TR",
    "turkiye": "TR",
    "macedonia": "MK",
    "казахстан": "KZ",
    "қазақстан": "KZ",
    "китай": "CN",
    "узбекистан": "UZ",
    "туркменистан": "TM",
    "азербайджан": "AZ",
    "грузия": "GE",
    "турция": "TR",
    "türkiye": "TR",
    "болгария": "BG",
    "румыния": "RO",
    "сербия": "RS",
    "србија": "RS",
    "srbija": "RS",
    "венгрия": "HU",
    "греция": "GR",
    "россия": "RU",
    "белоруссия": "BY",
    "иран": "IR",
}


def country_name(code: str) -> str:
    """Return the English name of a country code; the code itself if it has none here."""
    return COUNTRY_NAMES.get(code, code)


def find_country(text: str) -> str | None:
    """Return the code of a country written as code or English name, if it is one."""
    folded = text.strip().casefold()
    if len(folded) == 2 and folded.upper() in COUNTRY_NAMES:
        return folded.upper()
    for code, name in COUNTRY_NAMES.items():
        if name.casefold() == folded:
            return code
    return _OTHER_NAMES.get(folded)
