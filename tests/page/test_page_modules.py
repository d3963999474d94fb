"""The page's modules, checked by their own tools: eslint, prettier, tsc, and the tests beside this file."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("script", ["lint", "types", "test"])
def test_the_modules_of_the_page_pass(script: str) -> None:
    npm = shutil.which("npm")
    if npm is None or not (ROOT / "node_modules" / "eslint").is_dir():
        pytest.skip("the page's modules left out: npm or node_modules is not here (install Node.js, make test)")
    done = subprocess.run([npm, "run", "--silent", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
