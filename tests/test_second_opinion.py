"""A second opinion from an online geocoder: here one on this machine, which answers, fails and refuses as told."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from geopy.adapters import URLLibAdapter  # type: ignore[import-untyped]
from geopy.geocoders import Nominatim, Photon  # type: ignore[import-untyped]

import geomap
from tests.by_hand import POKROVSK, WINDHOEK, parse_by_hand

PLACES = {"Pokrovsk, Donetsk Oblast, Ukraine": (48.28, 37.18), "Windhoek, Khomas Region, Namibia": (-17.0, 15.0)}


class Service:
    """A server in the ways of Nominatim and Photon."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, str]] = []
        self.agents: set[str] = set()
        self.statuses: list[int] = []  # of the next answers; 200 when used up
        self.body: bytes | None = None
        self.delay = 0.0
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.answer(self)

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.domain = f"127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        address = urlsplit(request.path)
        query = parse_qs(address.query)["q"][0]
        self.asked.append((time.monotonic(), query))
        self.agents.add(request.headers["User-Agent"])
        time.sleep(self.delay)
        status = self.statuses.pop(0) if self.statuses else 200
        request.send_response(status)
        request.send_header("Content-Type", "application/json")
        request.end_headers()
        request.wfile.write(self.body or json.dumps(self.found(query, photon=address.path == "/api")).encode())

    def found(self, query: str, *, photon: bool) -> Any:
        points = [PLACES[query]] if query in PLACES else []
        if not photon:
            return [{"lat": str(lat), "lon": str(lon), "display_name": query} for lat, lon in points]
        properties = {"name": query, "osm_type": "N", "osm_id": 1}
        return {
            "features": [{"geometry": {"coordinates": [lon, lat]}, "properties": properties} for lat, lon in points]
        }

    def geocoder(self, *, timeout: float = 5) -> Nominatim:
        return Nominatim(
            domain=self.domain, scheme="http", user_agent="geomap-tests", timeout=timeout, adapter_factory=URLLibAdapter
        )

    @property
    def queries(self) -> list[str]:
        return [query for _, query in self.asked]


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    thread = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield service
    service.server.shutdown()
    thread.join()
    service.server.server_close()


@pytest.fixture
def mentions() -> pd.DataFrame:
    text = "Windhoek and Pokrovsk, Pokrovsk and Nowhere."
    return geomap.to_mentions([parse_by_hand(text, ("Windhoek", WINDHOEK), ("Pokrovsk", POKROVSK), ("Nowhere", None))])


def ask(mentions: pd.DataFrame, geocoder: Any, cache: Any = None, **options: Any) -> pd.DataFrame:
    return geomap.second_opinion(mentions, geocoder, cache=cache, **{"seconds_between": 0.0, **options})


def test_each_place_is_asked_for_once_and_compared(service: Service, mentions: pd.DataFrame) -> None:
    table = ask(mentions, service.geocoder())
    assert table["query"].tolist() == service.queries == sorted(PLACES)
    assert table["agrees"].tolist() == [True, False]
    assert table["km"].iloc[0] < 25 < table["km"].iloc[1]
    assert table["answer"].tolist() == sorted(PLACES)
    assert (table["problem"] == "").all()
    assert service.agents == {"geomap-tests"}
    wide = ask(mentions, service.geocoder(), within_km=2000)
    assert wide["agrees"].tolist() == [True, True]


def test_photon_answers_too(service: Service, mentions: pd.DataFrame) -> None:
    photon = Photon(domain=service.domain, scheme="http", user_agent="geomap-tests")
    assert ask(mentions, photon)["agrees"].tolist() == [True, False]


def test_bare_words_are_asked_for_when_wanted_and_an_unknown_place_is_no_answer(
    service: Service, mentions: pd.DataFrame
) -> None:
    table = ask(mentions, service.geocoder(), by="toponym")
    assert table["query"].tolist() == ["Nowhere", "Pokrovsk", "Windhoek"]
    assert table["answer"].tolist() == ["", "", ""]
    assert table["agrees"].isna().all()
    assert (table["problem"] == "").all()


def test_answers_are_kept_in_the_file_and_not_asked_for_again(
    service: Service, mentions: pd.DataFrame, tmp_path: Path
) -> None:
    first = ask(mentions, service.geocoder(), tmp_path / "answers.sqlite", by="toponym")
    first_places = ask(mentions, service.geocoder(), tmp_path / "answers.sqlite")
    asked = len(service.asked)
    pd.testing.assert_frame_equal(ask(mentions, service.geocoder(), tmp_path / "answers.sqlite", by="toponym"), first)
    pd.testing.assert_frame_equal(ask(mentions, service.geocoder(), tmp_path / "answers.sqlite"), first_places)
    assert len(service.asked) == asked


