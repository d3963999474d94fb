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

import contextlib
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from geomap.errors import ReportError
from geomap.evaluation.gold import GoldDocument, GoldToponym


def read_xml(data: bytes, *, path: str) -> Iterator[tuple[int, GoldDocument]]:
    """Yield line number and document of every ``article``.

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
        yield article.sourceline, _document(article, number, path)


def _document(article: Any, number: int, path: str) -> GoldDocument:
    element = article.find("text")
    if element is None:
        raise ReportError("an <article> without <text>; add the text that the offsets count", path=path,
                          line=article.sourceline)  # fmt: skip
    text = "".join(element.itertext())
    found = [_toponym(toponym, text, path) for toponym in article.iter("toponym")]
    return GoldDocument(
        id=article.get("docid") or article.get("id") or f"article-{number}",
        text=text,
        toponyms=tuple(sorted(found, key=lambda toponym: (toponym.start, toponym.end))),
        title=_child(article, "title"),
        url=_child(article, "url"),
        source=_child(article, "domain") or _child(article, "source"),
        split=article.get("split") or _child(article, "split") or None,
    )


def _toponym(element: Any, text: str, path: str) -> GoldToponym:
    start, end = _offsets(element, text, path)
    kind = _child(element, "type").lower()
    number = next((tag.get("geonameid") for tag in element.iter("gaztag") if tag.get("geonameid")), "")
    number = number or _deep(element, "geonamesID", "geonameid", "geonamesid")
    latitude, longitude = _number(_deep(element, "lat", "latitude")), _number(_deep(element, "lon", "longitude"))
    return GoldToponym(
        start=start,
        end=end,
        latitude=latitude if longitude is not None else None,
        longitude=longitude if latitude is not None else None,
        entry_id=f"geonames:{number}" if number.isdigit() else "",
        feature_code=_deep(element, "fcode"),
        country=_deep(element, "country"),
        kind="" if kind in ("literal", "metonymic") else kind,
        role=kind if kind in ("literal", "metonymic") else "",
        demonym=kind == "demonym",
    )


def _offsets(element: Any, text: str, path: str) -> tuple[int, int]:
    first, last = _child(element, "start"), _child(element, "end")
    if not (first.isdigit() and last.isdigit() and int(first) < int(last) <= len(text)):
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
    with contextlib.suppress(ValueError):
        value = float(text)
        return value if abs(value) <= 180 else None
    return None
