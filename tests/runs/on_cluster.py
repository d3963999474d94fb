"""A cluster of one worker that is left at once: ``python -m tests.runs.on_cluster OUT`` writes the tables it gives."""

import sys

from distributed import LocalCluster

from geomap.runs.many import parse_many
from geomap.writing import write_file
from tests.runs.corpus import QUICK, documents, tables


def main() -> None:
    """Parse a few reports."""
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        found = list(parse_many(documents(70), config=QUICK, cluster=cluster.scheduler_address))
    write_file(sys.argv[1], tables(found))


if __name__ == "__main__":
    main()
