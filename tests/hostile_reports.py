"""Reports by someone who wants the page, or the machine that writes it, to run them."""

import datetime

import pandas as pd

from geomap.resolvers.locating import location_at
from geomap.tables import to_mentions
from geomap.types import Candidate, Document, Mention, ParsedDocument, Resolution, Sentence
from tests.by_hand import entry

PAYLOADS = {
    "shell in a template": "{{ cycler.__init__.__globals__.os.system('touch PWNED') }}",
    "shell without quotes": "{{ cycler.__init__.__globals__.os.mkdir(dict(PWNED=1)|join) }}",
    "template tag": "{% of %}",
    "template loop": "{% for x in y %}{{ x }}",
    "template comment": "{# gone #}",
    "half a template": "{{ half",
    "image": '<img src=x onerror="window.pwned=1">',
    "end of script": "</script><script>window.pwned=1</script>",
    "start of script in a comment": "<!--<script>",
    "end of title": "</title><script>window.pwned=1</script>",
    "end of style": "</style><svg onload=window.pwned=1>",
    "template literal": "${window.pwned=1}",
    "backticks": "`;window.pwned=1;`",
    "backslash": "\\`\\u003cimg src=x\\u003e\\",
    "quotes": "'\"><b>window.pwned</b>&lt;b&gt;&amp;",
    "script address": "javascript:window.pwned=1",
    "line separators": "one\u2028two\u2029three",
    "right to left": "\u202egnp.exe\u202c",
    "emoji": "\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f396",
    "control characters": "bell\x07 escape\x1b[31m",
    "prototype": "__proto__",
    "long word": "x" * 300,
}
"""What each is → the text; ``PWNED`` stands for a file that must never appear."""


def hostile_reports(payload: str) -> tuple[pd.DataFrame, list[Document]]:
    """Return the mention table of a report with a text in every field that anyone can fill, and the report."""
    text = f"\U0001f396 In {payload} they said “{payload}”.\n\nThen {payload} again, and Nowhere{payload}."
    places = [
        entry(
            payload,
            id=payload,
            latitude=50.0 + n,
            longitude=36.0,
            country_code=payload,
            admin1=payload,
            feature_code=["PPL", "PPL", "ADM1", payload][n],
            feature_class="A" if n > 1 else "P",
        )
        for n in range(4)
    ]
    others = [entry(f"other {payload}", id=f"other {payload}", country_code=payload, admin1=payload)]
    split = text.index("\n\n")
    sentences = (Sentence(index=0, start=0, end=split), Sentence(index=1, start=split + 2, end=len(text)))
    resolutions = []
    position = 0
    for n in range(4):
        start = text.index(payload, position)
        position = start + len(payload)
        mention = Mention(
            document_id=payload,
            sentence=int(start > split),
            start=start,
            end=position,
            toponym=payload,
            relation=payload,
        )
        chosen = None if n == 3 else places[0 if n == 1 else n]
        candidates = tuple(Candidate(entry=one, matched_name=payload) for one in [*places[n : n + 1], *others])
        resolutions.append(
            Resolution(
                mention=mention,
                entry=chosen,
                confidence=0.4 if chosen else 0.0,
                candidates=candidates,
                location=location_at(text, mention, chosen) if chosen else None,
            )
        )
    document = Document(
        id=payload,
        text=text,
        title=payload,
        url=payload,
        source=payload,
        published=datetime.date(2024, 8, 13),
        language=payload,
    )
    parsed = ParsedDocument(
        document=document,
        sentences=sentences,
        mentions=tuple(one.mention for one in resolutions),
        resolutions=tuple(resolutions),
    )
    return to_mentions([parsed]).assign(published=payload, event_type=payload, feature_code=payload), [document]
