"""Each promise of ``SECURITY.md`` names the test that holds it, and there is that test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]
TESTS = {
    name for path in FILES for name in re.findall(r"^def (test_\w+)", (ROOT / path).read_text("utf-8"), re.MULTILINE)
}
KEPT_BY_TESTS = (
    "What comes in",
    "What is written",
    "What a hostile or a broken report can do",
    "What a power cut can do",
)
NAMED = re.compile(r"`([\w/]*test_\w+)(\.py|…)?`")


def promises() -> list[str]:
    """Return the rows and points of the chapters in which each is a promise."""
    chapters = re.split(r"^## ", (ROOT / "SECURITY.md").read_text("utf-8"), flags=re.MULTILINE)
    wanted = [chapter for chapter in chapters if chapter.startswith(KEPT_BY_TESTS)]
    assert len(wanted) == len(KEPT_BY_TESTS)
    found = [one for chapter in wanted for one in re.split(r"^(?=- |\| )|\n\n", chapter, flags=re.MULTILINE)]
    return [one for one in found if one.startswith(("- ", "| ")) and not one.startswith("| promise")]


def is_there(name: str, ending: str) -> bool:
    if ending == ".py":
        return any(f"/{path}".endswith(f"/{name.removeprefix('tests/')}.py") for path in FILES)
    return any(test.startswith(name) if ending else test == name for test in TESTS)


@pytest.mark.parametrize("promise", promises(), ids=lambda promise: " ".join(promise.split()[1:8]))
def test_a_promise_names_tests_and_they_are_there(promise: str) -> None:
    named = NAMED.findall(promise)
    assert named
    assert not [name for name, ending in named if not is_there(name, ending)]