def test_questions_keep_their_distance(service: Service, mentions: pd.DataFrame) -> None:
    ask(mentions, service.geocoder(), seconds_between=0.3)
    (first, _), (second, _) = service.asked
    assert second - first >= 0.25


def test_a_failure_is_tried_again_and_then_told_and_not_kept(
    service: Service, mentions: pd.DataFrame, tmp_path: Path
) -> None:
    service.statuses = [503]
    assert (ask(mentions, service.geocoder())["problem"] == "").all()
    service.statuses = [503, 503]
    with pytest.warns(geomap.GeomapWarning, match="1 of 2 questions have no answer"):
        table = ask(mentions, service.geocoder(), tmp_path / "answers.sqlite")
    assert table["problem"].iloc[0].startswith("Geocoder")
    assert pd.isna(table["agrees"].iloc[0])
    assert table["answer"].iloc[1]
    assert (ask(mentions, service.geocoder(), tmp_path / "answers.sqlite")["problem"] == "").all()


@pytest.mark.parametrize("status", [403, 429])
def test_a_service_that_refuses_is_asked_no_more(service: Service, mentions: pd.DataFrame, status: int) -> None:
    service.statuses = [status] * 10
    with pytest.warns(geomap.GeomapWarning, match="2 of 2 questions"):
        table = ask(mentions, service.geocoder())
    assert set(service.queries) == {"Pokrovsk, Donetsk Oblast, Ukraine"}
    assert table["problem"].iloc[1].startswith("not asked: Geocoder")


def test_a_service_that_is_slow_is_given_up(service: Service, mentions: pd.DataFrame) -> None:
    service.delay = 0.5
    with pytest.warns(geomap.GeomapWarning, match="2 of 2 questions"):
        table = ask(mentions, service.geocoder(timeout=0.1))
    assert table["problem"].str.startswith("GeocoderTimedOut").all()


def test_a_service_that_is_not_there_is_given_up_after_three(service: Service, mentions: pd.DataFrame) -> None:
    gone = Nominatim(domain="127.0.0.1:9", scheme="http", user_agent="geomap-tests")
    with pytest.warns(geomap.GeomapWarning, match="3 of 3 questions"):
        assert (ask(mentions, gone, by="toponym")["problem"] != "").all()


@pytest.mark.parametrize("body", [b"<html>", b"[{}]", b"[]]", b'[{"lat": "x", "lon": "y", "display_name": "z"}]'])
def test_an_answer_that_is_none_is_told(service: Service, mentions: pd.DataFrame, body: bytes) -> None:
    service.body = body
    with pytest.warns(geomap.GeomapWarning, match="2 of 2 questions"):
        assert (ask(mentions, service.geocoder())["problem"] != "").all()


def test_an_empty_table_asks_nothing(service: Service, mentions: pd.DataFrame) -> None:
    table = ask(mentions[:0], service.geocoder())
    assert table.dtypes.equals(ask(mentions, service.geocoder()).dtypes)
    assert table.empty


def test_who_asks_must_be_said(mentions: pd.DataFrame) -> None:
    with pytest.raises(geomap.ConfigError, match="give user_agent"):
        geomap.second_opinion(mentions, "nominatim", cache=None)
    with pytest.raises(geomap.ConfigError, match="name your own program"):
        geomap.second_opinion(mentions, "nominatim", cache=None, user_agent="my-application")


@pytest.mark.parametrize("service", ["nominatim", "photon", Nominatim(user_agent="geomap-tests")])
def test_a_public_server_is_not_asked_faster_than_once_a_second(mentions: pd.DataFrame, service: Any) -> None:
    for seconds in (0.5, float("nan")):
        with pytest.raises(geomap.ConfigError, match="once a second at most"):
            geomap.second_opinion(mentions, service, cache=None, user_agent="geomap-tests", seconds_between=seconds)


@pytest.mark.parametrize("service", ["google", None, 3])
def test_an_unknown_service_is_refused(mentions: pd.DataFrame, service: Any) -> None:
    with pytest.raises(geomap.ConfigError, match="give one of nominatim, photon, or a geopy geocoder"):
        geomap.second_opinion(mentions, service, cache=None, user_agent="geomap-tests")


def test_a_file_that_holds_something_else_is_refused(service: Service, mentions: pd.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Notes of mine. " * 100)
    for cache in (tmp_path / "notes.txt", tmp_path / "missing" / "answers.sqlite"):
        with pytest.raises(geomap.OutputError, match="cannot keep answers"):
            ask(mentions, service.geocoder(), cache)
    assert (tmp_path / "notes.txt").read_text().startswith("Notes of mine.")
    assert not service.asked
