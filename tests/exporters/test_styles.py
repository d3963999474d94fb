"""Files for other maps draw events as the page does."""

import re
from importlib.resources import files

from geomap.exporters.styles import SIGNS


def test_files_for_other_maps_have_the_colours_of_the_light_page() -> None:
    styles = (files("geomap.exporters.leaflet") / "page" / "page.css").read_text(encoding="utf-8")
    light = styles[: styles.index("--event-none") + 30]
    page = re.findall(r"--event-(\w+): (#[0-9a-f]{6});", light)
    assert [colour for _, colour in page] == [sign.colour for sign in SIGNS.values()]
    assert [name for name, _ in page] == [
        "battles", "explosions", "civilians", "protests", "riots", "strategic", "none"]  # fmt: skip
