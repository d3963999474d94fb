"""The verbs, run inside the test process."""

import json
import os
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import geomap
from geomap.cli.app import app
from geomap.cli.running import Run
from geomap.cli.words import counting_set_aside
from geomap.config import Config
from geomap.errors import ReportError

TEXT = """Title: Shelling near the rail hub
URL: https://example.org/1
Published: 2024-09-06

Artillery struck Pokrovsk on Friday. Drones hit the Kursk region, officials in Kyiv said.
Nothing was heard from Qwertyville.
"""


class Result:
    def __init__(self, *args: str, input: str | bytes | None = None) -> None:
        done = CliRunner().invoke(app, list(args), input=input, prog_name="geomap")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        self.code, self.out, self.words = done.exit_code, done.stdout, done.stderr


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with one report, beside which the tests write."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "reports"


def test_map_writes_page_and_tables_and_says_what_is_plotted(reports: Path) -> None:
    result = Result("map", "reports", "-o", "out.html", "--title", "<b>Title</b>")
    assert (result.code, result.out) == (0, "")
    assert "1 document, " in result.words
    assert "plotted " in result.words
    assert result.words.endswith("wrote out.html, out.csv, out.geojson\n")
    mentions = geomap.read_mentions("out.csv")
    assert {"Pokrovsk", "Kursk", "Kyiv"} <= set(mentions["toponym"])
    assert (
        len(json.loads(Path("out.geojson").read_text())["features"])
        == mentions.loc[mentions["entry_id"] != "", "entry_id"].nunique()
    )
    assert "<b>Title</b>" not in Path("out.html").read_text()


def test_map_gives_the_same_bytes_twice(reports: Path) -> None:
    for name in ("a", "b"):
        assert Result("map", "reports", "-o", f"{name}.html").code == 0
    for suffix in (".html", ".csv", ".geojson"):
        assert Path(f"a{suffix}").read_bytes() == Path(f"b{suffix}").read_bytes()


def test_a_saved_table_is_mapped_without_reading_reports(reports: Path) -> None:
    Result("map", "reports", "-o", "out.html")
    before = Path("out.csv").read_bytes()
    result = Result("map", "--table", "out.csv", "-o", "out.html")
    assert result.code == 0
    assert result.words.endswith("wrote out.html, out.geojson\n")
    assert Path("out.csv").read_bytes() == before
    assert "Pokrovsk" in Path("out.html").read_text()


def test_a_blur_reaches_every_file_of_the_run(reports: Path) -> None:
    Result("map", "reports", "-o", "exact.html")
    exact = geomap.read_mentions("exact.csv")
    assert Result("map", "reports", "-o", "out.html", "--blur-km", "20").code == 0
    again = Result("map", "--table", "exact.csv", "-o", "again.html", "--blur-km", "20")
    assert "exact.csv, which you gave, keeps its exact points" in again.words
    points = exact[exact["feature_class"] == "P"]
    assert len(points)
    for name in ("out.html", "out.csv", "out.geojson", "again.html", "again.csv", "again.geojson"):
        text = Path(name).read_text()
        assert not [told for told in points["latitude"].astype(str) if f"{told}," in text], name
        assert not [told for told in points["entry_id"] if f'{told}"' in text or f"{told}," in text], name


def test_what_cannot_be_drawn_is_found_out_before_the_work(reports: Path) -> None:
    Path("points.geojson").write_text('{"type":"Point","coordinates":[1,1]}', "utf-8")
    for option, value, why in [
        ("--boundaries", "points.geojson", "feature 1: is a Point"),
        ("--boundaries", "none.gpkg", "cannot be read"),
        ("--blur-km", "0", "the blur must be more than 0"),
        ("--tiles", "OpenTopMap", "did you mean OpenTopoMap?"),
    ]:
        result = Result("map", "reports", "-o", "out.html", option, value)
        assert result.code == 1
        assert why in result.words
    assert not Path("out.html").exists()


def test_map_to_standard_output_is_the_page_alone(reports: Path) -> None:
    result = Result("map", "reports", "-o", "-")
    assert result.out.startswith("<!DOCTYPE html>")
    assert "wrote" not in result.words
    assert [path.name for path in reports.parent.iterdir()] == ["reports"]


@pytest.mark.parametrize("output", ["reports/map.html", "reports/one.html"])
def test_map_refuses_to_write_among_its_reports(output: str, reports: Path) -> None:
    result = Result("map", "reports", "-o", output)
    assert result.code == 1
    assert "would be taken for one" in result.words


