"""Names as reports write them, and the entry of the bundled gazetteer that must be among their candidates."""

import pytest

from geomap.gazetteers import load_gazetteer
from geomap.types import NameKind

# Several spellings of one place are parted by "|".
PLACES = {
    # Countries: common, official, former and contested names, abbreviations.
    "geonames:690791": "Ukraine|the Ukraine|UKRAINE|Ukraine's|Україна|Украина",
    "geonames:2017370": "Russia|Russian Federation|the Russian Federation|Россия",
    "geonames:6252001": "United States|U.S.|US|USA|U.S.A.|America|the United States of America",
    "geonames:2635167": "United Kingdom|UK|U.K.|Britain|Great Britain",
    "geonames:290557": "UAE|U.A.E.|United Arab Emirates",
    "geonames:203312": "DRC|DR Congo|Democratic Republic of the Congo|Zaire|Congo",
    "geonames:2260494": "Republic of the Congo|Congo-Brazzaville|Congo",
    "geonames:1873107": "North Korea|DPRK|Democratic People's Republic of Korea",
    "geonames:1835841": "South Korea|ROK|Republic of Korea",
    "geonames:239880": "Central African Republic|CAR",
    "geonames:1327865": "Myanmar|Burma",
    "geonames:298795": "Turkey|Türkiye|Turkiye",
    "geonames:3077311": "Czechia|Czech Republic|the Czech Republic",
    "geonames:934841": "Eswatini|Swaziland",
    "geonames:2287781": "Ivory Coast|Côte d'Ivoire|Cote d’Ivoire",
    "geonames:2750405": "Netherlands|the Netherlands|Holland",
    "geonames:1668284": "Taiwan|Republic of China|Formosa",
    "geonames:831053": "Kosovo|Kosova",
    "geonames:6254930": "Palestine|Palestinian Territories|State of Palestine",
    "geonames:2461445": "Western Sahara",
    "geonames:718075": "North Macedonia|Macedonia|FYROM",
    "geonames:2361809": "Burkina Faso|Upper Volta",
    "geonames:1966436": "East Timor|Timor-Leste|Timor Leste",
    "geonames:3164670": "Vatican|Holy See|Vatican City",
    "geonames:130758": "Iran|Islamic Republic of Iran|Persia",
    "geonames:3474414": "Falklands|Malvinas|Falkland Islands",
    # Ukraine and Russia: two romanisations, Russian spellings, renamed towns.
    "geonames:703448": "Kyiv|Kiev|Kyyiv|Київ|Киев",
    "geonames:706483": "Kharkiv|Kharkov|Харків",
    "geonames:702550": "Lviv|Lvov|Lwów|Lemberg",
    "geonames:698740": "Odesa|Odessa",
    "geonames:700569": "Mykolaiv|Nikolaev|Mykolayiv",
    "geonames:687700": "Zaporizhzhia|Zaporizhia|Zaporizhzhya|Zaporozhye",
    "geonames:709930": "Dnipro|Dnipropetrovsk|Dnepropetrovsk",
    "geonames:705812": "Kropyvnytskyi|Kirovohrad|Kirovograd",
    "geonames:713174": "Bakhmut|Artemivsk|Artyomovsk",
    "geonames:704422": "Pokrovsk|Krasnoarmiisk|Krasnoarmeysk",
    "geonames:709354": "Toretsk|Dzerzhynsk",
    "geonames:710035": "Myrnohrad|Dymytrov",
    "geonames:713122": "Avdiivka|Avdeevka|Avdiyivka",
    "geonames:691999": "Sievierodonetsk|Severodonetsk",
    "geonames:707898": "Huliaipole|Gulyaipole|Hulyaipole|Hulyaypole",
    "geonames:690823": "Vuhledar|Ugledar",
    "geonames:710915": "Chasiv Yar|Chasov Yar",
    "geonames:704204": "Lyman|Krasnyi Lyman|Krasny Liman",
    "geonames:701822": "Mariupol|Mariupol's",
    "geonames:709276": "Enerhodar|Energodar",
    "geonames:699751": "Niu-York|Novhorodske",
    "geonames:710403": "Chornobyl|Chernobyl",
    "geonames:709716": "Donetsk|Donetsk Oblast|Donetsk region|Donetsk province",
    "geonames:703883": "Crimea|Crimean Peninsula|Republic of Crimea|Crimea's",
    "geonames:486816": "Sudzha|Суджа",
    "geonames:538555": "Kursk Oblast|Kursk region|Kursk",
    "geonames:538560": "Kursk",
    "geonames:498817": "Saint Petersburg|St. Petersburg|St Petersburg|Leningrad",
    "geonames:472757": "Volgograd|Stalingrad",
    "geonames:569665": "Chechnya|Chechen Republic",
    # Middle East.
    "geonames:170794": "Deir ez-Zor|Deir Ezzor|Deir al-Zor|Dayr az-Zawr",
    "geonames:173377": "Qamishli|al-Qamishli|Al-Qamishli|Qamishlo",
    "geonames:172256": "Kobani|Kobane|Ain al-Arab",
    "geonames:172955": "Raqqa|ar-Raqqah|al-Raqqa",
    "geonames:173811": "Hasakah|al-Hasakah|Hasaka",
    "geonames:281124": "Khan Younis|Khan Yunis|Khan Younes",
    "geonames:281129": "Jabalia|Jabaliya|Jabalya",
    "geonames:281109": "Nuseirat|al-Nuseirat",
    "geonames:281102": "Rafah",
    "geonames:281133": "Gaza|Gaza City",
    "geonames:281132": "Gaza Strip|the Gaza Strip|Gaza",
    "geonames:285153": "West Bank|the West Bank|Judea and Samaria",
    "geonames:79415": "Hodeidah|Hudaydah|al-Hudaydah|Hodeida",
    "geonames:71137": "Sanaa|Sana'a|Sana’a",
    "geonames:99072": "Mosul",
    "geonames:163808": "Palmyra|Tadmur",
    # Africa.
    "geonames:379555": "El Fasher|Al-Fashir|El-Fasher|Al Fasher|al-Fashir",
    "geonames:379303": "El Geneina|Geneina|Al-Geneina",
    "geonames:365137": "Omdurman",
    "geonames:379003": "El Obeid|El-Obeid|Al-Obeid",
    "geonames:379251": "Khartoum North|Bahri",
    "geonames:408648": "Gezira|Al Jazirah|Gezira State",
    "geonames:2455290": "Kidal",
    "geonames:2453514": "Ménaka|Menaka",
    "geonames:2449067": "Timbuktu|Tombouctou",
    "geonames:2427123": "N'Djamena|N’Djamena|Ndjamena",
    "geonames:444187": "Tigray",
    # Asia and elsewhere.
    "geonames:1308052": "Myawaddy",
    "geonames:1314759": "Lashio",
    "geonames:1298482": "Sagaing",
    "geonames:1298480": "Sagaing|Sagaing Region",
    "geonames:1297099": "Shan State|Shan",
    "geonames:1298852": "Rakhine|Rakhine State|Arakan",
    "geonames:1298824": "Yangon|Rangoon",
    "geonames:1275339": "Mumbai|Bombay",
    "geonames:1816670": "Beijing|Peking",
    "geonames:1566083": "Ho Chi Minh City|Saigon",
    "geonames:745044": "Istanbul|İstanbul|Constantinople",
    "geonames:1529047": "Xinjiang|East Turkestan",
    "geonames:4140963": "Washington|Washington, D.C.|D.C.|Washington DC",
    "geonames:5128581": "New York City|NYC|New York",
    "geonames:5332921": "California|Calif.|CA",
    "geonames:4436296": "Mississippi|Miss.|MS",
    "geonames:6255148": "Europe",
    "naturalearth:GB.ENG": "England",
    "naturalearth:GB.NIR": "Northern Ireland",
    # Regions, waters and sites.
    "geomap:donbas": "Donbas|Donbass|the Donbas",
    "geomap:black-sea": "Black Sea|the Black Sea",
    "geomap:bab-el-mandeb": "Bab el-Mandeb|Bab al-Mandab",
    "geomap:strait-of-hormuz": "Strait of Hormuz|Straits of Hormuz",
    "geomap:zaporizhzhia-nuclear-power-plant": "Zaporizhzhia Nuclear Power Plant|ZNPP",
    "geomap:kakhovka-dam": "Kakhovka Dam|Nova Kakhovka dam",
    "geomap:snake-island": "Snake Island|Zmiinyi Island",
    "geomap:darfur": "Darfur",
    "geomap:sahel": "Sahel|the Sahel",
    "geomap:liptako-gourma": "Liptako-Gourma|Liptako Gourma",
    "geomap:nagorno-karabakh": "Nagorno-Karabakh|Nagorno Karabakh|Artsakh",
    "geomap:philadelphi-corridor": "Philadelphi Corridor",
    "geomap:rojava": "Rojava|AANES",
    "geonames:6695072": "European Union|EU",
    "geomap:soviet-union": "Soviet Union|USSR",
}

