"""What the program does behind its user's back: nothing. The operating system's calls are the witness."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRITING = (
    "creat,open,openat,openat2,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat"
)
STRACE = ["strace", "-f", "-qq", "-s", "4096", "-e", "signal=none", "-e", f"trace=%network,{WRITING}"]


@pytest.fixture
def strace(tmp_path: Path) -> list[str]:
    """Return how to run a program with the calls that matter written to a file."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    command = [*STRACE, "-o", str(tmp_path / "calls")]
    tried = subprocess.run([*command, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no process may be traced here: {tried.stderr.strip()[:100]}")
    return command


@pytest.mark.parametrize(("verb", "output"), [("parse", "out.csv"), ("map", "out.html")])
def test_a_run_opens_no_connection_and_writes_its_output_alone(
    verb: str, output: str, strace: list[str], tmp_path: Path
) -> None:
    for folder in ("home", "temporary", "reports", "out"):
        (tmp_path / folder).mkdir()
    (tmp_path / "reports" / "one.txt").write_text("Artillery struck Pokrovsk on Friday.")
    page = "<html><body><article><p>Drones hit Kursk on Friday, officials in Kyiv said.</p></article></body></html>"
    (tmp_path / "reports" / "two.html").write_text(page)
    home = {"HOME": "home", "XDG_CACHE_HOME": "home/cache", "TMPDIR": "temporary"}
    subprocess.run(
        [*strace, sys.executable, "-m", "geomap", verb, "reports", "-o", f"out/{output}"],
        # Nothing else: a build server's variables make some libraries hold their tongue.
        env={name: str(tmp_path / folder) for name, folder in home.items()}
        | {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    calls = (tmp_path / "calls").read_text()
    assert not list(connections(calls))
    assert not [
        path
        for path in written(calls, tmp_path)
        if tmp_path / "out" not in (path, path.parent)  # the folder itself: a table grows there without a name
        if path != Path("/dev/null")
    ]
    assert not [*(tmp_path / "home").iterdir(), *(tmp_path / "temporary").iterdir()]


PROBE = re.compile(
    r"""(?P<process>\d+)\ +socket\(AF_INET6,\ SOCK_STREAM\|SOCK_CLOEXEC,\ IPPROTO_IP\)\ =\ (?:
    -1\ E.*\n |
    (?P<socket>\d+)\n
    (?P=process)\ +bind\((?P=socket),\ \{sa_family=AF_INET6,\ sin6_port=htons\(0\),[^}]*"::1"[^}]*\},\ 28\)\ =\ .*\n
    )""",
    re.VERBOSE,
)
"""How urllib3, which spaCy imports, asks the kernel whether it knows IPv6: an own port, never connected."""


def connections(calls: str) -> Iterator[str]:
    """Yield the calls that have to do with a network: a socket of any kind, and all that is done with one."""
    for line in PROBE.sub("", calls).splitlines():
        if re.search(r"^\d+ +(?:socket|socketpair|connect|bind|listen|accept4?|send\w*|recv\w*)\(", line):
            yield line


def written(calls: str, folder: Path) -> Iterator[Path]:
    """Yield the paths that were opened for writing or made."""
    for line in calls.splitlines():
        if re.search(r"\) += -1 E", line):
            continue
        makes = re.search(r"^\d+ +(?:creat|mk|rename|link|symlink)", line)
        if makes or re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND", line):
            yield from (folder / path for path in re.findall(r'"([^"]*)"', line))


def test_the_calls_of_a_program_that_does_write_and_connect_are_seen(strace: list[str], tmp_path: Path) -> None:
    program = (
        "import pathlib, socket; pathlib.Path('cache').mkdir(); pathlib.Path('cache/device').write_text('1');"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 53))"
    )
    subprocess.run([*strace, sys.executable, "-c", program], cwd=tmp_path, check=True)
    calls = (tmp_path / "calls").read_text()
    assert len(list(connections(calls))) == 2
    assert {tmp_path / "cache", tmp_path / "cache" / "device"} <= set(written(calls, tmp_path))


def test_one_module_alone_loads_the_library_that_would_phone_home() -> None:
    loading = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "geomap").rglob("*.py"))
        if re.search(r"^\s*(?:import|from) onnxruntime\b(?!\.quantization)", path.read_text(encoding="utf-8"), re.M)
    ]
    assert loading == ["geomap/recognizers/encoder.py"]
