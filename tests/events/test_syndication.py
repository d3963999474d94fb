import itertools
import random
import re

from geomap.events.syndication import ALIKE, Groups, Twins, jaccard, join_near_identical

AGENCY = "Russian forces shelled the town of Sudzha late on Tuesday, killing two civilians, officials said."


def together(sentences: list[str]) -> list[int]:
    groups = Groups(len(sentences))
    join_near_identical(sentences, groups)
    return [groups.first(number) for number in range(len(sentences))]


def first_twins(sentences: list[str]) -> list[int | None]:
    twins = Twins(sentences, [()] * len(sentences))
    return [twins.first(number, lambda _: True) for number in range(len(sentences))]


def test_a_sentence_with_a_changed_word_and_an_added_byline_is_the_same_text() -> None:
    copied = (
        "Russian forces shelled the town of Sudzha late on Tuesday, killing two civilians, local officials said (Wire)."
    )
    other = "Two people died when shells fell on the border town, the governor told reporters."
    assert together([other, AGENCY, copied]) == [0, 1, 1]
    assert first_twins([other, AGENCY, copied]) == [None, 2, 1]


def test_copies_are_chained_and_case_and_punctuation_do_not_count() -> None:
    sentences = [AGENCY, AGENCY.upper(), AGENCY.replace(",", "")]
    assert together(sentences) == [0, 0, 0]
    assert first_twins(sentences) == [1, 0, 1]


def test_short_sentences_are_never_taken_for_copies() -> None:
    assert together(["Shelling hit Pokrovsk.", "Shelling hit Pokrovsk."]) == [0, 1]
    assert first_twins(["Shelling hit Pokrovsk.", "Shelling hit Pokrovsk."]) == [None, None]


def test_nothing_empty_and_very_long_sentences_are_fine() -> None:
    assert together([]) == []
    assert together(["", "  ", "…"]) == [0, 1, 2]
    long = " ".join(f"word{n}" for n in range(5000))
    assert together([long, long + " end"]) == [0, 0]


def test_pairs_do_not_depend_on_the_company_they_keep() -> None:
    words = [f"w{n}" for n in range(2000)]
    others = [" ".join(random.Random(n).choices(words, k=25)) for n in range(400)]
    assert together([*others, AGENCY, AGENCY]) == [*range(400), 400, 400]
    assert first_twins([*others, AGENCY, AGENCY]) == [None] * 400 + [401, 400]


def test_jaccard_of_nothing_is_nothing() -> None:
    assert jaccard(frozenset(), frozenset()) == 0.0
    assert jaccard(frozenset("ab"), frozenset("bc")) == 1 / 3


def made_up() -> list[str]:
    """Return sentences of which many are alike, most of them just so or just not."""
    chance = random.Random(7)
    sentences = []
    for _ in range(60):
        words = [f"w{chance.randrange(40)}" for _ in range(chance.randrange(6, 30))]
        for _ in range(5):
            words[chance.randrange(len(words))] = f"w{chance.randrange(40)}"
            sentences.append(" ".join(words[: chance.randrange(max(6, len(words) - 4), len(words) + 1)]))
    return list(dict.fromkeys(sentences))


def pairs_of(sentences: list[str]) -> list[tuple[int, int]]:
    """Return the pairs that comparing each with each finds."""
    sets = [frozenset(zip(w := re.findall(r"\w+", one), w[1:], w[2:], strict=False)) for one in sentences]
    assert len(set(sets)) == len(sets)
    both = itertools.combinations(range(len(sets)), 2)
    return [(one, other) for one, other in both if jaccard(sets[one], sets[other]) >= ALIKE]  # type: ignore[arg-type]


def test_what_is_together_is_what_comparing_each_with_each_finds() -> None:
    sentences = made_up()
    groups = Groups(len(sentences))
    for one, other in pairs_of(sentences):
        groups.join(one, other)
    assert len(pairs_of(sentences)) > 100
    assert together(sentences) == [groups.first(number) for number in range(len(sentences))]


def test_the_first_twin_that_is_wanted_is_the_first_that_comparing_each_with_each_finds() -> None:
    sentences = made_up()
    pairs = pairs_of(sentences)
    times = [[number % 3] if number % 4 else [] for number in range(len(sentences))]
    twins = Twins(sentences, times)

    def may(one: int, other: int) -> bool:
        return (one + other) % 5 != 0 and (not times[one] or not times[other] or times[one] == times[other])

    found = [twins.first(number, lambda other, number=number: may(number, other)) for number in range(len(sentences))]  # type: ignore[misc]
    wanted = []
    for number in range(len(sentences)):
        linked = sorted(sum(pair) - number for pair in pairs if number in pair)
        wanted.append(next((other for other in linked if may(number, other)), None))
    assert found == wanted
