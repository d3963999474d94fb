"""Every block of the README and the guide does what it says."""

import doctest
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geomap.cli.app import app
from tests.docs.blocks import GUIDE, PAGES, ROOT, TUTORIAL, Block, blocks_of, write_files

SETTING_UP = ("git clone", "make ", "pip install", "python -m pip install", "cd ")
"""How lines begin that set something up: not run here, since the tests run in what they make."""

SHOWN = {"python", "sh", "console", "text", "toml", "csv", "json", "html", "geojson", "md"}
"""Languages of blocks: an unknown one is a misspelt one that would not be run."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with the clippings of the tutorial in ``reports/`` and the sample reports in ``seeds/``."""
    write_files(TUTORIAL, tmp_path)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "gazetteers"))
    monkeypatch.setenv("USER", "anna")
    return tmp_path


def run(line: str, where: str) -> str:
    """Run a line of a shell, and return what it wrote to both outputs."""
    before, _, after = line.rpartition(" | ") if line.startswith("cat ") else ("", "", line)
    words = shlex.split(after, comments=True)
    if not words or line.startswith(SETTING_UP):
        return ""
    assert words[0] == "geomap", f"{where}: no test can run {line!r}; say why in a comment before the block"
    given = Path(before.removeprefix("cat ")).read_text(encoding="utf-8") if before else None
    done = CliRunner().invoke(app, words[1:], input=given, prog_name="geomap")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise AssertionError(f"{where}: {line}") from done.exception
    assert done.exit_code == 0, f"{where}: {line}\n{done.output}"
    return done.output


def lines_of(text: str) -> list[str]:
    return re.sub(r"\\\n\s*", "", text).splitlines()


def check_console(block: Block, where: str) -> None:
    """Run the lines behind ``$`` and compare what they print; ``...`` stands for anything."""
    checker, flags = doctest.OutputChecker(), doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line, _, wanted = re.sub(r"\\\n\s*", "", part).partition("\n")
        got = run(line, where)
        assert checker.check_output(wanted, got, flags), f"{where}: {line}\n{got}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_blocks_of_a_page_run_one_after_the_other(page: Path, desk: Path) -> None:
    write_files(page, desk)
    names: dict[str, object] = {"__name__": "guide"}
    for block in blocks_of(page):
        where = f"{page.relative_to(ROOT)}:{block.line}"
        assert block.language in SHOWN, where
        if block.reason or block.title:
            continue
        if block.language == "python":
            exec(compile("\n" * block.line + block.text, str(page), "exec"), names)
        elif block.language == "sh":
            for line in lines_of(block.text):
                run(line, where)
        elif block.language == "console":
            check_console(block, where)


def test_what_is_not_run_is_little_and_says_why() -> None:
    left_out = [block for page in PAGES for block in blocks_of(page) if block.reason]
    assert len(left_out) <= 10
    assert all(block.language in ("python", "sh", "console") for block in left_out)


def test_the_links_of_the_papers_beside_the_guide_lead_to_files() -> None:
    tracked = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.splitlines():
        page = ROOT / name
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (page.parent / target).exists(), f"{name} links to {target}"


def test_a_page_of_the_guide_is_not_left_out_of_its_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    left_out = [
        str(page.relative_to(GUIDE)) for page in GUIDE.rglob("*.md") if str(page.relative_to(GUIDE)) not in contents
    ]
    assert not left_out
