"""Which sentences of a report are parsed."""

from geomap.events.telling import tell

_CALM = ["The bakers met at noon.", "He baked a cake in Leeds.", "He sold a cake in Leeds.", "Rebels shelled it."]


def test_a_sentence_without_a_place_or_a_known_phrase_is_not_parsed_and_tells_of_no_toll() -> None:
    told, aside = tell(["Rebels shelled Goma.", "It rained for two days."], named=[True, False])
    assert len(told.tree)
    assert not len(aside.tree)
    assert aside.tolls == aside.labels == aside.words == ()


def test_a_verb_that_the_lexicon_does_not_know_is_looked_at_beside_a_place() -> None:
    tellings = tell(["Rebels shelled Goma.", "They crept into Kiwanja."], named=[True, True])
    assert all(len(one.tree) for one in tellings)


def test_unknown_verbs_of_a_report_that_hardly_speaks_of_conflict_are_passed_over() -> None:
    tellings = tell(_CALM, named=[False, True, True, True])
    assert [bool(len(one.tree)) for one in tellings] == [False, False, False, True]


def test_without_a_word_on_places_every_sentence_is_parsed() -> None:
    assert all(len(one.tree) for one in tell(_CALM))
