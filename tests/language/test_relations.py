"""What a text says of where places lie against each other, as data."""

import pytest

from geomap.language.displacement import relation_at
from geomap.language.relations import LISTED, PART_OF, UNDER, relations_of
from geomap.recognizers.sentences import sentence_spans
from geomap.types import Mention, Relation, Sentence


def read(marked: str) -> tuple[list[str], tuple[Relation, ...]]:
    """Return the names that stand in square brackets in a text, and the relations between them."""
    pieces = marked.replace("]", "[").split("[")
    text = "".join(pieces)
    starts = [sum(map(len, pieces[:n])) for n in range(len(pieces))]
    spans = [(start, start + len(piece)) for start, piece in zip(starts, pieces, strict=True)][1::2]
    sentences = [Sentence(index=n, start=start, end=end) for n, (start, end) in enumerate(sentence_spans(text))]
    mentions = []
    for start, end in spans:
        sentence = max((s for s in sentences if s.start <= start), key=lambda s: s.start)
        mentions.append(
            Mention(
                document_id="d",
                sentence=sentence.index,
                start=start,
                end=end,
                toponym=text[start:end],
                relation=relation_at(text, (start, end), (sentence.start, sentence.end)),
            )
        )
    return [mention.toponym for mention in mentions], relations_of(text, sentences, mentions)


def told(marked: str, *kinds: str) -> set[tuple[str | None, str, str]]:
    """Return who is told from whom, and how, for the kinds asked for."""
    names, relations = read(marked)
    return {
        (None if r.subject is None else names[r.subject], r.kind, names[r.anchor]) for r in relations if r.kind in kinds
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They attacked northeast of [Kharkiv] near [Vovchansk], [Zelene] and [Lyptsi].",
            {(n, "direction", "Kharkiv") for n in ("Vovchansk", "Zelene", "Lyptsi")},
        ),
        (
            "They held [Karpivka], [Nove] and [Ridkodub], all some 20 km north of [Lyman].",
            {(n, "direction", "Lyman") for n in ("Karpivka", "Nove", "Ridkodub")},
        ),
        ("[Synkivka], northeast of [Kupiansk], fell.", {("Synkivka", "direction", "Kupiansk")}),
        ("[Batnaya], a village north of the city of [Mosul], fell.", {("Batnaya", "direction", "Mosul")}),
        (
            "Clashes near [Yahidne], northwest of [Bakhmut], and south of it near [Ivanivske].",
            {("Yahidne", "direction", "Bakhmut")},
        ),
        (
            "They attacked north of [Bakhmut] near [Yahidne] and southwest of it near [Ivanivske].",
            {("Yahidne", "direction", "Bakhmut"), ("Ivanivske", "direction", "Bakhmut")},
        ),
        ("West of [Kreminna], the enemy struck [Terny].", {("Terny", "direction", "Kreminna")}),
        ("A shell hit [Rylsk] 20 km south of [Kursk].", {("Rylsk", "direction", "Kursk")}),
        ("Fighting went on in [Pokrovsk], and troops moved south of [Myrnohrad].", set()),
    ],
)
def test_a_direction_binds_the_names_it_is_told_of(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert {one for one in told(text, "direction") if one[0]} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Troops stood 20 km south of [Kursk], officials in [Kyiv] said.",
        "West of [Kreminna], fighting went on, the staff in [Kyiv] said.",
        "A drone fell 5 km east of [Pokrovsk], the ministry in [Moscow] announced.",
    ],
)
def test_where_a_speaker_is_lies_neither_off_a_place_nor_around_it(text: str) -> None:
    assert {r for r in read(text)[1] if r.subject is not None} == set()


def test_words_that_open_a_sentence_bind_its_names_and_a_verb_before_them_does_not() -> None:
    assert told("About 20 km south of [Sumy], shells hit [Zelene].", "direction") >= {("Zelene", "direction", "Sumy")}
    assert told("It fell 20 km south of [Sumy], and shells hit [Zelene].", "direction") == {(None, "direction", "Sumy")}


