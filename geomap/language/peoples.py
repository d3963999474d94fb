"""Whose: the countries that the adjectives of peoples and the names of capitals stand for."""

from functools import cache

_ADJECTIVES = """
afghan AF albanian AL algerian DZ angolan AO argentine AR armenian AM australian AU austrian AT azerbaijani AZ
azeri AZ bahraini BH bangladeshi BD belarusian BY belgian BE beninese BJ bolivian BO bosnian BA brazilian BR
british GB bulgarian BG burkinabe BF burmese MM burundian BI cambodian KH cameroonian CM canadian CA chadian TD
chilean CL chinese CN colombian CO congolese CD croatian HR cuban CU cypriot CY czech CZ danish DK djiboutian DJ
dominican DO dutch NL ecuadorian EC ecuadorean EC egyptian EG emirati AE eritrean ER estonian EE ethiopian ET
finnish FI french FR gambian GM georgian GE german DE ghanaian GH greek GR guatemalan GT guinean GN haitian HT
honduran HN hungarian HU indian IN indonesian ID iranian IR iraqi IQ irish IE israeli IL italian IT ivorian CI
jamaican JM japanese JP jordanian JO kazakh KZ kenyan KE kosovan XK kuwaiti KW kyrgyz KG laotian LA latvian LV
lebanese LB liberian LR libyan LY lithuanian LT macedonian MK malagasy MG malawian MW malaysian MY malian ML
mauritanian MR mexican MX moldovan MD mongolian MN montenegrin ME moroccan MA mozambican MZ namibian NA
nepalese NP nepali NP nicaraguan NI nigerian NG nigerien NE norwegian NO omani OM pakistani PK palestinian PS
panamanian PA papuan PG paraguayan PY peruvian PE philippine PH filipino PH polish PL portuguese PT qatari QA
romanian RO russian RU rwandan RW salvadoran SV saudi SA senegalese SN serbian RS slovak SK slovenian SI
somali SO spanish ES sudanese SD swedish SE swiss CH syrian SY taiwanese TW tajik TJ tanzanian TZ thai TH
togolese TG tunisian TN turkish TR turkmen TM ugandan UG ukrainian UA uruguayan UY uzbek UZ venezuelan VE
vietnamese VN yemeni YE zambian ZM zimbabwean ZW american US soviet RU
"""
_CAPITALS = """
kabul AF yerevan AM baku AZ dhaka BD minsk BY ouagadougou BF naypyidaw MM bogota CO kinshasa CD cairo EG
addis_ababa ET tbilisi GE delhi IN tehran IR baghdad IQ jerusalem IL nairobi KE pristina XK beirut LB tripoli LY
bamako ML maputo MZ abuja NG niamey NE islamabad PK manila PH moscow RU kremlin RU kigali RW riyadh SA
belgrade RS mogadishu SO juba SS khartoum SD damascus SY dushanbe TJ ankara TR kampala UG kyiv UA kiev UA
washington US caracas VE sanaa YE harare ZW
"""


@cache
def _countries() -> dict[str, str]:
    words = (_ADJECTIVES + _CAPITALS).split()
    return {name.replace("_", " "): code for name, code in zip(words[::2], words[1::2], strict=True)}


def country_of(word: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of the country that an adjective or capital stands for; empty for none.

    Parameters
    ----------
    word
        In any case, with or without a possessive ending: "Russian", "Moscow's".
    """
    bare = word.lower().removesuffix("'s").removesuffix("’s")
    return _countries().get(bare, "")
