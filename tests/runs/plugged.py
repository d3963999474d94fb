"""A run to be killed: ``python -m tests.runs.plugged RUN OUT WORKERS COUNT`` writes its tables to OUT at its end."""

import sys
from pathlib import Path

from geomap.runs.many import parse_many
from geomap.writing import write_file
from tests.runs.corpus import QUICK, documents, tables


def main() -> None:
    """Parse so many reports with so many workers and a run folder."""
    run, out, workers, count = sys.argv[1:]
    found = list(parse_many(documents(int(count)), config=QUICK, run=Path(run), workers=int(workers)))
    write_file(out, tables(found))


if __name__ == "__main__":
    main()
