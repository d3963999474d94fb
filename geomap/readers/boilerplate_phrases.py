"""Phrases that only boilerplate is made of: a line of one is no story, whatever stands around it.

Collected by reading news pages and reviewed one by one. Every pattern must match a whole line, because a story can
quote any of these words but is never made of them alone. Markdown signs are taken off first; case does not count.
"""

import re

LONGEST_PHRASE = 300
"""Longer lines, in characters, are no phrase but paragraphs."""

_BUTTON = (
    "once|one[- ]time|monthly|yearly|annual(?:ly)?|continue|donate(?: now)?|subscribe(?: now)?|register|log ?in"
    "|sign ?(?:in|up)|share|tweet|e-?mail|print|save|copy link|listen|comments?|reply|menu|search|close|cancel|submit"
    "|skip|dismiss|preview|next|previous|load more|show more|read more|learn more|back to top|home|reject all"
    "|accept(?: all)?(?: cookies)?|cookie settings|manage (?:cookies|preferences)|remind me later|not now|no,? thanks"
    "|not ready to support today|pa(?:y|i)ment methods|advertisements?|sponsored(?: content)?|promoted(?: content)?"
    "|follow|whatsapp|telegram|facebook|twitter|linkedin|instagram|youtube"
)
_AGENCY = (
    "reuters|ap|afp|epa(?:-efe)?|efe|ansa|dpa|tass|xinhua|anadolu|getty(?: images)?|imago|shutterstock|unsplash"
    "|associated press"
)
_OTHER_STORIES = (
    "related(?: (?:articles?|stor(?:y|ies)|news|content|topics?|coverage|reading))?"
    "|more (?:stories|news|articles|headlines|coverage)|(?:our )?(?:top|latest|other) (?:stories|headlines|articles)"
    "|recommended(?: for you| stories| reading)?|most (?:read|popular|viewed|shared)|trending(?: now)?"
    "|(?:you (?:may|might)|you'll) also (?:like|be interested in)|editor'?s'? (?:choice|picks?)|don'?t miss|up next"
    "|further reading|what to read next"
)
_HEADLINE = r"[^.]{1,200}[^.:,;]"
_CHANNEL = "telegram|whatsapp|facebook|twitter|instagram|youtube|bluesky|linkedin|tiktok|channel|app"
_PHRASES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Buttons, alone or run together ("Once Monthly Annual Continue").
        rf"(?:{_BUTTON})(?:\s+(?:{_BUTTON}))*[.!?]?",
        # Picture credits that describe no picture. "Photo: A shell crater in Sudzha" does, and stays.
        r"(?:cover|header|lead|title|thumbnail|featured) (?:photo|image|picture)s?(?: credits?)?\s*:.*",
        r"(?:photo|image|picture)s? credits?\s*:.*",
        rf"(?:photos?|images?|pictures?|collage)(?: by)?\s*:?\s+(?:{_AGENCY})(?:\s*[/,&|]\s*[\w .-]{{1,40}})*",
        r"(?:©|\(c\)|copyright\b(?=.*\b(?:19|20)\d\d\b)).{1,120}",
        r".{0,160}\ball rights reserved\.?",
        # Headings of lists of other stories, and links to one.
        rf"(?:{_OTHER_STORIES})\s*:?",
        r"more (?:on|about|from) [^.]{1,60}:(?:\s*support\b.*)?",
        rf"(?:more|also) (?:on|in|from) [^.:]{{1,40}}:\s+{_HEADLINE}",
        rf"(?:read (?:also|next|more|on)|also read|see also|related(?: article| story)?|don't miss)\s*:\s*{_HEADLINE}",
        # Newsletter boxes and channels.
        r"(?:please )?(?:sign up|subscribe|register)\b.{0,120}\b(?:newsletters?|alerts?|updates|inbox|mailbox|e-?mails?"
        r"|podcasts?|channel|unsubscribe)\b.*",
        r"(?:get|receive) .{1,80}\b(?:in|to|into) your (?:inbox|mailbox|e-?mail)\b.*",
        r"(?:our|this|the) (?:\w+ ){0,3}(?:newsletter|letter|briefing)\b.*\b(?:sign up|unsubscribe|inbox|mailbox)\b.*",
        r"newsletters?\s*:.*",
        r"(?:subscribers agree|i agree|you agree|by (?:signing up|subscribing|registering|clicking|continuing))"
        r"\b.*\b(?:privacy|terms|polic(?:y|ies)|e-?mails?)\b.*",
        r"(?:privacy|cookie) (?:policy|notice)|terms (?:of (?:use|service)|and conditions)",
        rf"(?:follow|join|like|find|message) us (?:on|at|via)\b.*\b(?:{_CHANNEL})\b.*",
        rf"(?:join|follow|subscribe to|check out) our\b.{{0,60}}\b(?:{_CHANNEL})\b.*",
        r".{0,160}\bfollow our (?:live )?(?:updates|coverage|blog|ticker)\b.{0,60}",
        r"share (?:this (?:article|story|page|post|video)|(?:on|via) \w+(?: \w+)?)",
        r"(?:story|article) continues (?:below|after)\b.{0,40}|(?:skip|after)\b.{0,20}\bnewsletter promotion",
        r"(?:this (?:site|website|page)|we(?: and our partners)?) uses? cookies\b.*",
        # Who wrote it; places in a by-line are not where it happened.
        r"\W?.{1,120}\bcontributed (?:reporting|to (?:this|the) (?:report|article|story))(?: from [\w ,.'-]{1,40})?\W*",
        r"\W?(?:additional )?reporting by\b.{1,160}\b(?:editing|writing) by\b.*",
        r"\W?additional reporting (?:by|from)\b.{1,120}",
        # Appeals for money.
        r"support (?:us|our [^.]{1,40}|the [^.]{1,40}|(?:independent|quality) journalism)!",
        r"support (?:us|our (?:work|journalism|newsroom)|(?:independent|quality) journalism)(?: today| now)?\.?",
        r"become (?:a|our) (?:member|supporter|subscriber|patron)(?: (?:today|now|of|and)\b.{0,60})?[.!]?",
        r"make a donation(?: (?:today|now|here|to)\b.{0,60})?[.!]?|donate (?:to (?:us|our)|today|here)\b.{0,60}",
    )
)
_HEADINGS = re.compile(rf"(?:(?:{_OTHER_STORIES})\s*:?|more (?:on|about|from) [^.]{{1,60}}:)", re.IGNORECASE)
_OPENERS = re.compile(
    r"""
      an?[ ] (?: message | note | letter | word | appeal ) [ ] (?: from | to ) [ ][^.]{1,60}:?
    | dear[ ] (?: readers? | friends | supporters ) \b.{0,30}
    | support[ ] (?: us | our[ ][^.]{1,40} | the[ ][^.]{1,40} ) !
    | (?:
            before[ ]you[ ]go
          | keep[ ]us[ ]going
          | help[ ]us[ ] (?: continue | carry[ ]on | keep[ ]going )
          | we[ ]need[ ]your[ ] (?: help | support )
      ) \W*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PLEAS = re.compile(
    r"""
      \bdear[ ] (?: readers? | friends | supporters ) \b
    | \b (?: your | every ) [ ] (?: support | contribution | donation | gift | help ) \b
    | \b (?: support | supporting | donate[ ]to | join | help ) [ ] (?: us | our | the[ ]\w+ ) \b
    | \bdonat (?: e | ions? | ing ) \b
    | \bcontributions?\b
    | \bindependent,?[ ] (?: journalism | media | reporting ) \b
    | \b (?: our | quality ) [ ] (?: journalism | newsroom | reporters ) \b
    | \bthank[ ]you[ ]for\b
    | \bgive[ ] (?: once | whatever ) \b
    | \b (?: per[ ]month | monthly ) \b
    | \bif[ ]you[ ]can\b
    | \bcosts?[ ]money\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_VOICE = re.compile(r"\b(?:we|us|our|you|your)\b", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*(?:"|$)|“[^”]*(?:”|$)|«[^»]*(?:»|$)')
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*\)")
_SIGNS = re.compile(r"^(?:[#>*•·–-]+\s+)+|[*_`]+")


def plain_line(line: str) -> str:
    """Return a line without surrounding white space, Markdown signs and list marks, with straight apostrophes."""
    return _SIGNS.sub("", _LINK.sub(r"\1", line.strip())).replace("’", "'").strip()


def is_boilerplate_phrase(line: str) -> bool:
    """Return whether a whole line is boilerplate by its own words."""
    if len(line) > LONGEST_PHRASE:
        return False
    plain = plain_line(line).rstrip(" …»›>→")
    return any(phrase.fullmatch(plain) for phrase in _PHRASES)


def is_other_stories_heading(line: str) -> bool:
    """Return whether a line announces a list of other stories."""
    return len(line) <= LONGEST_PHRASE and _HEADINGS.fullmatch(plain_line(line)) is not None


def is_plea_opener(line: str) -> bool:
    """Return whether a line can open an appeal to the readers."""
    return len(line) <= LONGEST_PHRASE and _OPENERS.fullmatch(plain_line(line)) is not None


def count_pleas(line: str) -> int:
    """Return how many expressions of an appeal for money a line holds outside quotation marks."""
    return len(_PLEAS.findall(_QUOTED.sub(" ", line)))


def speaks_to_readers(line: str) -> bool:
    """Return whether a line says "we" or "you" outside quotation marks, which a news story does not."""
    return _VOICE.search(_QUOTED.sub(" ", line)) is not None
