"""``geomap.geoparse``: a table that also knows the rest, and models that stay loaded."""

import datetime
import os
import pickle
import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import geomap
from geomap.kept_parsers import MOST, _kept, forget_parsers

ROOT = Path(__file__).parents[1]
TEXT = "Shelling hit Pokrovsk on Friday, killing three."
FAST: Any = {"recognizer": "fast"}


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    forget_parsers()


def test_the_result_is_the_mention_table() -> None:
    found = geomap.geoparse(TEXT)
    assert isinstance(found, pd.DataFrame)
    (parsed,) = geomap.Geoparser().parse([found.parsed.document])
    pd.testing.assert_frame_equal(pd.DataFrame(found), geomap.to_mentions([parsed]))
    assert found["name"].tolist() == ["Pokrovsk"]


def test_it_also_has_events_incidents_places_and_a_map() -> None:
    found = geomap.geoparse(TEXT, published=datetime.date(2024, 9, 7), **FAST)
    assert found.events[["event_date", "fatalities_low"]].values.tolist() == [["2024-09-06", 3]]
    assert found.incidents["name"].tolist() == ["Pokrovsk"]
    assert found.places["mentions"].tolist() == [1]
    assert TEXT in found.to_map(title="Mine").to_html()


def test_what_is_cut_out_of_it_is_a_plain_table() -> None:
    found = geomap.geoparse(TEXT, **FAST)
    for part in (found[["name"]], found[found["confidence"] > 0.5], found.copy(), pd.concat([found, found])):
        assert type(part) is pd.DataFrame


def test_it_can_be_pickled() -> None:
    found = geomap.geoparse(TEXT, **FAST)
    again = pickle.loads(pickle.dumps(found))
    assert type(again) is geomap.Geoparsed
    pd.testing.assert_frame_equal(again, found)
    assert again.parsed == found.parsed


def test_a_notebook_shows_map_mentions_and_events_without_running_the_text() -> None:
    hostile = f"<script>alert(1)</script> {TEXT} {{{{ 7*7 }}}} <img src=x onerror=alert(1)>"
    shown = geomap.geoparse(hostile, **FAST)._repr_html_()
    assert shown
    page, outside = (
        re.findall(r'<iframe srcdoc="([^"]*)"', shown)[0],
        re.sub(r"<iframe.*?</iframe>", "", shown, flags=re.S),
    )
    assert "Pokrovsk" in page
    assert "<details open><summary>First rows of the mention table" in outside
    assert "<summary>Events" in outside
    assert "<img" not in outside
    assert "<script" not in outside
    assert len(shown) < 2_000_000


def test_a_text_without_places_shows_an_empty_map() -> None:
    shown = geomap.geoparse("Nothing happened.", **FAST)._repr_html_()
    assert shown
    assert "Mentions: 0" in shown


def test_a_table_that_lost_columns_shows_itself_plainly() -> None:
    found = geomap.geoparse(TEXT, **FAST)
    del found["latitude"]
    assert "<iframe" not in str(found._repr_html_())
    with pd.option_context("display.notebook_repr_html", False):
        assert geomap.geoparse(TEXT, **FAST)._repr_html_() is None


@pytest.mark.parametrize(
    ("published", "day"),
    [("2024-09-07", "2024-09-06"), (pd.Timestamp("2024-09-07T23:00Z"), "2024-09-06"), (pd.NaT, ""), ("", "")],
)
def test_the_day_of_publication_may_be_a_text_a_time_or_missing(published: Any, day: str) -> None:
    assert geomap.geoparse(TEXT, published=published, **FAST).events["event_date"].tolist() == [day]


def test_a_day_of_publication_that_cannot_be_read_is_left_empty_with_a_warning() -> None:
    with pytest.warns(geomap.GeomapWarning, match="text: the publication date 'soon' .* YYYY-MM-DD"):
        assert geomap.geoparse(TEXT, published="soon", **FAST).parsed.document.published is None


@pytest.mark.parametrize("text", [None, 3.5, b"Kyiv", ["Kyiv"]])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(geomap.ReportError, match="is no text; give a str"):
        geomap.geoparse(text)


def test_a_setting_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(geomap.ConfigError, match="unknown setting 'resolvr'; did you mean 'resolver'"):
        geomap.geoparse(TEXT, resolvr="ranker")  # type: ignore[call-arg]


def test_the_parser_is_kept_and_few_of_them_are() -> None:
    for _ in range(3):
        geomap.geoparse(TEXT, **FAST)
    assert (_kept.cache_info().misses, _kept.cache_info().hits) == (1, 2)
    for resolver in ("ranker", "population"):
        for demonyms in (False, True):
            geomap.geoparse(TEXT, resolver=resolver, demonyms=demonyms, **FAST)
    assert _kept.cache_info().currsize == MOST


def test_another_gazetteer_or_another_file_of_its_name_is_another_parser(tmp_path: Path) -> None:
    own = tmp_path / "own.sqlite"
    bundled = sqlite3.connect(geomap.load_gazetteer().path)
    bundled.backup(copy := sqlite3.connect(own))
    bundled.close()
    copy.execute("UPDATE entry SET name = 'Elsewhere' WHERE name = 'Pokrovsk'")
    copy.commit()
    copy.close()
    assert geomap.geoparse(TEXT, **FAST)["name"].tolist() == ["Pokrovsk"]
    assert geomap.geoparse(TEXT, gazetteer=own, **FAST)["name"].tolist() == ["Elsewhere"]
    (copy := sqlite3.connect(own)).execute("UPDATE entry SET name = 'Somewhere' WHERE name = 'Elsewhere'")
    copy.commit()
    copy.close()
    os.utime(own, ns=(1, 1))
    assert geomap.geoparse(TEXT, gazetteer=own, **FAST)["name"].tolist() == ["Somewhere"]


def test_threads_may_ask_at_once() -> None:
    texts = [f"Shelling hit {name}." for name in ("Pokrovsk", "Sumy", "Kursk", "Kyiv")] * 3
    expected = [geomap.geoparse(text, **FAST)["entry_id"].tolist() for text in texts]
    forget_parsers()
    found: list[Any] = [None] * len(texts)

    def ask(number: int) -> None:
        found[number] = geomap.geoparse(texts[number], **FAST)["entry_id"].tolist()

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected


def test_worker_processes_have_parsers_of_their_own(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        f"""
import multiprocessing, geomap

def ask(text):
    return geomap.geoparse(text, recognizer="fast")["name"].tolist()

if __name__ == "__main__":
    texts = [{TEXT!r}, "Sumy fell."] * 3
    told = [ask(text) for text in texts]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(ask, texts) == told
"""
    )
    done = subprocess.run([sys.executable, program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
