"""Mails (.eml) and pages saved with all they need in the form of a mail (.mhtml)."""

import email.policy
import email.utils
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO
from typing import Any, TypeGuard

from geomap.readers.addresses import is_address
from geomap.readers.documents import OpenFile, Readings, make_document, unify_line_ends
from geomap.readers.fragments import markup_text
from geomap.readers.html import read_html
from geomap.readers.limits import take_whole

_SENT_ON = "message/rfc822"


def read_mail(file: OpenFile) -> Readings:
    """Yield the document of a mail: its plain text, or else the text of its page; other attachments are left out.

    Mails that are attached to it, as some programs send on, are documents of their own, ``name#2`` and so on. The title
    is its subject, the outlet the sender's name or domain, the day that of its ``Date``.
    """
    found = [(message, text) for message in _mails(_parsed(file)) if (text := _text(message, file)).strip()]
    if not found:
        raise file.error("no text in this mail; save its attachments as files of their own")
    for number, (message, text) in enumerate(found, start=1):
        name, address = email.utils.parseaddr(_header(message, "from"))
        yield make_document(
            file,
            id=file.name if number == 1 else f"{file.name}#{number}",
            text=unify_line_ends(text),
            title=_header(message, "subject"),
            published=_header(message, "date"),
            outlet=name or address.rpartition("@")[2],
        )


def _mails(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield a mail, and behind it each that it was sent on with as an attachment."""
    mails = [message]
    while mails:
        mail = mails.pop()
        yield mail
        inner = [part.get_payload() for part in _own_parts(mail) if part.get_content_type() == _SENT_ON]
        mails += [one for each in reversed(inner) if isinstance(each, list) for one in each if _is_mail(one)]


def _own_parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Yield a mail and its parts, without those of mails in it."""
    parts: list[Any] = [message]
    while parts:
        part = parts.pop()
        if _is_mail(part):
            yield part
            inner = part.get_payload() if part.get_content_type() != _SENT_ON else None
            parts += reversed(inner) if isinstance(inner, list) else []


def _is_mail(part: object) -> TypeGuard[EmailMessage]:
    return isinstance(part, EmailMessage)


def _text(message: EmailMessage, file: OpenFile) -> str:
    plain, page = (_body(message, kind, file) for kind in ("plain", "html"))
    return plain if plain.strip() else markup_text(page)


def read_mhtml(file: OpenFile) -> Readings:
    """Yield what `read_html` finds in a saved page, which has the address it was saved from unless it states one."""
    message = _parsed(file)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            data = part.get_payload(decode=True)
            page = data if isinstance(data, bytes) else b""
            break
    else:
        raise file.error("no page in this file; save the page again")
    addresses = (_header(message, "snapshot-content-location"), _header(part, "content-location"))
    url = next(filter(is_address, addresses), "")
    declared = part.get_content_charset() or ""
    yield from read_html(replace(file, stream=BytesIO(page), encoding=file.encoding or _known(declared), url=url))


def _known(codec: str) -> str:
    try:
        "".encode(codec)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return codec


def _parsed(file: OpenFile) -> EmailMessage:
    data = take_whole(file.stream, path=file.path)
    if not data.strip():
        raise file.error("the file is empty; remove it or fill it in")
    try:
        message = BytesParser(policy=email.policy.default).parsebytes(data)
    except (RecursionError, ValueError, LookupError, IndexError, AttributeError) as error:
        raise file.error(f"no mail that can be read ({error}); save its text as .txt") from None
    if not message.keys():
        raise file.error("no mail: no header stands on top; save its text as .txt")
    return message


def _body(message: EmailMessage, kind: str, file: OpenFile) -> str:
    """Return the text of the first part of a kind that is no attachment; empty for none."""
    try:
        parts = [part for part in _own_parts(message) if part.get_content_type() == f"text/{kind}"]
        part = next(part for part in parts if not part.is_attachment())
        body = part.get_payload(decode=True)
    except (StopIteration, RecursionError, ValueError, LookupError, AttributeError):
        return ""
    codec = file.encoding or _known(part.get_content_charset() or "") or "utf-8"
    return body.decode(codec, "replace").replace("\0", "") if isinstance(body, bytes) else ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split()).encode("utf-8", "replace").decode()
    except Exception:  # the standard library raises many things on odd headers
        return ""
