"""The program as its own process: signals, pipes, terminals, locales."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

GEOMAP = [sys.executable, "-c", "from geomap.cli import main; main()"]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Write a file with enough reports that the work can be interrupted."""
    path = tmp_path / "many.csv"
    path.write_text("text\n" + "Shelling hit Pokrovsk and Kyiv on Friday.\n" * 20_000)
    return path


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*GEOMAP, "lookup", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    process.stdout.close()
    try:
        process.stdin.write(b"San Antonio\n" * 5000)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.stderr
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 1


def test_ctrl_c_ends_with_one_line_and_leaves_nothing_behind(many: Path) -> None:
    process = subprocess.Popen(
        [*GEOMAP, "parse", "many.csv", "-o", "out.csv"], cwd=many.parent, stderr=subprocess.PIPE, text=True
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=30)
    assert words == "stopped; no file was left half-written\n"
    assert process.returncode == 130
    assert [path.name for path in many.parent.iterdir()] == ["many.csv"]


def test_a_terminal_sees_progress_with_a_rate_and_a_pipe_does_not(many: Path) -> None:
    small = many.parent / "small.csv"
    small.write_text("text\n" + "Shelling hit Pokrovsk.\n" * 500)
    main, other = pty.openpty()
    process = subprocess.Popen([*GEOMAP, "parse", str(small), "-o", str(many.parent / "out.csv")], stderr=other)
    os.close(other)
    seen = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
    os.close(main)
    assert process.wait(60) == 0
    assert b"reports/s" in seen


def test_data_is_utf_8_in_any_locale(tmp_path: Path) -> None:
    done = subprocess.run(
        [*GEOMAP, "lookup", "--json", "-"],
        input="Київ\n".encode(),
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "Київ" in done.stdout.decode("utf-8")


def test_help_of_the_program_is_printed_without_a_command() -> None:
    done = subprocess.run(GEOMAP, capture_output=True, text=True)
    assert "lookup" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
