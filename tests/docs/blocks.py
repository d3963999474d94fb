"""The blocks of the README and the guide, as what they are: files, Python, commands, and what commands print.

``python -m tests.docs.blocks FOLDER`` writes the Python of each page into a file of its own there, for mypy.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs"
TUTORIAL = GUIDE / "tutorial.md"
PAGES = [ROOT / "README.md", *sorted(path for path in GUIDE.rglob("*.md") if path.name != "accuracy.md")]
"""All pages with blocks; the tables of ``accuracy.md`` are made by a command."""

_FENCE = re.compile(
    r"^(?:<!-- not run: (?P<reason>[^\n]+) -->\n+)?"
    r'^(?P<indent> *)```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?[^\n]*\n(?P<text>.*?)^(?P=indent)```$',
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block between fences."""

    language: str
    """What is behind the opening fence."""
    text: str
    """Its lines."""
    line: int
    """Number of the line of the opening fence, from 1."""
    title: str = ""
    """The file that it shows, and that is there when the blocks after it run; "" for none."""
    reason: str = ""
    """Why it is not run, from the comment before it; "" where it is."""


def blocks_of(page: Path) -> Iterator[Block]:
    """Yield the blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        yield Block(
            language=found["language"],
            text=re.sub(f"^{found['indent']}", "", found["text"], flags=re.MULTILINE),
            line=text.count("\n", 0, found.start("language")) + 1,
            title=found["title"] or "",
            reason=found["reason"] or "",
        )


def write_files(page: Path, folder: Path) -> None:
    """Write the files that a page shows."""
    for block in blocks_of(page):
        if block.title:
            (folder / block.title).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.title).write_text(block.text, encoding="utf-8")


def write_python(folder: Path) -> None:
    """Write the Python of each page that has some into one file."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        blocks = [block.text for block in blocks_of(page) if block.language == "python" and not block.title]
        if blocks:
            name = page.relative_to(ROOT).with_suffix(".py").as_posix().replace("/", "_").replace("-", "_")
            (folder / name).write_text("\n".join(blocks), encoding="utf-8")


if __name__ == "__main__":
    write_python(Path(sys.argv[1]))
