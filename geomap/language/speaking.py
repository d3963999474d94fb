"""Where a report is written or somebody speaks, which says nothing of where what is told happened."""

import re

from geomap.types import Mention

_SAID_AFTER = re.compile(r"(?:\s+\w+){0,2}\s+(?:said|says|told|reported|announced)\b")
_SAID_BEFORE = re.compile(
    r"\b(?:said|says|told|reporters|officials?|ministry|government|spokes\w+)\s+in\s+(?:the\s+)?$"
)


def is_where_one_speaks(text: str, mention: Mention) -> bool:
    """Whether a name is that of a dateline or of a speaker's city: "SUMY, Ukraine —", "officials in Niamey said"."""
    before = text[max(0, mention.start - 40) : mention.start]
    dateline = mention.toponym.isupper() and (not before.strip() or before.endswith("\n"))
    return dateline or bool(_SAID_BEFORE.search(before) or _SAID_AFTER.match(text, mention.end))
