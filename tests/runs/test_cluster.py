"""A Dask cluster parses as the machine itself does."""

import subprocess
import sys
from pathlib import Path

import pytest

from geomap.errors import ConfigError
from geomap.runs.many import parse_many
from tests.runs.corpus import QUICK, documents, tables

ROOT = Path(__file__).resolve().parents[2]


def test_a_cluster_finds_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.runs.on_cluster", str(tmp_path / "out.csv")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.csv").read_text("utf-8") == tables(list(parse_many(documents(70), config=QUICK)))


def test_a_cluster_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigError, match=r"^tcp://127\.0\.0\.1:9: no Dask scheduler answers there"):
        list(parse_many(documents(1), config=QUICK, cluster="tcp://127.0.0.1:9"))
