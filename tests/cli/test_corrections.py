"""Corrections on the command line: added by one verb, applied last by the others, and never lost in silence."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import geomap
from geomap.cli.app import app
from geomap.corrections.corrections_file import read_corrections

TEXT = """Title: Shelling
Published: 2025-03-14

Shelling hit Pokrovsk on Thursday, killing three people. Nothing was heard from Qwertyville.
"""


class Result:
    def __init__(self, *args: str) -> None:
        done = CliRunner().invoke(app, list(args), prog_name="geomap")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        self.code, self.out, self.words = done.exit_code, done.stdout, done.stderr


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "reports"


def correct(*args: str) -> Result:
    return Result("correct", *args, "--who", "Anna")


def test_what_correct_writes_down_stands_in_every_table_and_on_the_map(reports: Path) -> None:
    said = correct("one.txt", "Qwertyville", "--point", "48.1,37.9", "--why", "<b>my</b> {{ map }}")
    assert said.code == 0
    assert said.words.startswith("'Qwertyville' in one.txt: place; 48.1, 37.9 (Anna, 20")
    assert Result("events", "reports", "-o", "events.csv").code == 0
    trigger = geomap.read_events("events.csv")["trigger"].iloc[0]
    assert correct("one.txt", trigger, "--event", "--day", "2025-03-12", "--deaths", "3-4").code == 0
    assert correct("any", "Pokrovsk", "--place", "geonames:706483").code == 0
    result = Result("map", "reports", "-o", "out.html", "--corrections", "corrections.csv")
    assert result.code == 0
    assert "corrections.csv: 3 corrections, 3 in force for 3 mentions and events\n" in result.words
    mentions = geomap.read_mentions("out.csv").set_index("toponym")
    assert mentions.loc["Qwertyville", "point_longitude"] == 37.9
    assert mentions.loc["Pokrovsk", "name"] == "Kharkiv"
    assert mentions.loc["Pokrovsk", "event_date"] == "2025-03-12"
    assert mentions["corrected_by"].tolist() == ["Anna", "Anna"]
    places = json.loads(Path("out.geojson").read_text())["features"]
    assert {one["properties"]["corrected_by"] for one in places} == {"Anna"}
    page = Path("out.html").read_text()
    assert "in any report: place; geonames:706483 (Anna, " in page
    assert "<b>my</b>" not in page
    assert Result("events", "reports", "-o", "events.csv", "--corrections", "corrections.csv").code == 0
    (event,) = geomap.read_events("events.csv").to_dict("records")
    assert (event["name"], event["event_date"], event["fatalities_high"]) == ("Kharkiv", "2025-03-12", 4)
    assert (event["corrected_by"], event["fatalities_low"]) == ("Anna", 3)
    grouped = Result("incidents", "reports", "--corrections", "corrections.csv")
    assert grouped.out.splitlines()[0].endswith(",corrected_by")
    assert grouped.out.splitlines()[1].endswith(",Anna")
    assert Result("incidents", "--table", "events.csv").out == grouped.out


def test_the_same_corrections_give_the_same_bytes(reports: Path) -> None:
    correct("one.txt", "Qwertyville", "--point", "48.1,37.9")
    for name in ("a", "b"):
        assert Result("map", "reports", "-o", f"{name}.html", "--corrections", "corrections.csv").code == 0
    for suffix in (".html", ".csv", ".geojson"):
        assert Path(f"a{suffix}").read_bytes() == Path(f"b{suffix}").read_bytes()


def test_a_shifted_text_is_told_with_the_line_of_the_correction(reports: Path) -> None:
    start = str(geomap.geoparse(TEXT.partition("\n\n")[2])["start"].iloc[0])
    correct("one.txt", "Pokrovsk", "--start", start, "--not-a-place")
    correct("two.txt", "Kursk", "--start", "3", "--not-a-place")
    assert (
        "2 corrections, 1 in force for 1 mention or event, 1 of reports that were not read (two.txt)"
        in Result("parse", "reports", "--corrections", "corrections.csv").words
    )
    (reports / "one.txt").write_text(TEXT.replace("Shelling hit", "Late on Friday shelling hit"))
    result = Result("map", "reports", "-o", "out.html", "--corrections", "corrections.csv")
    assert result.code == 0
    assert "warning: nothing matches 1 correction, without effect now:" in result.words
    assert "  line 2: 'Pokrovsk' in one.txt at 13: not a place (Anna, " in result.words
    assert "the words now begin at 28" in result.words
    assert "the text has changed" in Path("out.html").read_text()
    assert "Pokrovsk" in set(geomap.read_mentions("out.csv")["toponym"])


def test_a_file_of_settings_names_the_corrections_beside_it(reports: Path) -> None:
    Path("sub").mkdir()
    correct("one.txt", "Qwertyville", "--not-a-place", "--corrections", "sub/known.csv")
    Path("sub/geomap.toml").write_text('corrections = "known.csv"\n')
    result = Result("parse", "reports", "--config", "sub/geomap.toml")
    assert "sub/known.csv: 1 correction, 1 in force" in result.words
    assert "Qwertyville" not in {line.split(",")[10] for line in result.out.splitlines()}


def test_a_saved_table_refuses_corrections_and_one_without_the_column_is_read(reports: Path) -> None:
    correct("one.txt", "Qwertyville", "--not-a-place")
    Result("map", "reports", "-o", "out.html")
    for verb in ("map", "incidents"):
        refused = Result(verb, "--table", "out.csv", "--corrections", "corrections.csv", "-o", "again.html")
        assert refused.code == 1
        assert "corrections are applied to reports, not to a saved table" in refused.words
    table = geomap.read_mentions("out.csv").drop(columns="corrected_by")
    geomap.write_table(table, "old.csv")
    assert geomap.read_mentions("old.csv")["corrected_by"].tolist() == [""] * len(table)
    assert Result("map", "--table", "old.csv", "-o", "again.html").code == 0


def test_no_verb_writes_over_the_corrections(reports: Path) -> None:
    correct("one.txt", "Qwertyville", "--not-a-place")
    before = Path("corrections.csv").read_bytes()
    result = Result("parse", "reports", "-o", "corrections.csv", "--corrections", "corrections.csv")
    assert result.code == 1
    assert "is the same file as corrections.csv" in result.words
    assert Path("corrections.csv").read_bytes() == before


def test_explain_says_who_corrected_a_mention(reports: Path) -> None:
    correct("one.txt", "Qwertyville", "--point", "48.1,37.9")
    correct("one.txt", "Pokrovsk", "--place", "geonames:706483")
    out = Result("explain", "reports/one.txt", "--corrections", "corrections.csv").out
    assert "'Qwertyville' (literal) → 48.1, 37.9, corrected by Anna" in out
    assert "→ Kharkiv" in out


def test_correct_refuses_what_makes_no_sense_and_adds_nothing(reports: Path) -> None:
    for words, code, why in [
        (["one.txt", "Pokrovsk"], 1, "the verdict is place, and none is given"),
        (["one.txt", "Pokrovsk", "--place", "geonames:1"], 1, "the gazetteer has no entry 'geonames:1'; geomap lookup"),
        (["one.txt", "Pokrovsk", "--not-a-place", "--unknown"], 2, "exclude each other"),
        (["one.txt", "Pokrovsk", "--point", "48,1 37,9"], 2, "is not LAT,LON"),
        (["one.txt", "Shelling", "--event", "--deaths", "some"], 2, "is no number such as 3"),
        (["one.txt", "Shelling", "--wrong"], 1, "'wrong' is no verdict on mentions"),
        (["one.txt", "Shelling", "--undo"], 1, "of which nothing stands"),
    ]:
        result = correct(*words)
        assert (result.code, why in result.words.replace("\n│ ", " ")) == (code, True), result.words
    assert not Path("corrections.csv").exists()


def test_correct_takes_back_what_it_added(reports: Path) -> None:
    correct("one.txt", "Pokrovsk", "--not-a-place")
    assert correct("one.txt", "Pokrovsk", "--undo").code == 0
    assert read_corrections("corrections.csv") == ()


def test_corrections_that_cannot_be_read_stop_a_run_before_the_work(reports: Path) -> None:
    Path("bad.csv").write_text("document,words,verdict\none.txt,Pokrovsk,maybe\n")
    for name, why in [("bad.csv", "bad.csv, line 2: 'maybe' is no verdict"), ("none.csv", "none.csv: no such file")]:
        result = Result("map", "reports", "-o", "out.html", "--corrections", name)
        assert result.code == 1
        assert result.words.startswith(f"error: {why}")
    assert not Path("out.html").exists()


def test_two_events_are_made_one_from_the_command_line_and_parted_again(reports: Path) -> None:
    (reports / "one.txt").write_text("Shelling hit Pokrovsk on 3 March 2025. A drone struck Kharkiv on 5 March 2025.")
    Result("events", "reports", "-o", "before.csv")
    events = geomap.read_events("before.csv")
    first, second = zip(events["trigger"], events["start"].astype(str), strict=True)
    asked = ("one.txt", second[0], "--event", "--start", second[1])
    assert correct(*asked, "--same-as", first[1]).words.startswith(
        f"'{second[0]}' in one.txt at {second[1]}: same; as "
    )
    Result("events", "reports", "-o", "after.csv", "--corrections", "corrections.csv")
    after = geomap.read_events("after.csv")
    assert (after["occurrence"].tolist(), after["corrected_by"].tolist()) == ([1, 1], ["Anna", "Anna"])
    once = Result("events", "reports", "--once", "--corrections", "corrections.csv")
    assert len(once.out.splitlines()) == 2
    assert correct(*asked, "--apart-from", first[1]).words.startswith(
        f"'{second[0]}' in one.txt at {second[1]}: apart; from "
    )
    Result("events", "reports", "-o", "parted.csv", "--corrections", "corrections.csv")
    assert len(set(geomap.read_events("parted.csv")["occurrence"])) == 2
    assert correct(*asked, "--same-as", first[1], "--apart-from", first[1]).code == 2
    assert correct(*asked, "--undo").code == 0
    assert correct(*asked, "--undo").code == 0
    Result("events", "reports", "-o", "again.csv", "--corrections", "corrections.csv")
    assert Path("again.csv").read_bytes() == Path("before.csv").read_bytes()


def test_the_rows_of_another_file_are_added_in_their_order(reports: Path) -> None:
    correct("any", "Pokrovsk", "--unknown")
    Path("page.csv").write_text(
        "\ufeffdocument,words,verdict,why\r\none.txt,Kursk,not a place,'=1\r\nany,'=x,not a place,\r\n"
    )
    said = Result("correct", "--from", "page.csv")
    assert (said.code, said.words) == (0, "2 corrections of page.csv: added to corrections.csv\n")
    rows = read_corrections("corrections.csv")
    assert [(row.words, row.why) for row in rows] == [("Pokrovsk", ""), ("Kursk", "=1"), ("=x", "")]
    before = Path("corrections.csv").read_bytes()
    assert (
        "0 corrections of page.csv: added to corrections.csv; 2 were there"
        in Result("correct", "--from", "page.csv").words
    )
    same = Result("correct", "--from", "page.csv", "--corrections", "./page.csv")
    assert (
        same.code,
        "is the same file as page.csv, which is read; choose another with --corrections" in same.words,
    ) == (1, True)
    Path("page.csv").write_text("document,words,verdict\na,b,not a place\na,Kursk,undo\n")
    assert Result("correct", "--from", "page.csv").code == 1
    for misuse in ((), ("one.txt",), ("one.txt", "Kursk", "--from", "page.csv")):
        assert Result("correct", *misuse).code == 2, misuse
    assert Path("corrections.csv").read_bytes() == before


def test_a_contradiction_is_counted(reports: Path) -> None:
    correct("any", "Pokrovsk", "--not-a-place")
    correct("one.txt", "Pokrovsk", "--unknown")
    said = Result("parse", "reports", "--corrections", "corrections.csv").words
    assert "2 corrections, 1 in force for 1 mention or event, 1 overruled by narrower or later ones" in said
