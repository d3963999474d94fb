"""What an address says of the outlet: its host, and of a page in a web archive the host of what was archived."""

import re
from urllib.parse import urlsplit

# Archives put the page's own address behind the time they took it: Wayback, archive.today and all that run pywb.
_ARCHIVED = re.compile(r"https?://[^/]+/(?:[^/?#]+/){0,3}?\d{4,14}(?:[a-z]{2}_)?/(?P<page>https?:/{1,2}[^/].*)", re.I)
_ONE_SLASH = re.compile(r"(https?):/(?=[^/])", re.I)  # some programs take the two slashes inside a path for one


def is_address(text: str) -> bool:
    """Return whether a text is the address of a page."""
    return re.fullmatch(r"https?://\S+", text, re.I) is not None


def archived_page(url: str) -> str:
    """Return the address of the page that an archive's address holds a copy of; empty when it is no archive's."""
    match = _ARCHIVED.fullmatch(url)
    return _ONE_SLASH.sub(r"\1://", match["page"], count=1) if match else ""


def _whole_address(url: str) -> str:
    """Return an archive's address with the two slashes of the address inside it; any other as it is."""
    match = _ARCHIVED.fullmatch(url)
    return url[: match.start("page")] + archived_page(url) if match else url


def _host_of(url: str) -> str:
    """Return the host of an address without "www."; empty when it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def outlet_and_address(outlet: str, url: str) -> tuple[str, str]:
    """Return the name of the outlet and the address of the report, put right; each may be empty.

    The outlet is stated as a name, a host, or an address, which is then the report's if that has none. Where an address
    or an archive stood for its name, it is called by its host.
    """
    outlet, url = " ".join(outlet.split()), _whole_address(url.strip())
    if is_address(outlet):
        outlet, url = _host_of(archived_page(outlet) or outlet), url or _whole_address(outlet)
    archive, page = _host_of(url), archived_page(url)
    if page and outlet and f".{archive}".endswith(f".{outlet.lower()}"):
        outlet = _host_of(page)
    return outlet, url
