"""The day of publication, however it was written."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GeomapWarning
from geomap.readers.dates import date_order, parse_published


@pytest.mark.parametrize(
    "written",
    [
        "2025-03-14",
        "2025-03-14T23:59:59-11:00",
        "2025-03-14 09:30",
        "20250314",
        "20250314T093000Z",
        "20250314093000",
        "2025/03/14",
        "14 March 2025",
        "March 14, 2025",
        "Mar. 14, 2025, 6:30 p.m.",
        "Fri, 14 Mar 2025 10:00:00 GMT",
        "Friday 14 March 2025 10:00 EST",
        "14.03.2025",
        "3/14/2025",
        " 2025-03-14\n",
    ],
)
def test_common_forms_are_read(written: str) -> None:
    assert parse_published(written) == datetime.date(2025, 3, 14)


@pytest.mark.parametrize("written", [None, "", "  "])
def test_no_date_is_no_reason_to_warn(written: str | None) -> None:
    assert parse_published(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "03/04/2025",
        "14.03.25",
        "March 2025",
        "2025",
        "Friday",
        "14 March",
        "10:30",
        "2025-02-30",
        "yesterday",
        "1741912200",
        "9" * 60,
        "a" * 100_000,
        "०१/०२/२०२५x",
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_left_empty_with_a_warning(written: str) -> None:
    with pytest.warns(GeomapWarning, match=r"a\.csv, line 3: the publication date .* write it as YYYY-MM-DD"):
        assert parse_published(written, path="a.csv", line=3) is None


@given(st.text(alphabet=st.sampled_from("0123456789-/:.,+ TZamprchFjul'"), max_size=30) | st.text(max_size=30))
@pytest.mark.filterwarnings("ignore::geomap.errors.GeomapWarning")
def test_no_text_breaks_it(written: str) -> None:
    day = parse_published(written)
    assert day is None or isinstance(day, datetime.date)


@pytest.mark.parametrize("written", ["0201-03-14", "1899-12-31", "14 March 201", "2225-03-14", "3/14/9999"])
def test_a_year_that_no_report_is_from_is_refused_for_that_report(written: str) -> None:
    with pytest.warns(GeomapWarning, match=r"a\.csv, line 3: the publication date .* was left empty"):
        assert parse_published(written, path="a.csv", line=3) is None


def test_the_years_from_1900_to_the_next_are_read() -> None:
    after = datetime.datetime.now(tz=datetime.UTC).year + 1
    assert parse_published("1900-01-01") == datetime.date(1900, 1, 1)
    assert parse_published(f"{after}-12-31") == datetime.date(after, 12, 31)


@pytest.mark.parametrize(
    ("column", "day_first", "proof"),
    [
        (["01/03/2025", "25/03/2025"], True, "25/03/2025"),
        (["01.03.2025 09:30", "25.03.2025 10:00"], True, "25.03.2025 10:00"),
        (["01/03/2025", "03/25/2025", "3/14/2025"], False, "03/25/2025"),
        (["01/03/2025", "05/03/2025"], None, ""),
        (["01/03/2025", "25/03/2025", "03/25/2025"], None, ""),
        (["2025-03-25", "25 March 2025", "40/50/2025", ""], None, ""),
        ([], None, ""),
    ],
)
def test_dates_that_can_be_read_in_one_order_alone_tell_the_order_of_their_column(
    column: list[str], day_first: object, proof: str
) -> None:
    order = date_order(column)
    assert (order.day_first, order.proof) == (day_first, proof)


def test_the_order_of_a_column_settles_dates_of_two_meanings_and_no_others() -> None:
    assert parse_published("01/03/2025", day_first=True) == datetime.date(2025, 3, 1)
    assert parse_published("01/03/2025", day_first=False) == datetime.date(2025, 1, 3)
    with pytest.warns(GeomapWarning, match="ambiguous"):
        assert parse_published("01.03.25", day_first=True) is None
