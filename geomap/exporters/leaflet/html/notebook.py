"""What a notebook shows of a map: a line, the map in a frame, and a few rows; each survives without the others."""

import html

import pandas as pd

LIMIT = 20_000_000
"""Bytes of page that a notebook's output holds: as many came through Jupyter's server when outputs of 1 to 20 MB were
tried. Every display stores them in the notebook once more."""

HEIGHT = "640px"
"""Height of the map unless the user gives one."""

_COLUMNS = ["toponym", "name", "country_code", "role", "confidence", "sentence", "title"]


def notebook_output(
    page: str, mentions: pd.DataFrame, *, summary: str, width: str, height: str, unfolded: bool = False
) -> str:
    """Return what a notebook shows.

    Parameters
    ----------
    page
        The whole page. It goes into a frame of its own, in a sandbox: in JupyterLab, VS Code and files that nbconvert
        writes, scripts run in frames and outputs are stored as they are. Above `LIMIT` words stand in its place.
    mentions
        The mention table, of which ten rows are shown.
    summary
        One line of plain text.
    width, height
        Of the frame, as CSS has lengths.
    unfolded
        Whether the rows are seen at once.
    """
    frame = (
        f'<iframe srcdoc="{html.escape(page, quote=True)}" title="Map of the mentions" loading="lazy" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
        f'style="width:{width};height:{height};border:1px solid #ccc;border-radius:8px"></iframe>'
    )
    if len(frame) > LIMIT:
        frame = "<p>The map is too large to show here: call <code>.save('map.html')</code> and open the file.</p>"
    rows = mentions[_COLUMNS].head(10).to_html(index=False, escape=True, border=0)
    trust = "No map below? Trust the notebook, or call <code>.show()</code>."
    return (
        f"<p>{html.escape(summary)}. {trust}</p>{frame}"
        f"<details{' open' * unfolded}><summary>First rows of the mention table</summary>{rows}</details>"
    )
