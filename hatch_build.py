"""Fetches what a build needs and git does not hold: the page's third-party files and the gazetteer."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("geomap", "exporters", "leaflet", "vendor")
BUNDLE = "page.js"
"""The page's own modules as one small script, made beside the third-party files."""
LICENCES = ("LICENSE.airportsdata", "LICENSE.unicode")
BUNDLED = (
    "gazetteer.sqlite",
    "gazetteer.names.npz",
    "iso_3166_2.tsv",
    "outlines.topojson",
    "towns.tsv",
    "waters.json.gz",
    "SOURCES.toml",
    *LICENCES,
)


class GeomapBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before hatchling collects files, for wheels, editable installs and source distributions alike."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the ignored files, then say which of them go where.

        A standard wheel carries the gazetteer as ``geomap/bundled/``; for an editable install `geomap.bundle` finds it
        beside the package. A source distribution carries the page's files, so that no later build needs Node, and
        the gazetteer's sources instead of its database.
        """
        root = Path(self.root)
        if self.target_name in {"wheel", "sdist"}:
            self._vendor(root)
        if self.target_name == "wheel":
            self._gazetteer(root)
            if version == "standard":
                folder = root / "gazetteer"
                present = [name for name in BUNDLED if (folder / name).is_file()]
                build_data["force_include"].update({str(folder / name): f"geomap/bundled/{name}" for name in present})

    def _vendor(self, root: Path) -> None:
        """Copy the page's third-party files in with npm and bundle its own; without it, leave them out and say so.

        Where the packages are installed it is done anew each time, as the page's modules may have changed since. A
        source distribution has the files, and neither packages nor any need of them.
        """
        listed = json.loads((root / VENDOR.with_suffix(".json")).read_text("utf-8"))
        needed = {"esbuild", *(facts["package"] for facts in listed.values())}
        npm = shutil.which("npm")
        # What is installed is not fetched again, nor are a developer's other packages taken away.
        installed = all((root / "node_modules" / name).is_dir() for name in needed)
        complete = all((root / VENDOR / name).is_file() for name in (*listed, BUNDLE))
        if complete and not (npm and installed):
            return
        if npm is None:
            self.app.display_warning("npm not found: maps will load Leaflet from a CDN. Install Node.js, build again.")
            return
        leaner = [] if (root / "node_modules").is_dir() else ["--omit=dev"]
        fetching = [] if installed else [[npm, "ci", "--silent", *leaner]]
        for command in (*fetching, [npm, "run", "build", "--silent"]):
            if subprocess.run(command, cwd=root, check=False).returncode:  # noqa: S603
                self.app.display_warning(f"{' '.join(command[1:])} failed: maps will load Leaflet from a CDN.")
                return

    def _gazetteer(self, root: Path) -> None:
        """Build the gazetteer from its tables and two packages, and the table of its names, if they are missing."""
        target = root / "gazetteer" / "gazetteer.sqlite"
        names = target.with_suffix(".names.npz")
        if target.is_file() and names.is_file():
            return
        self.app.display_info("Building the gazetteer: about a minute.")
        sys.path.insert(0, str(root))
        try:
            if not target.is_file():
                recipe = importlib.import_module("gazetteer.recipe.build")
                recipe.build_gazetteer(target, sources=root / "gazetteer")
            known_names = importlib.import_module("geomap.recognizers.known_names")
            known_names.build_known_names(target, root / "geomap" / "models" / "tokenizer.json")
        finally:
            sys.path.remove(str(root))
