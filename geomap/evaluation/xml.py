"""Gold corpora as XML, in the format of the Local-Global Lexicon (Lieberman, Samet and Sankaranarayanan, 2010).

::

    <articles>
      <article docid="1">
        <title>…</title> <domain>example.org</domain>
        <text>Shelling hit Pokrovsk.</text>
        <toponyms>
          <toponym>
            <start>13</start> <end>21</end> <phrase>Pokrovsk</phrase>
            <gaztag geonameid="697110"> <fcode>PPL</fcode> <lat>48.28</lat> <lon>37.18</lon> <country>UA</country> </gaztag>
          </toponym>
        </toponyms>
      </article>
    </articles>

TR-News and corpora that follow it have the coordinates directly in ``toponym``, or the identifier in a child element;
both are read. Entities are not expanded beyond the predefined ones and nothing is fetched.
"""  # noqa: E501

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from geomap.errors import ReportError


def rows_of_xml(data: bytes, *, path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line and the row of every ``article``, with the keys that a row of JSON Lines would have.

    Parameters
    ----------
    data
        The file.
    path
        What to call it in errors.

    Raises
    ------
    ReportError
        If it is not well formed, has no article, or an offset does not fit its text.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = f"malformed XML ({error.msg}); give well-formed XML or JSON Lines"
        raise ReportError(message, path=path, line=error.lineno) from None
    articles = list(root.iter("article"))
    if not articles:
        raise ReportError(
            f"no <article> in <{root.tag}>; give XML in the format of LGL and TR-News, or JSON Lines", path=path
        )
    for number, article in enumerate(articles, start=1):
        yield article.sourceline, _row(article, number, path)


def _row(article: Any, number: int, path: str) -> dict[str, Any]:
    element = article.find("text")
    if element is None:
        message = "an <article> without <text>; add the text that the offsets count"
        raise ReportError(message, path=path, line=article.sourceline)
    text = "".join(element.itertext())
    return {
        "doc_id": article.get("docid") or article.get("id") or f"article-{number}",
        "text": text,
        "toponyms": [_toponym(toponym, text, path) for toponym in article.iter("toponym")],
        "title": _child(article, "title"),
        "url": _child(article, "url"),
        "source": _child(article, "domain") or _child(article, "source"),
        "split": article.get("split") or _child(article, "split"),
    }


_DIGITS = 20
"""Of an offset: far more than one has."""


def _toponym(element: Any, text: str, path: str) -> dict[str, Any]:
    start, end = _offsets(element, text, path)
    number = next((tag.get("geonameid") for tag in element.iter("gaztag") if tag.get("geonameid")), "")
    number = number or _deep(element, "geonamesID", "geonameid", "geonamesid")
    spot = [_number(_deep(element, *names)) for names in (("lat", "latitude"), ("lon", "longitude"))]
    latitude, longitude = spot if None not in spot else (None, None)
    return {
        "start": start,
        "end": end,
        "lat": latitude,
        "lon": longitude,
        "geonameid": number if number.isdigit() else "",
        "fcode": _deep(element, "fcode"),
        "country": _deep(element, "country"),
        "type": _child(element, "type"),
    }


def _offsets(element: Any, text: str, path: str) -> tuple[int, int]:
    first, last = _child(element, "start")[:_DIGITS], _child(element, "end")[:_DIGITS]
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last) <= len(text)):
        message = f"a <toponym> at {first!r} to {last!r} in a text of {len(text)} characters; count code points from 0"
        raise ReportError(message, path=path, line=element.sourceline)
    start, end = int(first), int(last)
    phrase = element.findtext("phrase")
    if phrase is not None and phrase.split() != text[start:end].split():
        message = f"<phrase> says {phrase[:60]!r} where the text has {text[start:end][:60]!r}; count code points from 0"
        raise ReportError(message, path=path, line=element.sourceline)
    return start, end


def _child(element: Any, name: str) -> str:
    """Return the text of a direct child, without white space around it; empty when there is none."""
    return (element.findtext(name) or "").strip()


def _deep(element: Any, *names: str) -> str:
    """Return the first text found under any of these names, at any depth."""
    return next((text for name in names for item in element.iter(name) if (text := (item.text or "").strip())), "")


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) <= 180 else None
