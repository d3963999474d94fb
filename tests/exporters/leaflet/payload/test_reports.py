from hypothesis import given
from hypothesis import strategies as st

from geomap.exporters.leaflet.payload.reports import utf16_offsets


def test_an_emoji_counts_two_and_the_rest_one() -> None:
    assert utf16_offsets("a🎖b é", [0, 1, 2, 3, 5]) == [0, 1, 3, 4, 6]
    assert utf16_offsets("plain", [0, 5]) == [0, 5]
    assert utf16_offsets("", [0]) == [0]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_offsets_agree_with_the_encoding(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert utf16_offsets(text, [offset]) == [len(text[:offset].encode("utf-16-le")) // 2]
