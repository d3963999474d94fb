"""Which gazetteers a user has imported, where they lie, and which of them a run uses."""

import os
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from geomap.errors import GazetteerError

FOLDER_VARIABLE = "GEOMAP_GAZETTEERS"
"""Environment variable with the folder of imported gazetteers."""

CHOICE_VARIABLE = "GEOMAP_GAZETTEER"
"""Environment variable that says which ones a run uses when it is not told."""

BUNDLED = "bundled"
"""Name of the gazetteer that comes with the program."""

_NAME = re.compile(r"[\w-][\w.-]*")


def gazetteer_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """Return the folder of imported gazetteers, which may not exist.

    Parameters
    ----------
    given
        ``None`` for that of the environment variable ``GEOMAP_GAZETTEERS``, else the user's data folder.
    """
    if given is not None:
        return Path(given)
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named)
    import platformdirs

    return platformdirs.user_data_path("geomap") / "gazetteers"


def installed(folder: Path | None = None) -> dict[str, Path]:
    """Return the files of the imported gazetteers by their names, in alphabetical order."""
    place = gazetteer_folder(folder)
    return {path.stem: path for path in sorted(place.glob("*.sqlite")) if not path.name.startswith(".")}


def half_done(folder: Path | None = None) -> dict[str, int]:
    """Return how many lines were read of each import that was stopped before its end, by name."""
    found = {}
    for path in sorted(gazetteer_folder(folder).glob(".*.importing")):
        try:
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)
            try:
                row = connection.execute("SELECT value FROM state WHERE key = 'lines'").fetchone()
            finally:
                connection.close()
        except sqlite3.DatabaseError:  # still at work, or stopped before its first save
            continue
        found[path.stem.removeprefix(".")] = int(row[0]) if row else 0
    return found


def staging_path(target: Path) -> Path:
    """Return where the rows of an import gather until its file is made."""
    return target.with_name(f".{target.stem}.importing")


def draft_path(target: Path) -> Path:
    """Return where the file of an import is made before it is put in its place."""
    return target.with_name(f".{target.stem}.part")


def names_path(database: Path) -> Path:
    """Return where the table of the names in a gazetteer file lies, see `geomap.recognizers.known_names`."""
    return database.with_suffix(".names.npz")


def is_choice(text: str) -> bool:
    """Return whether a text chooses among the installed gazetteers ("bundled", "UA+RU") rather than naming a file."""
    names = text.split("+")
    return all(map(_NAME.fullmatch, names)) and not text.endswith(".sqlite") and not Path(text).exists()


def chosen(choice: str | os.PathLike[str] | None, folder: Path | None = None) -> tuple[Path | None, list[Path]]:
    """Return which files a run uses.

    Parameters
    ----------
    choice
        A file, which then counts alone; names joined by ``+``, of which ``bundled`` need not be given; ``None`` for
        what the environment variable ``GEOMAP_GAZETTEER`` says, else for all that are installed.
    folder
        Of the imported ones.

    Returns
    -------
        The lowest file, ``None`` for the bundled one, and the imported ones on top of it, in alphabetical order.

    Raises
    ------
    GazetteerError
        No gazetteer of a name is installed.
    """
    text = os.fspath(choice) if choice is not None else os.environ.get(CHOICE_VARIABLE) or None
    known = installed(folder) if text is None or is_choice(text) else {}
    if text is None:
        return None, list(known.values())
    if not is_choice(text):
        return Path(text), []
    wanted = sorted({name for name in text.split("+") if name != BUNDLED})
    for name in wanted:
        if name not in known:
            raise GazetteerError(_unknown(name, known, gazetteer_folder(folder)))
    return None, [known[name] for name in wanted]


def gazetteer_file(choice: str | os.PathLike[str] | None, *, folder: Path | None = None) -> Path:
    """Return one gazetteer's file: a file itself, that of an installed one by name, the bundled one by default.

    Raises
    ------
    GazetteerError
        No gazetteer of that name is installed.
    """
    from geomap.bundle import bundled_path

    lowest, imported = chosen(BUNDLED if choice is None else choice, folder)
    return imported[0] if imported else lowest or bundled_path("gazetteer.sqlite")


def remedy_for(path: Path) -> str:
    """Return what to do about a gazetteer file that cannot be used."""
    if path.parent == gazetteer_folder().absolute():
        return f"import it again, or remove it with: geomap gazetteer remove {path.stem}"
    return "install geomap again, or run in a checkout: make gazetteer"


def remove_gazetteer(name: str, *, folder: Path | None = None) -> None:
    """Remove an imported gazetteer, or what is left of an import that was stopped.

    Raises
    ------
    GazetteerError
        There is none of that name.
    """
    target = gazetteer_folder(folder) / f"{name}.sqlite"
    known, half = installed(folder), staging_path(target)
    if name not in known and not (_NAME.fullmatch(name) and half.exists()):
        raise GazetteerError(_unknown(name, known, gazetteer_folder(folder)))
    left = (half, half.with_name(f"{half.name}-journal"), draft_path(target))
    for path in (known.get(name), names_path(target), *left):
        if path:
            path.unlink(missing_ok=True)


def checked_name(name: str) -> str:
    """Return a name for an imported gazetteer.

    Raises
    ------
    GazetteerError
        It is no word of letters, digits, dots, dashes and underscores, or it is taken by the bundled one.
    """
    if not _NAME.fullmatch(name) or name == BUNDLED or name.endswith(".sqlite"):
        raise GazetteerError(f"{name!r} cannot name a gazetteer; give --name a word of letters and digits, such as UA")
    return name


def _unknown(name: str, known: Mapping[str, Path], folder: Path) -> str:
    there = f"installed are {', '.join(known)}" if known else "none is installed"
    return f"no gazetteer {name!r} in {folder}: {there}; import one with: geomap gazetteer import FILE"