def test_a_direction_keeps_its_bearing_and_distance() -> None:
    _, relations = read("[Terny], some 20 km southwest of [Kreminna], was shelled.")
    (relation,) = [r for r in relations if r.kind == "direction"]
    assert (relation.bearing, relation.km, relation.sure) == (225.0, 20.0, True)


def test_what_happened_off_a_place_has_no_subject() -> None:
    assert told("A drone fell 20 km south of [Kursk].", "direction") == {(None, "direction", "Kursk")}


@pytest.mark.parametrize("word", ["axis", "direction", "sector", "front"])
def test_an_axis_governs_its_sentence_and_no_other(word: str) -> None:
    text = f"On the [Lyman] {word} they repelled assaults near [Nove] and toward [Ridkodub]. [Odesa] was hit."
    assert told(text, "near") == {("Nove", "near", "Lyman"), ("Ridkodub", "near", "Lyman")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In [Kuriga], [Kaduna State], they fled.", {("Kuriga", "in", "Kaduna State")}),
        ("[Sudzha], [Kursk] region, fell.", {("Sudzha", "in", "Kursk")}),
        ("[Sudzha] in the [Kursk] region fell.", {("Sudzha", "in", "Kursk")}),
        ("[Russia]’s [Kursk] was hit.", {("Kursk", "in", "Russia")}),
        ("The [Saltivka] district of [Kharkiv] was hit.", {("Saltivka", "in", "Kharkiv")}),
        (
            "[Kalakla] ([Jebel Awlia], [Khartoum]) was hit.",
            {("Kalakla", "in", "Jebel Awlia"), ("Kalakla", "in", "Khartoum"), ("Jebel Awlia", "in", "Khartoum")},
        ),
        ("In [Sumy] region they bombed [Khotin].", {("Khotin", "in", "Sumy")}),
        ("[Khotin]\n\nDrones hit the market.", set()),
        (
            "In [Niger]'s [Tillabéri] region, soldiers died near [Tassia].",
            {("Tassia", "in", "Tillabéri"), ("Tillabéri", "in", "Niger")},
        ),
        ("In [Nova Kakhovka] ([Novaya Kakhovka] to its [Moscow]-appointed mayor), streets were flooded.", set()),
        ("Trucks pass through [Kerem Shalom] ([Karem Abu Salem] to Palestinians).", set()),
    ],
)
def test_containers_are_read_from_commas_brackets_and_prepositions(
    text: str, expected: set[tuple[str, str, str]]
) -> None:
    assert told(text, "in") == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The [Saltivka] district of [Kharkiv] was hit.", PART_OF),
        ("They fled [Mali], [Niger] and [Chad].", LISTED),
        ("[Khartoum]\n\nTroops reached [Soba East] on Sunday.", UNDER),
    ],
)
def test_a_container_says_how_it_is_meant(text: str, words: str) -> None:
    _, relations = read(text)
    assert words in {r.words for r in relations if r.kind == "in"}


def test_a_heading_ends_where_the_next_begins() -> None:
    text = "[Khartoum]\n\nTroops reached [Soba].\n\nNorth\n\nDrones hit [Merowe].\n\n[Gezira]\n\nThey took [Rufaa]."
    assert told(text, "in") == {("Soba", "in", "Khartoum"), ("Rufaa", "in", "Gezira")}


def test_names_of_one_list_stand_beside_each_other() -> None:
    assert told("Jets bombed [Khotin], [Bilopillia] and [Sumy].", "beside") >= {
        ("Khotin", "beside", "Bilopillia"),
        ("Sumy", "beside", "Bilopillia"),
    }
    assert told("Jets bombed [Khotin] before a convoy reached [Sumy].", "beside") == set()


@pytest.mark.parametrize("text", ["", "[Kyiv]", "[Kyiv] " * 200, "near [Kyiv] near [Kyiv] near [Kyiv]"])
def test_ugly_texts_are_read_without_fail(text: str) -> None:
    names, relations = read(text)
    assert all(0 <= r.anchor < len(names) for r in relations)
