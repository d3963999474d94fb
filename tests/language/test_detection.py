"""English or another language: what is told, and what is too short to tell."""

import subprocess
import sys

import pytest

import geomap
from geomap.errors import GeomapWarning
from geomap.language.detection import language_name, language_of, warn_of_languages
from geomap.types import Document

UKRAINIAN = "У Харкові внаслідок обстрілу загинули четверо людей, повідомив голова області."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", UKRAINIAN),
        ("ru", "В результате обстрела Белгорода погибли два человека, сообщил губернатор области."),
        ("ar", "قتل أربعة أشخاص في قصف استهدف سوقا شعبيا في مدينة أم درمان يوم الجمعة."),
        ("fa", "در حمله هوایی به این شهر چهار نفر کشته و ده نفر زخمی شدند."),
        ("he", "ארבעה בני אדם נהרגו בהפגזה על העיר, מסרו שירותי ההצלה."),
        ("es", "Hombres armados mataron a tres personas durante la noche en Cali, dijo la policía."),
        ("fr", "Au moins douze civils ont été tués dans une attaque contre le village, selon l'armée."),
        ("pt", "Pelo menos cinco pessoas morreram em um tiroteio na zona norte do Rio de Janeiro."),
        ("de", "Bei einem Angriff auf die Stadt sind nach Angaben der Behörden vier Menschen getötet worden."),
        ("tr", "Saldırıda en az dört kişi hayatını kaybetti, on kişi yaralandı."),
        ("sw", "Watu wanne waliuawa katika shambulio la bomu lililotokea sokoni siku ya Ijumaa."),
        ("zh", "周五的炮击造成至少四人死亡，十人受伤。"),
    ],
)
def test_a_report_in_another_language_is_told(language: str, text: str) -> None:
    assert language_of(text) == language
    assert language_of(f"{text}\n\nRead more: https://example.org/the-war-and-the-peace @channel") == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1, 2, 3",
        "https://example.org/ru/война #Украина",
        "Shelling hits Velyka Novosilka overnight",
        "Tiroteo: Gunmen kill mayor in San Cristóbal de las Casas",
        "Al Shabaab Attacks Ceelbuur, Xarardheere",
        "Drones hit Zaporizhzhia",
        "Wagner troops leave Tinzaouaten, Kidal, Aguelhok",
        "FARC dissidents fire on Toribío",
        "RUSSIAN FORCES SHELLED KHERSON",
        "Pokrovsk, Myrnohrad, Toretsk, Chasiv Yar, Kostiantynivka, Kurakhove, Vuhledar, Velyka Novosilka",
        "Deir ez-Zor, al-Bukamal, al-Mayadin, Abu Kamal, Ayn al-Arab, Tall Rifaat, Jarabulus",
        "São Paulo, Rio de Janeiro, Belo Horizonte, Salvador da Bahia, Foz do Iguaçu",
        "“Слава Україні!” soldiers shouted as they entered the village of Staromaiorske, the army said.",
        "The mayor of Ciudad Juárez, José Muñoz de la Vega y Fuentes, was shot by men of La Línea.",
        "Qatl-e-aam: 4 killed in Khyber Pakhtunkhwa blast",
        "killed in action",
        "Rebels took Ruili (瑞丽市 in the characters of the mainland, 瑞麗市 in the old ones) by night.",
    ],
)
def test_english_and_what_is_too_short_to_tell_is_english(text: str) -> None:
    assert language_of(text) == "en"


def test_an_english_report_that_quotes_another_language_at_length_is_english() -> None:
    english = "The governor said on Friday that four people were killed and ten wounded in the shelling of the market. "
    assert language_of(english * 3 + UKRAINIAN * 2) == "en"
    assert language_of(english + UKRAINIAN * 6) == "uk"


def test_most_english_texts_do_not_load_the_detector() -> None:
    code = (
        "import sys; from geomap.language.detection import language_of; "
        "language_of('The army said that four people were killed in the shelling of the market and two wounded.'); "
        "sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_long_word_takes_no_longer() -> None:
    assert language_of("x" * 1_000_000) == "en"
    assert language_of("ж" * 1_000_000) != "en"


def test_languages_have_names() -> None:
    assert language_name("uk") == "Ukrainian"
    assert language_name("gug") == "the language 'gug'"
    assert language_name("und") == "an unknown language"


def test_the_reports_that_are_not_read_are_named_once() -> None:
    with pytest.warns(GeomapWarning, match=r"2 reports are not in English, .*: a \(Ukrainian\), b \(Arabic\)$"):
        warn_of_languages([("a", "uk"), ("b", "ar")])
    with pytest.warns(GeomapWarning, match="and 50 more$"):
        warn_of_languages([("a", "uk")] * 150)
    warn_of_languages([])


def test_parsing_names_the_reports_that_it_cannot_read() -> None:
    documents = [Document(id="en", text="Shelling hit Sumy."), Document(id="uk", text=UKRAINIAN, language="uk")]
    with pytest.warns(GeomapWarning, match=r"1 report is not in English, .*: uk \(Ukrainian\)"):
        assert len(list(geomap.Geoparser(recognizer="fast").parse(documents))) == 2
    with pytest.warns(GeomapWarning, match="not in English"):
        geomap.geoparse(UKRAINIAN)
