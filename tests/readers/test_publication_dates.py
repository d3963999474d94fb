"""The day of publication, however it was written."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import GeomapWarning
from geomap.readers.dates import parse_published


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
