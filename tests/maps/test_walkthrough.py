"""The notebook runs from top to bottom and shows what it says."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

MAPS = Path(__file__).resolve().parents[2] / "maps"


def test_the_walkthrough_runs_and_shows_a_map() -> None:
    notebook = nbformat.read(MAPS / "walkthrough.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(MAPS)}}).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    pages = [output["data"]["text/html"] for output in shown if "text/html" in output.get("data", {})]
    assert any("<iframe" in page and "sandbox=" in page for page in pages)
    assert any("geonames:704422" in output.get("text", "") for output in shown)


def test_the_walkthrough_is_committed_without_outputs() -> None:
    notebook = nbformat.read(MAPS / "walkthrough.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells if cell.cell_type == "code")
