"""Live blogs: pages of posts with a time each, every one a report of its own.

Found in one of two ways: the page says so to search engines (schema.org's ``LiveBlogPosting`` with its list
``liveBlogUpdate``); or its elements do, blocks beside each other of which each holds one ``time`` with a day and
running text. Teasers and comments look alike, so the blocks must hold most of the story that trafilatura finds, and a
block named like a comment does not count.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geomap.readers.fragments import element_text, plain_text

_LEAST_SHARE = 0.6  # of the story's words that stand in the posts; by hand: a story among dated teasers has none there
_SHORTEST = 40  # characters of a post; less is a teaser or a button
_COMMENT = re.compile(r"comment|repl(?:y|ies)|discussion|disqus|teaser|related|sidebar", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post of a live blog."""

    key: str
    """Its anchor in the page; empty without one."""
    title: str
    text: str
    published: str
    """When, as the page writes it."""
    url: str = ""


def find_posts(page: str, story: str) -> list[Post]:
    """Return the posts of a live blog in the order of the page; none when the page, which has a story, is not one."""
    if "liveBlogUpdate" not in page and page.count("<time") < 2:
        return []
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        root = html.document_fromstring(page)
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    stated = list(_stated(root))
    return stated if len(stated) > 1 else _shown(root, story)


def _stated(root: Any) -> Iterator[Post]:
    for script in root.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for update in _updates(value):
            text = plain_text(_words(update.get("articleBody")) or _words(update.get("text"))).strip()
            if text:
                yield Post(
                    key=_words(update.get("@id")) or _words(update.get("url")),
                    title=plain_text(_words(update.get("headline"))),
                    text=text,
                    published=_words(update.get("datePublished")),
                    url=_words(update.get("url")),
                )


def _updates(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the updates that stand anywhere in a value, in its order; without recursion, since JSON nests at will."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            updates = one.get("liveBlogUpdate")
            if isinstance(updates, list):
                yield from (update for update in updates if isinstance(update, dict))
            stack.extend(reversed([inner for key, inner in one.items() if key != "liveBlogUpdate"]))
        elif isinstance(one, list):
            stack.extend(reversed(one))


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _shown(root: Any, story: str) -> list[Post]:
    blocks: dict[Any, list[Any]] = {}
    for time in root.iter("time"):
        if _DAY.match(time.get("datetime", "")):
            block = _block_of(time)
            if block is not None:
                blocks.setdefault((block.getparent(), block.tag), []).append((block, time))
    for siblings in blocks.values():
        posts = [post for block, time in siblings if (post := _post(block, time)) is not None]
        if len(posts) > 1 and _covers(posts, story):
            return posts
    return []


def _block_of(time: Any) -> Any:
    """Return the outermost element that holds this time and no other with a day; ``None`` for one of the page's own."""
    block = None
    for parent in time.iterancestors():
        others = (other for other in parent.iter("time") if other is not time and other.get("datetime"))
        if parent.tag in ("body", "html") or next(others, None) is not None:
            break
        if _COMMENT.search(f"{parent.get('class', '')} {parent.get('id', '')}"):
            return None
        block = parent
    return block


def _post(block: Any, time: Any) -> Post | None:
    heading = next((one for one in block.iter("h1", "h2", "h3", "h4", "h5") if one.text_content().strip()), None)
    title = " ".join(heading.text_content().split()) if heading is not None else ""
    shown = " ".join(time.text_content().split())
    lines = [line for line in element_text(block).split("\n") if line not in (title, shown)]
    text = "\n".join(lines)
    if len(text) < _SHORTEST:
        return None
    return Post(key=block.get("id", ""), title=title, text=text, published=time.get("datetime", ""))


def _covers(posts: list[Post], story: str) -> bool:
    """Return whether posts hold most of a story's words; of a page without one, that they are all there is."""
    words = _WORD.findall(story.lower())
    held = {word for post in posts for word in _WORD.findall(f"{post.title} {post.text}".lower())}
    return not words or sum(word in held for word in words) >= len(words) * _LEAST_SHARE
