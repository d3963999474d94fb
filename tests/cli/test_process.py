"""The program as its own process: signals, pipes, terminals, locales."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

GEOMAP = [sys.executable, "-c", "from geomap.cli import main; main()"]
# A test run in the background has SIGINT ignored, and hands that down.
LISTENING = [sys.executable, "-c", f"import signal; signal.signal(2, signal.default_int_handler); {GEOMAP[2]}"]


def test_a_reader_that_goes_away_leaves_no_traceback(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*GEOMAP, "lookup", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    assert process.stdout
    process.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(b"San Antonio\n" * 5000)
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    assert process.stderr
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 1


def test_ctrl_c_ends_with_one_line_and_leaves_nothing_behind(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*LISTENING, "parse", "-", "--format", "csv", "-o", "out.csv"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    process.stdin.write(b"text\n" + b"Shelling hit Pokrovsk and Kyiv on Friday.\n" * 20_000)  # waits until it is read
    time.sleep(0.5)  # a signal between two reads would be seen only after the second
    process.send_signal(signal.SIGINT)
    process.wait(60)
    assert process.stderr
    assert process.stderr.read() == b"stopped; no file was left half-written\n"
    process.stderr.close()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    assert process.returncode == 130
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc")
@pytest.mark.parametrize("ending", [".csv", ".parquet", ".geojson"])
def test_a_kill_as_the_table_grows_leaves_nothing_behind(ending: str, tmp_path: Path) -> None:
    command = [*GEOMAP, "parse", "-", "--format", "csv", "--recognizer", "fast", "-o", f"out{ending}"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin
        process.stdin.write(b"text\n" + b"Shelling hit Pokrovsk and Kyiv on Friday.\n" * 20_000)
        while not _grows_in(tmp_path, process.pid):
            assert process.poll() is None
            time.sleep(0.05)
        assert not list(tmp_path.iterdir())
        process.kill()
        process.wait(60)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    assert not list(tmp_path.iterdir())


def _grows_in(folder: Path, process: int) -> bool:
    """Whether a process has a file open in a folder."""
    for open_file in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(OSError):
            if str(open_file.readlink()).startswith(f"{folder}/"):
                return True
    return False


def test_a_terminal_sees_progress_with_a_rate_and_a_pipe_does_not(tmp_path: Path) -> None:
    small = tmp_path / "small.csv"
    small.write_text("text\n" + "Shelling hit Pokrovsk.\n" * 500)
    main, other = pty.openpty()
    process = subprocess.Popen([*GEOMAP, "parse", str(small), "-o", str(tmp_path / "out.csv")], stderr=other)
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


@pytest.mark.parametrize("verb", ["lookup Kyiv", "lookup --json Kyiv", "explain Kyiv", "info", "gazetteer info"])
@pytest.mark.parametrize(
    ("shell", "message"),
    [(">&-", "standard output is closed"), (">/dev/full", "No space left on device")],
)
def test_an_output_that_takes_nothing_is_one_line(verb: str, shell: str, message: str) -> None:
    assert message in _one_line_of_error(f"{verb} {shell}")


@pytest.mark.parametrize("verb", ["parse -", "lookup -", "explain -"])
def test_a_closed_standard_input_is_one_line(verb: str) -> None:
    assert "standard input is closed" in _one_line_of_error(f"{verb} <&-")


def test_an_argument_that_is_not_utf_8_is_one_line() -> None:
    assert "half a surrogate pair" in _one_line_of_error("explain \"$(printf 'Kyiv fell \\377')\"")


@pytest.mark.parametrize("output", ["''", ".", ".."])
def test_a_map_without_a_file_name_is_one_line(output: str) -> None:
    assert "is a folder" in _one_line_of_error(f"map - -o {output}")


def _one_line_of_error(arguments: str) -> str:
    command = f'exec "$0" -m geomap {arguments}'
    done = subprocess.run(["/bin/sh", "-c", command, sys.executable], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    return done.stderr