DEMONYMS = {
    "Russian": "geonames:2017370",
    "Ukrainians": "geonames:690791",
    "Sudanese": "geonames:366755",
    "South Sudanese": "geonames:7909807",
    "Malian": "geonames:2453866",
    "Burkinabe": "geonames:2361809",
    "Burkinabè": "geonames:2361809",
    "Nigerien": "geonames:2440476",
    "Burmese": "geonames:1327865",
    "Emirati": "geonames:290557",
    "Congolese": "geonames:203312",
    "Dutch": "geonames:2750405",
    "Chechen": "geonames:569665",
    "Crimean": "geonames:703883",
    "Gazan": "geonames:281132",
    "Uyghur": "geonames:1529047",
    "Baloch": "geonames:1183606",
    "Kurdish": "geomap:kurdistan",
    "Tibetan": "geonames:1279685",
    "English": "naturalearth:GB.ENG",
    "Texan": "geonames:4736286",
    "European": "geonames:6255148",
    "Soviet": "geomap:soviet-union",
    "Darfuri": "geomap:darfur",
}

CASES = [(name, entry_id) for entry_id, names in PLACES.items() for name in names.split("|")]


@pytest.mark.parametrize(("name", "entry_id"), CASES)
def test_a_known_name_has_its_place_among_its_candidates(name: str, entry_id: str) -> None:
    assert entry_id in {entry.id for entry in load_gazetteer().lookup(name)}


