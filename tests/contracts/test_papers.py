"""What is written must fit what is there: help, README and guide, changelog, versions, no registry in any file."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

import geomap
from geomap.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def commands(group: Any, prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        found[f"{prefix}{name}"] = command
        if hasattr(command, "commands"):
            found |= commands(command, f"{prefix}{name} ")
    return found


FOR_MAKERS = {"test", "train", "dev"}
"""Extras for those who change geomap."""

COMMANDS = commands(typer.main.get_command(app))


def test_the_verbs_are_those_of_the_plan() -> None:
    assert set(COMMANDS) >= {
        "map",
        "parse",
        "lookup",
        "explain",
        "info",
        "gazetteer info",
        "gazetteer verify",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_each_of_its_options_have_help(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert not [parameter.name for parameter in command.params if not getattr(parameter, "help", "")]


def test_the_guide_gives_a_reason_for_every_dependency() -> None:
    table = (ROOT / "docs" / "data.md").read_text(encoding="utf-8").partition("## Why each dependency")[2]
    groups = {name: wanted for name, wanted in PROJECT["optional-dependencies"].items() if name not in FOR_MAKERS}
    extras = [one for wanted in groups.values() for one in wanted if "geomap[" not in one]
    named = [re.split(r"[>=\[]", requirement)[0] for requirement in [*PROJECT["dependencies"], *extras]]
    assert not [name for name in named if name not in table]


def test_the_guide_says_what_each_extra_is_for() -> None:
    start = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert not [
        name for name in PROJECT["optional-dependencies"] if f"geomap[{name}]" not in start and name not in FOR_MAKERS
    ]


def test_the_columns_of_the_tables_say_what_they_hold() -> None:
    text = (ROOT / "geomap" / "tables" / "schema.py").read_text(encoding="utf-8")
    columns = re.findall(r'^    "\w+": \S+,(.*)$', text, re.MULTILINE)
    assert columns
    assert all(said.startswith("  # ") for said in columns)  # the guide shows these words


def test_the_changelog_begins_with_this_version_or_what_is_to_become_it() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    section = changelog.partition("\n## ")[2].partition("\n## ")[0]
    assert section.startswith((PROJECT["version"], "Unreleased"))
    assert "### Gazetteer" in section
    assert "### Models" in section


def test_the_citation_names_the_version() -> None:
    assert f"\nversion: {PROJECT['version']}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_the_version_is_that_of_the_project() -> None:
    assert geomap.__version__ == PROJECT["version"]


def test_every_dependency_is_pinned() -> None:
    pinned = {line.split("==")[0] for line in (ROOT / "constraints.txt").read_text().splitlines() if "==" in line}
    groups = {name: wanted for name, wanted in PROJECT["optional-dependencies"].items() if name != "train"}
    extras = [name for group in groups.values() for name in group if "geomap[" not in name]
    for requirement in [*PROJECT["dependencies"], *extras]:
        name = re.split(r"[>=\[]", requirement)[0].replace("_", "-").lower()
        assert name in pinned, f"{name} is not in constraints.txt"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def test_no_tracked_file_names_a_package_registry() -> None:
    hosts = [
        ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("yarnpkg", "com"))
    ]
    guilty = [
        path.relative_to(ROOT)
        for path in tracked()
        if path.is_file() and any(host.encode() in path.read_bytes() for host in hosts)
    ]
    assert not guilty


def test_no_tracked_file_is_large_but_the_weights_that_no_build_can_make() -> None:
    large = [path.relative_to(ROOT) for path in tracked() if path.is_file() and path.stat().st_size > 3_000_000]
    weights = ("encoder.onnx", "fast.onnx", "syntax.bin")
    assert large == [Path("geomap/models") / name for name in weights]
    sizes = [(ROOT / path).stat().st_size for path in large]
    assert sizes[0] <= 25_000_000
    assert sizes[1] <= 10_000_000
    assert sizes[2] <= 6_000_000
