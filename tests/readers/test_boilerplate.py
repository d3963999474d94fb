"""Which lines are not the story. All texts are invented; each has the structure of a real page's boilerplate."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geomap.readers.boilerplate import mark_boilerplate

STORY = (
    "Mortar fire closed the market in Orikhiv on Monday, the mayor said.",
    "Two stallholders were treated in Zaporizhzhia for cuts and left the same evening.",
    "Trains between the two towns ran late because the crew had to check the rails.",
)
CAPTION = "A woman sweeps glass from the steps of the town hall in Orikhiv"


def marked(*lines: str, title: str = "") -> list[str]:
    text = "\n".join(lines)
    spans = mark_boilerplate(text, title=title)
    return [line for start, end in spans for line in text[start:end].split("\n") if line.strip()]


def test_a_story_is_left_alone() -> None:
    assert marked(*STORY) == []


def test_a_caption_that_comes_again_with_its_credit_counts_once() -> None:
    again = f"{CAPTION}.\u00a0 \u00a0 ©\u00a0Collage: NORTHLIGHT"
    assert marked(STORY[0], f"{CAPTION}.", again, STORY[1]) == [again]
    assert marked(STORY[0], again, STORY[1]) == []


def test_a_caption_that_comes_first_gives_way_to_the_story_that_says_the_same() -> None:
    caption = f"{STORY[1]} © Northlight"
    assert marked(caption, STORY[0], STORY[1]) == [caption]
    assert marked(STORY[0], STORY[1], caption) == [caption]


def test_a_caption_that_says_more_than_the_story_stays() -> None:
    assert marked(f"{CAPTION}, with her two sons. © Northlight", f"{CAPTION}.") == []


def test_of_three_copies_of_a_line_the_first_stays() -> None:
    assert marked(STORY[0], STORY[1], STORY[0], STORY[2], STORY[0]) == [STORY[0], STORY[0]]


def test_a_pull_quote_is_a_repeat() -> None:
    quote = "the crew had to check the rails because trains ran late"
    assert marked(f"Asked about it, she said {quote} all week.", STORY[0], f"“{quote.capitalize()}”") == [
        f"“{quote.capitalize()}”"
    ]


def test_a_line_with_a_word_more_or_less_is_a_repeat() -> None:
    longer = STORY[2].replace("rails", "old rails")
    assert marked(STORY[2], longer) == [longer]
    assert marked(longer, STORY[2]) == [STORY[2]]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "In the Kupiansk sector troops stopped 12 attacks and three clashes were going on at ten, the army said.",
            "In the Toretsk sector troops stopped 12 attacks and three clashes were going on at ten, the army said.",
        ),
        (
            "In the Kupiansk sector troops stopped 12 attacks and three clashes were going on at ten, the army said.",
            "In the Kupiansk sector troops stopped 14 attacks and three clashes were going on at ten, the army said.",
        ),
        (
            "Russia fired drones at Ukraine overnight, officials in both capitals said.",
            "Ukraine fired drones at Russia overnight, officials in both capitals said.",
        ),
        (
            "The mayor admitted that the town was under heavy pressure, though the army denied that it was cut off.",
            "But the mayor admitted that the town was under heavy pressure.",
        ),
        ("Mortar fire closed the market.", "Mortar fire closed the market."),
    ],
)
def test_lines_that_only_look_alike_stay(one: str, two: str) -> None:
    assert marked(one, two) == []


def test_a_teaser_doubled_behind_a_picture_text_goes_with_its_double() -> None:
    teaser = (
        "Minister says port sale “will happen” in new threat",
        "Jane Doe Minister says port sale “will happen” in new threat",
    )
    assert marked(STORY[0], "", *teaser, "", STORY[1]) == list(teaser)


def test_the_reports_own_headline_is_never_a_teaser() -> None:
    headline, double = "Mortar fire closes market in Orikhiv", "News Mortar fire closes market in Orikhiv"
    assert marked(headline, double, *STORY) == [double]
    assert marked(STORY[0], headline, double, STORY[1], title=headline) == [double]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The market was closed on Monday.", "Officials said The market was closed on Monday."),
        ("Market closed", "Orikhiv Market closed"),
        ("Who closed the market in town", "Asked: Who closed the market in town"),
    ],
)
def test_sentences_and_short_lines_are_no_teasers(one: str, two: str) -> None:
    assert marked(STORY[0], one, two, STORY[1]) == []


@pytest.mark.parametrize(
    "line",
    [
        "Cover photo: Collage: NORTHLIGHT",
        "Photo credit: Jane Doe/Northlight",
        "Photo: Reuters / Jane Doe",
        "© 2025 The Example Wire",
        "More on Jane Doe:",
        "More on Jane Doe:Support our paper",
        "More from Southern Europe: Why Lisbon paints its stairs",
        "*Read next:* [Ten walks in Lisbon](https://example.org/lisbon)",
        "Read more →",
        "Related stories",
        "You may also like",
        "Sign up for our free daily newsletter",
        "Subscribe to our alerts and get Lisbon’s news first.",
        "Get The Example Wire in your inbox",
        "Our daily newsletter brings news from Lisbon to your mailbox.",
        "Newsletter: sent from Riga every Friday.",
        "Subscribers agree to the Privacy Policy",
        "By signing up you accept our terms.",
        "Follow us on Telegram and Instagram",
        "Join our Telegram channel",
        "Share this article",
        "This site uses cookies from Riga.",
        "DPA contributed reporting.",
        "Jane Doe contributed to this report from Riga.",
        "(Reporting by Jane Doe in Riga; Editing by John Roe)",
        "Additional reporting by Jane Doe in Riga",
        "Support The Example Wire!",
        "Once Monthly Annual Continue",
        "Remind me later.",
        "Advertisement",
        "Story continues below advertisement",
        "All rights reserved.",
    ],
)
def test_page_furniture_is_marked(line: str) -> None:
    assert marked(*STORY[:2], line, STORY[2]) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Photo: A burnt bus near Orikhiv on Monday, a day after the strike.",
        "Photos of the strike on Orikhiv were shared online, Reuters said.",
        "More from Orikhiv: the governor says nine people are missing.",
        "More on the way to Orikhiv than in the town itself, residents fear shells.",
        "Support for Kyiv fell in Bratislava after the vote.",
        "Support the wounded in Orikhiv is what the sign says.",
        "Monthly inflation in Turkey rose.",
        "Once a mining town, Toretsk is rubble.",
        "Continue to Sumy, the soldiers told them.",
        "Sign up or leave, the draft office in Odesa told them.",
        "Subscribers in Kherson lost their connection after a strike on a mast.",
        "Jane Doe, who contributed reporting to a paper in Kyiv for years, was killed in Kherson.",
        "Reporting by the broadcaster found graves in Izium.",
        "“Support us today,” the mayor of Kharkiv told Berlin.",
        "By continuing the war Moscow loses, the minister from Warsaw said.",
        "Copyright law was debated in Strasbourg.",
        "Related attacks hit Sumy and Chernihiv the same night.",
        "Share prices fell in Warsaw after the strike on Lviv.",
        "Follow us, the soldiers at the bridge in Irpin shouted.",
        "The newsletter's office in Kharkiv was hit.",
        "A message from Kyiv reached the garrison in Bakhmut.",
        "Dear readers of tea leaves may find the talks in Riyadh dull.",
        "Advertisement boards in Grozny show his face.",
        "Next to Chasiv Yar lies Ivanivske.",
    ],
)
def test_story_lines_that_use_the_same_words_are_not(line: str) -> None:
    assert marked(*STORY[:2], line, STORY[2]) == []


PLEA = (
    "A Message from The Example Wire:",
    "Dear readers,",
    "We face hard times. The ministry in Minsk has called us undesirable.",
    "Prosecutors in Minsk have searched the newsroom three times.",
    "Your support, no matter how small, keeps our reporters at work.",
    "If you can, please support us monthly from just €2.",
    "Once",
    "Monthly",
    "Continue",
    "Which way to pay",
    "Not ready to support today?",
)


def test_an_appeal_is_marked_from_its_opening_to_its_buttons() -> None:
    assert marked(*STORY, *PLEA) == list(PLEA)


def test_the_story_goes_on_after_an_appeal_in_its_middle() -> None:
    assert marked(STORY[0], *PLEA, *STORY[1:]) == list(PLEA)


def test_an_opening_without_an_appeal_is_story() -> None:
    assert marked(STORY[0], "A message from the president:", "“We will hold, and your help counts.”", STORY[1]) == []


def test_headlines_below_related_stories_are_marked_only_at_the_end() -> None:
    teasers = ("More stories", "Kenyan tea growers look abroad", "Why Riga plants ten thousand trees")
    assert marked(*STORY, *teasers) == list(teasers)
    assert marked(STORY[0], *teasers, *STORY[1:]) == ["More stories"]


def test_neighbouring_marks_share_a_span_across_blank_lines() -> None:
    text = f"{STORY[0]}\n\nAdvertisement\n\n  \nRead more\n\n{STORY[1]}\nSubscribe"
    assert [text[start:end] for start, end in mark_boilerplate(text)] == [
        "Advertisement\n\n  \nRead more",
        "Subscribe",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", " ", "x" * 5_000_000, "a b c d e f g h " * 500_000, "\n" * 1_000_000])
def test_a_text_without_lines_to_judge_has_no_marks(text: str) -> None:
    assert mark_boilerplate(text) == ()


def test_a_book_is_no_page() -> None:
    assert mark_boilerplate("Advertisement\n" * 10_001) == ()


def test_many_lines_that_share_their_words_take_no_longer() -> None:
    lines = [f"one two three four five six seven eight nine ten Line{number}" for number in range(9_000)]
    assert mark_boilerplate("\n".join(lines)) == ()


_LINES = st.sampled_from(
    [*STORY, *PLEA, CAPTION, f"{CAPTION} © X", f"Jane Doe {CAPTION}", "More stories", "", "  ", "🔴 x"]
)


@given(st.lists(_LINES | st.text(max_size=40), max_size=40).map("\n".join), _LINES)
@example("Subscribe\r\n\x0bRead more\u2028Subscribe", "")
def test_spans_lie_on_line_boundaries_sorted_and_apart(text: str, title: str) -> None:
    spans = mark_boilerplate(text, title=title)
    assert spans == mark_boilerplate(text, title=title)
    last = -1
    for start, end in spans:
        assert last < start < end <= len(text)
        assert start == 0 or text[start - 1] == "\n"
        assert end == len(text) or text[end] == "\n"
        assert text[start:end].strip()
        last = end