@pytest.mark.parametrize(("name", "entry_id"), DEMONYMS.items())
def test_a_demonym_leads_to_its_place_as_a_demonym(name: str, entry_id: str) -> None:
    kinds = {candidate.entry.id: candidate.name_kind for candidate in load_gazetteer().candidates(name)}
    assert kinds.get(entry_id) == "demonym"


@pytest.mark.parametrize(
    ("name", "entry_id", "kind"),
    [
        ("Pokrovsk", "geonames:704422", "primary"),
        ("Pokrovsk", "geonames:563464", "historic"),
        ("Artemivsk", "geonames:713174", "historic"),
        ("Stalingrad", "geonames:472757", "historic"),
        ("Zaire", "geonames:203312", "historic"),
        ("Burma", "geonames:1327865", "alternate"),
        ("U.S.", "geonames:6252001", "abbreviation"),
        ("Calif.", "geonames:5332921", "abbreviation"),
        ("NYC", "geonames:5128581", "abbreviation"),
    ],
)
def test_a_name_has_its_kind(name: str, entry_id: str, kind: NameKind) -> None:
    kinds = {candidate.entry.id: candidate.name_kind for candidate in load_gazetteer().candidates(name)}
    assert kinds[entry_id] == kind


@pytest.mark.parametrize(
    "name", ["us", "Miss", "Mass", "Ill", "Wash", "Act", "la", "IN", "OR", "ME", "car", "in", "Bloc", "Strip"]
)
def test_a_common_word_is_no_country_or_division(name: str) -> None:
    entries = load_gazetteer().lookup(name)
    assert not {"PCLI", "ADM1", "RGN"} & {entry.feature_code for entry in entries}


@pytest.mark.parametrize(
    ("name", "feature_code"),
    [("Kyiv", "PPLC"), ("Kursk", "PPLA"), ("Khartoum", "PPLC"), ("Ouagadougou", "PPLC"), ("Chasiv Yar", "PPL")],
)
def test_capitals_and_seats_are_marked(name: str, feature_code: str) -> None:
    towns = [entry for entry in load_gazetteer().lookup(name) if entry.feature_class == "P"]
    assert towns[0].feature_code == feature_code


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [("US", 39.76, -98.5), ("RU", 60, 100), ("ML", 18, -2), ("SD", 16, 30), ("UA", 49, 32), ("CA", 60.11, -113.64)],
)
def test_a_country_lies_where_geonames_has_it(code: str, latitude: float, longitude: float) -> None:
    country = load_gazetteer().country(code)
    assert country is not None
    assert (country.latitude, country.longitude) == (latitude, longitude)