def test_map_never_replaces_the_table_of_reports_it_reads(reports: Path) -> None:
    Path("data.csv").write_text("text\nShelling hit Pokrovsk.\n")
    result = Result("map", "data.csv", "-o", "data.html")
    assert result.code == 1
    assert Path("data.csv").read_text() == "text\nShelling hit Pokrovsk.\n"


def test_map_wants_reports_or_a_table_and_not_both(reports: Path) -> None:
    assert Result("map").code == 2
    assert Result("map", "reports", "--table", "x.csv").code == 2


def test_many_nil_mentions_are_answered_with_advice(reports: Path) -> None:
    rows = [{"text": "In Xyzzyville.", "mentions": [{"start": 3, "end": 13}]}]
    Path("given.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = Result("map", "given.jsonl", "-o", "out.html", "--recognizer", "given")
    assert result.code == 0
    assert "100% of the mentions are NIL" in result.words


def test_parse_writes_csv_to_standard_output_and_nothing_else(reports: Path) -> None:
    result = Result("parse", "reports")
    assert result.code == 0
    assert result.words == ""
    Path("out.csv").write_text(result.out, newline="")
    assert "Pokrovsk" in set(geomap.read_mentions("out.csv")["toponym"])


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_parse_writes_the_format_of_the_suffix(suffix: str, reports: Path) -> None:
    result = Result("parse", "reports", "-o", f"out{suffix}")
    assert (result.code, result.out) == (0, "")
    assert f"wrote out{suffix}" in result.words
    expected = geomap.to_mentions(geomap.Geoparser().parse(geomap.read_documents("reports")))
    pd.testing.assert_frame_equal(geomap.read_mentions(f"out{suffix}"), expected)


def test_parse_reads_standard_input(reports: Path) -> None:
    result = Result("parse", "-", input="Shelling hit Pokrovsk.")
    assert "geonames:704422" in result.out


def test_parse_takes_the_text_from_a_named_column(reports: Path) -> None:
    Path("data.csv").write_text("id,body\n1,Shelling hit Pokrovsk.\n")
    assert "geonames:704422" in Result("parse", "data.csv", "--column", "text=body").out
    assert Result("parse", "data.csv", "--column", "body").code == 2


def test_options_win_over_the_file_of_settings(reports: Path) -> None:
    Path("geomap.toml").write_text('recognizer = "nonsense"\n')
    assert "nonsense" in Result("parse", "reports", "--config", "geomap.toml").words
    assert Result("parse", "reports", "--config", "geomap.toml", "--recognizer", "fast").code == 0


def test_a_wrong_suffix_is_found_out_before_the_work(reports: Path) -> None:
    result = Result("parse", "nowhere", "-o", "out.docx")
    assert result.code == 1
    assert result.words.startswith("error: out.docx: a table can be written as .csv, .jsonl, .parquet")


def test_a_missing_output_folder_is_an_error_of_one_line(reports: Path) -> None:
    result = Result("map", "reports", "-o", "nowhere/map.html")
    assert result.code == 1
    assert result.words == (
        "error: nowhere/map.html: the folder nowhere does not exist; make it with: mkdir -p nowhere\n"
    )


def test_one_bad_report_costs_no_other_and_the_exit_code_tells(reports: Path) -> None:
    rows = [*(f'{{"text": "Shelling hit Sumy, {number}."}}' for number in range(20)), '{"text": ""}']
    (reports / "rows.jsonl").write_text("\n".join(rows))
    result = Result("parse", "reports", "-o", "out.csv", "--recognizer", "fast")
    assert result.code == 3
    assert "set aside 1 report that could not be read:\n  reports/rows.jsonl, line 21: " in result.words
    assert "1 report set aside" in result.words.splitlines()[-1]
    assert (geomap.read_mentions("out.csv")["toponym"] == "Sumy").sum() == 20


def test_a_bad_report_stops_the_run_or_is_skipped_when_told_so(reports: Path) -> None:
    (reports / "bad.jsonl").write_text('{"text": "Shelling hit Sumy."}\n{"text": \n')
    (reports / "empty.txt").write_text("")
    stopped = Result("map", "reports", "-o", "out.html", "--on-error", "raise")
    assert stopped.code == 1
    assert stopped.words.startswith("error: reports/bad.jsonl, line 2: ")
    assert not Path("out.html").exists()
    skipped = Result("map", "reports", "-o", "out.html", "--on-error", "skip")
    assert skipped.code == 0
    assert "skipped 2 reports that could not be read:\n  reports/bad.jsonl, line 2: " in skipped.words
    assert {"Sumy", "Pokrovsk"} <= set(geomap.read_mentions("out.csv")["toponym"])


def test_skipping_everything_is_an_error(reports: Path) -> None:
    Path("empty.txt").write_text("")
    result = Result("parse", "empty.txt", "--on-error", "skip")
    assert result.code == 1
    assert "no report could be read" in result.words


def test_a_missing_file_and_a_misspelt_option_value_have_their_own_exit_codes(reports: Path) -> None:
    missing = Result("parse", "nowhere")
    assert missing.code == 1
    assert missing.words.startswith("error: nowhere: ")
    assert missing.words.count("\n") == 1
    assert Result("parse", "reports", "--on-error", "ignore").code == 2
    assert Result("parse").code == 2
    assert Result("pars").code == 2


def test_a_model_that_is_not_installed_gives_the_command(reports: Path) -> None:
    result = Result("parse", "reports", "--recognizer", "spacy:en_core_web_trf")
    assert result.code == 1
    assert "spacy download en_core_web_trf" in result.words


def test_debug_shows_the_traceback_wherever_it_stands(reports: Path) -> None:
    for words in (["--debug", "parse", "nowhere"], ["parse", "nowhere", "--debug"]):
        with pytest.raises(geomap.ReportError):
            Result(*words)


def test_warnings_of_the_program_are_lines_on_standard_error(reports: Path) -> None:
    (reports / "two.txt").write_text("Title: T\nPublished: the day before\n\nShelling hit Sumy.\n")
    result = Result("parse", "reports")
    assert result.code == 0
    assert result.words.startswith("warning: ")
    assert "the day before" in result.words
    assert result.words.count("\n") == 1


def test_control_characters_of_a_report_never_reach_the_terminal(reports: Path) -> None:
    result = Result("explain", "Shelling hit Pokrovsk, \x1b]0;owned\x07 he said\x9b31m.")
    assert "\x1b" not in result.out
    assert "\x9b" not in result.out
    assert "\\x1b]0;owned" in result.out


def test_lookup_prints_a_table_and_says_what_is_not_there() -> None:
    result = Result("lookup", "Pokrovsk", "Qwertyville")
    assert result.code == 0
    assert "geonames:704422" in result.out
    assert "Qwertyville: not there" in result.out


def test_lookup_gives_a_json_row_a_query_and_reads_names_from_standard_input() -> None:
    result = Result("lookup", "--json", "-", input="Pokrovsk\n\nQwertyville\r\nКиїв\n")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert [row["query"] for row in rows] == ["Pokrovsk", "Qwertyville", "Київ"]
    assert rows[1]["entries"] == []
    assert set(rows[0]["entries"][0]) >= {"id", "name", "latitude", "longitude", "population"}
    assert [entry["id"] for entry in rows[0]["entries"]] == [
        entry.id for entry in geomap.load_gazetteer().lookup("Pokrovsk")
    ]


def test_explain_says_whether_a_mention_is_on_the_map_and_why_not(reports: Path) -> None:
    lines = Result("explain", "Shelling hit Pokrovsk. Khurivsk was quiet, Kyiv said.").out.splitlines()
    verdicts = [line.strip() for line in lines if "on the map" in line]
    assert verdicts == [
        "on the map",
        "not on the map: not found in the gazetteer",
        "not on the map unless asked for: naming a government",
    ]


def test_explain_takes_a_sentence_a_file_or_standard_input(reports: Path) -> None:
    spoken = Result("explain", "Shelling hit Pokrovsk in Ukraine.")
    assert "geonames:704422" in spoken.out
    assert "rather than Engels" in spoken.out
    assert "Kursk" in Result("explain", "reports/one.txt").out
    assert "geonames:704422" in Result("explain", "-", input="Shelling hit Pokrovsk.").out
    assert Result("explain", "no_such_file.txt").code == 1
    assert "no place was found" in Result("explain", "Nothing happened.").words


def test_info_names_versions_gazetteer_and_attribution() -> None:
    result = Result("info")
    assert result.code == 0
    assert f"geomap {geomap.__version__}" in result.out
    assert "GeoNames" in result.out
    assert "CC BY 4.0" in result.out
    assert "gazetteer" in result.out


def test_gazetteer_info_and_verify_speak_of_the_bundled_one() -> None:
    assert "GeoNames" in Result("gazetteer", "info").out
    assert json.loads(Result("gazetteer", "info", "--json").out)
    assert Result("gazetteer", "verify").code == 0


def test_a_damaged_gazetteer_is_an_error_of_one_line(reports: Path) -> None:
    Path("bad.sqlite").write_bytes(b"not a database" * 100)
    for words in (["gazetteer", "verify", "bad.sqlite"], ["parse", "reports", "--gazetteer", "bad.sqlite"]):
        result = Result(*words)
        assert result.code == 1
        assert result.words.startswith("error: ")
        assert "bad.sqlite" in result.words
        assert result.words.count("\n") == 1


def test_no_color_and_pipes_give_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    assert "\x1b[" not in Result("lookup", "Pokrovsk").out


def test_events_are_rows_on_stdout_or_in_a_file_and_incidents_are_made_of_either(reports: Path) -> None:
    result = Result("events", "reports")
    assert result.code == 0
    assert "Shelling/artillery/missile attack" in result.out
    assert Result("events", "reports", "-o", "events.jsonl").words == "1 document, 2 events: wrote events.jsonl\n"
    grouped = Result("incidents", "--table", "events.jsonl")
    assert grouped.out == Result("incidents", "reports").out
    assert grouped.out.startswith("incident_id,")
    said = Result("incidents", "reports", "-o", "incidents.jsonl").words
    assert said == "2 events, 2 incidents: wrote incidents.jsonl\n"
    assert json.loads(Path("incidents.jsonl").read_text().splitlines()[0])["sentences"][0]["document_id"] == "one.txt"


def test_incidents_ask_for_one_source(reports: Path) -> None:
    assert Result("incidents").code == 2
    assert Result("incidents", "reports", "--table", "events.jsonl").code == 2
    missing = Result("incidents", "--table", "none.jsonl")
    assert missing.code == 1
    assert "no such file" in missing.words


def test_map_says_what_happened_by_region(reports: Path) -> None:
    words = Result("map", "reports", "-o", "out.html").words
    assert "2 events in 2 incidents" in words
    assert "Donetsk Oblast, Ukraine" in words
    Path("reports/one.txt").write_text("The choir sang in Vienna.", encoding="utf-8")
    assert "no conflict event was found" in Result("map", "reports", "-o", "out.html").words


def test_what_was_not_read_is_named_and_counted_in_the_last_line(reports: Path) -> None:
    (reports / "result.dat").write_text("{}")
    (reports / "uk.txt").write_text("У Харкові внаслідок обстрілу загинули четверо людей, повідомив голова області.")
    left_out = "(not read: 1 report not in English, 1 file passed over)"
    for verb in ("parse", "events", "incidents"):
        result = Result(verb, "reports", "-o", "out.csv")
        assert "passed over 1 file:\n  reports/result.dat: files ending in .dat are not read; " in result.words
        assert "warning: 1 report is not in English, " in result.words
        assert "uk.txt (Ukrainian)" in result.words
        assert result.words.splitlines()[-1].endswith(f"{left_out}: wrote out.csv")
        assert Result(verb, "reports").words.splitlines()[-1].endswith(left_out)
    assert Result("map", "reports", "-o", "out.html").words.splitlines()[-1].endswith(left_out)
    assert '"not_read":"1 report not in English, 1 file passed over"' in Path("out.html").read_text().replace(
        '": "', '":"'
    )


def test_reports_that_are_not_read_never_count_as_quiet(reports: Path) -> None:
    (reports / "one.txt").write_text("Published: 2025-03-14\n\nThe council of Sumy met on Friday, and the mayor spoke.")
    assert "no conflict event was found\n" in Result("map", "reports", "-o", "out.html").words
    (reports / "uk.txt").write_text("У Харкові внаслідок обстрілу загинули четверо людей, повідомив голова області.")
    words = Result("map", "reports", "-o", "out.html").words
    assert "no conflict event was found in 1 report in English; what the others report is not known" in words
    (reports / "one.txt").unlink()
    words = Result("map", "reports", "-o", "out.html").words
    assert "whether anything happened is not known: no report is in English" in words


def test_a_run_whose_reports_have_no_date_says_so(reports: Path) -> None:
    assert "no report has a date" not in Result("parse", "reports").words
    (reports / "one.txt").write_text("Shelling hit Sumy on Friday.")
    assert "note: no report has a date of publication" in Result("parse", "reports").words


def test_a_misspelt_column_lists_the_columns(reports: Path) -> None:
    Path("rows.csv").write_text("text,event_date\nShelling hit Sumy.,2025-03-14\n")
    result = Result("parse", "rows.csv", "--column", "published=event_dat")
    assert result.code == 1
    assert "the columns are 'text', 'event_date': did you mean 'event_date'?" in result.words


def test_explain_says_that_a_text_is_not_in_english() -> None:
    assert "1 report is not in English" in Result("explain", "У Харкові внаслідок обстрілу загинули четверо.").words


def test_a_report_that_was_not_parsed_is_told_by_the_exit_code_too() -> None:
    run = Run(reports="reports", config=Config(), read=2)
    run.aside.append(ReportError("takes longer than it may", path="one"))
    with counting_set_aside() as set_aside:
        run.say_missing()
    assert set_aside == [1]
