import itertools
import random
import re

from geomap.events.syndication import ALIKE, jaccard, near_identical

AGENCY = "Russian forces shelled the town of Sudzha late on Tuesday, killing two civilians, officials said."


def test_a_sentence_with_a_changed_word_and_an_added_byline_is_the_same_text() -> None:
    copied = (
        "Russian forces shelled the town of Sudzha late on Tuesday, killing two civilians, local officials said (Wire)."
    )
    other = "Two people died when shells fell on the border town, the governor told reporters."
    assert near_identical([other, AGENCY, copied]) == [(1, 2)]


def test_copies_are_chained_and_case_and_punctuation_do_not_count() -> None:
    assert near_identical([AGENCY, AGENCY.upper(), AGENCY.replace(",", "")]) == [(0, 1), (1, 2)]


def test_short_sentences_are_never_taken_for_copies() -> None:
    assert near_identical(["Shelling hit Pokrovsk.", "Shelling hit Pokrovsk."]) == []


def test_nothing_empty_and_very_long_sentences_are_fine() -> None:
    assert near_identical([]) == []
    assert near_identical(["", "  ", "…"]) == []
    long = " ".join(f"word{n}" for n in range(5000))
    assert near_identical([long, long + " end"]) == [(0, 1)]


def test_pairs_do_not_depend_on_the_company_they_keep() -> None:
    words = [f"w{n}" for n in range(2000)]
    others = [" ".join(random.Random(n).choices(words, k=25)) for n in range(400)]
    assert near_identical([*others, AGENCY, AGENCY]) == [(400, 401)]


def test_jaccard_of_nothing_is_nothing() -> None:
    assert jaccard(frozenset(), frozenset()) == 0.0
    assert jaccard(frozenset("ab"), frozenset("bc")) == 1 / 3


def test_all_pairs_are_found_that_comparing_each_with_each_finds() -> None:
    chance = random.Random(7)
    sentences = []
    for _ in range(60):
        words = [f"w{chance.randrange(40)}" for _ in range(chance.randrange(6, 30))]
        for _ in range(5):
            words[chance.randrange(len(words))] = f"w{chance.randrange(40)}"
            sentences.append(" ".join(words[: chance.randrange(max(6, len(words) - 4), len(words) + 1)]))
    sets = [frozenset(zip(w := re.findall(r"\w+", one), w[1:], w[2:], strict=False)) for one in sentences]
    wanted = [
        (one, other)
        for one, other in itertools.combinations(range(len(sets)), 2)
        if jaccard(sets[one], sets[other]) >= ALIKE  # type: ignore[arg-type]
    ]
    found = near_identical(sentences)
    distinct = [pair for pair in wanted if sets[pair[0]] != sets[pair[1]]]
    assert len(distinct) > 100
    assert [pair for pair in found if sets[pair[0]] != sets[pair[1]]] == [
        pair for pair in distinct if sets.index(sets[pair[0]]) == pair[0] and sets.index(sets[pair[1]]) == pair[1]
    ]
