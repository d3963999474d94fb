"""Which tests ``make quick`` runs, and that it keeps to its time."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.changed import MOST, ROOT, changed_files, find_tests


@pytest.mark.parametrize(
    ("changed", "nearest"),
    [
        ("geomap/writing.py", "tests/test_writing.py"),
        ("geomap/events/dates/meanings.py", "tests/events/test_dates.py"),
        ("geomap/exporters/leaflet/page/map/view.js", "tests/page/test_page_modules.py"),
        ("tests/events/test_dates.py", "tests/events/test_dates.py"),
        ("README.md", "tests/docs/test_guide_blocks.py"),
        ("CHANGELOG.md", "tests/contracts/test_papers.py"),
        ("geomap/gone.py", "tests/contracts/test_house.py"),
    ],
)
def test_the_tests_of_a_changed_file_come_first(changed: str, nearest: str) -> None:
    assert nearest in find_tests([changed])[:3]


def test_what_only_the_registry_names_is_found() -> None:
    assert "tests/resolvers/test_choices.py" in find_tests(["geomap/resolvers/population.py"])


def test_a_quick_run_opens_no_browser_and_builds_no_wheel() -> None:
    found = find_tests(["geomap/types.py"])
    assert len(found) == MOST
    assert not [test for test in found if test.startswith(("tests/browser", "tests/packaging", "tests/benchmark"))]


def test_nothing_changed_is_no_test() -> None:
    assert find_tests([]) == []


def test_what_changed_is_what_differs_from_main_committed_or_not(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], cwd=tmp_path, check=True
        )

    git("init", "-q", "-b", "main")
    for name in ("first", "second"):
        (tmp_path / name).write_text(name)
        git("add", name)
        git("commit", "-q", "-m", name)
    assert changed_files(tmp_path) == ["second"]
    git("switch", "-q", "-c", "branch")
    (tmp_path / "third").write_text("3")
    git("add", "third")
    git("commit", "-q", "-m", "third")
    (tmp_path / "first").write_text("other")
    (tmp_path / "new").write_text("new")
    assert changed_files(tmp_path) == ["first", "new", "third"]


def test_a_run_with_a_limit_begins_no_test_after_it_and_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "--within", "0", "tests/test_writing.py", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "tests were not begun in the time that was given" in done.stdout
    assert "passed" not in done.stdout
