import datetime
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.events.incidents import Account, group_accounts, independent_sources
from tests.benchmark.bulletins import bulletins

TUESDAY = datetime.date(2024, 8, 6)
WEDNESDAY = datetime.date(2024, 8, 7)


def account(document: str, sentence: str = "", days: Any = (TUESDAY, TUESDAY), **facts: Any) -> Account:
    defaults = {
        "outlet": document,
        "place": "geonames:700051",
        "event_sub_type": "Shelling/artillery/missile attack",
        "published": WEDNESDAY,
        "where_precision": 1,
    }
    return Account(
        document_id=document, sentence=sentence or f"{document} tells it.", days=days, **{**defaults, **facts}
    )


def test_the_same_place_day_and_kind_is_one_incident() -> None:
    drones = account("c", event_sub_type="Air/drone strike")
    assert group_accounts([account("a"), account("b"), drones]) == [[0, 1, 2]]


def test_the_next_day_the_next_village_and_another_kind_are_others() -> None:
    accounts = [
        account("a"),
        account("b", days=(WEDNESDAY, WEDNESDAY)),
        account("c", place="geonames:1"),
        account("d", event_sub_type="Peaceful protest"),
    ]
    assert group_accounts(accounts) == [[0], [1], [2], [3]]


def test_a_vague_account_joins_the_only_incident_that_fits_and_none_of_two() -> None:
    week = (TUESDAY - datetime.timedelta(days=5), WEDNESDAY)
    assert group_accounts([account("vague", days=week), account("a")]) == [[0, 1]]
    accounts = [account("vague", days=week), account("a"), account("b", days=(WEDNESDAY, WEDNESDAY))]
    assert group_accounts(accounts) == [[0], [1], [2]]


def test_an_account_without_a_date_is_news_of_the_days_before_its_report() -> None:
    assert group_accounts([account("a"), account("b", days=None)]) == [[0, 1]]
    late = account("b", days=None, published=TUESDAY + datetime.timedelta(days=20))
    assert group_accounts([account("a"), late]) == [[0], [1]]
    assert group_accounts([account("a", days=None, published=None), account("b", days=None, published=None)]) == [
        [0],
        [1],
    ]


def test_the_first_day_of_the_calendar_has_no_days_before_it() -> None:
    first = account("a", days=None, published=datetime.date.min)
    assert group_accounts([first, account("b", days=(datetime.date.min, datetime.date.min))]) == [[0, 1]]


def test_accounts_that_are_said_to_be_two_are_in_one_incident_with_neither_third() -> None:
    apart = {"apart_from": frozenset({"x"})}
    accounts = [account("a", **apart), account("b", **apart), account("c")]
    assert group_accounts(accounts[:2]) == [[0], [1]]
    assert group_accounts(accounts) == [[0], [1], [2]]  # which of the two the third tells, nobody knows
    words = "Shells hit the market of the town early on Tuesday and killed three people, the mayor told reporters."
    assert group_accounts([account("a", words, **apart), account("b", words, **apart)]) == [[0], [1]]


def test_what_is_the_same_as_an_account_is_as_far_apart_from_others() -> None:
    first, second = account("a", apart_from=frozenset({"x"}), same_as=("y",)), account("b", same_as=("y",))
    assert group_accounts([second, account("c", apart_from=frozenset({"x"})), first]) == [[0, 2], [1]]


def test_a_whole_region_is_no_proof_of_the_same_occurrence() -> None:
    assert group_accounts([account("a", where_precision=6), account("b", where_precision=6)]) == [[0], [1]]
    copy = "Shelling of the country went on through the night, the ministry said."
    twins = [account("a", copy, where_precision=6), account("b", copy, where_precision=6)]
    assert group_accounts(twins) == [[0, 1]]


def test_a_daily_bulletin_that_repeats_its_wording_is_not_one_incident() -> None:
    bulletin = "Three settlements came under artillery fire during the day, the council said."
    accounts = [account("a", bulletin), account("b", bulletin, days=(WEDNESDAY, WEDNESDAY))]
    assert group_accounts(accounts) == [[0], [1]]


def test_copied_sentences_and_one_outlet_count_as_one_source() -> None:
    agency = "Russian forces shelled the town late on Tuesday, killing two civilians, officials said."
    accounts = [
        account("a", agency),
        account("b", agency.replace("late", "very late")),
        account("c", "Two people died under shellfire in the town.", outlet="A"),
        account("d", "Our reporter saw the crater.", outlet=""),
        account("e", "Another saw it too.", outlet=""),
    ]
    assert independent_sources(accounts) == [0, 0, 0, 1, 2]
    assert independent_sources([]) == []


DAYS = st.dates(datetime.date(2024, 8, 1), datetime.date(2024, 8, 6))
ACCOUNTS = st.lists(
    st.builds(
        account,
        st.sampled_from("abcdef"),
        st.sampled_from(["", "Shells fell on the market of the town again on that day."]),
        st.none() | DAYS.map(lambda day: (day, day + datetime.timedelta(days=day.day % 4))),
        place=st.sampled_from(["1", "2"]),
        published=st.none() | DAYS,
        where_precision=st.integers(1, 7),
    ),
    max_size=12,
)


@given(ACCOUNTS)
@settings(max_examples=60, deadline=None)
def test_every_account_is_in_one_incident_of_its_place(accounts: list[Account]) -> None:
    groups = group_accounts(accounts)
    assert sorted(number for group in groups for number in group) == list(range(len(accounts)))
    for group in groups:
        assert len({accounts[number].place for number in group}) == 1


def calls(work: Callable[[], object]) -> int:
    """Return how many functions a piece of work calls."""
    made = 0

    def note(*_: object) -> None:
        nonlocal made
        made += 1

    sys.setprofile(note)
    work()
    sys.setprofile(None)
    return made


def test_a_place_of_many_days_takes_no_longer_for_each_event() -> None:
    def work(count: int) -> int:
        days = [TUESDAY + datetime.timedelta(days=number) for number in range(count)]
        told = [account(f"{number}", f"{number} tells", days=(day, day)) for number, day in enumerate(days)]
        assert len(group_accounts(told)) == count
        return calls(lambda: group_accounts(told))

    assert work(2000) < 5 * work(500)


@pytest.mark.parametrize("days", ["dated", "undated"])
def test_many_bulletins_of_one_template_take_no_longer_for_each(days: str) -> None:
    def work(count: int) -> int:
        told = bulletins(count, dated=days == "dated")
        assert len(group_accounts(told)) == (count if days == "dated" else 1)
        return calls(lambda: [independent_sources([told[n] for n in group]) for group in group_accounts(told)])

    assert work(1600) < 5 * work(400)


def test_incidents_of_a_place_are_compared_by_all_their_days() -> None:
    week = (TUESDAY - datetime.timedelta(days=5), WEDNESDAY)
    year = (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    assert group_accounts([account("a"), account("b", days=week), account("c", days=year)]) == [[0, 1, 2]]
    unknown = account("d", days=None, published=None)
    assert group_accounts([unknown, account("e"), account("f", days=year)]) == [[0], [1, 2]]


def test_copies_at_one_place_are_twins_whatever_other_places_print_them() -> None:
    text = "The governor said that nobody had been hurt when debris fell on a warehouse there."
    told = [
        account("a", text, days=None, published=None),
        account("b", text, days=None, published=None, place="geonames:1"),
        account("c", text, days=None, published=None),
    ]
    assert group_accounts(told) == [[0, 2], [1]]
