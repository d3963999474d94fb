"""Make a spaCy `Doc` of any text in time that is linear in its length.

spaCy's tokenizer takes what stands between two spaces apart from its ends inwards and looks at all that is left after
each step: 64 KB of "'s" without a space took it 314 s.
"""

import re

from spacy.language import Language
from spacy.tokens import Doc

LONGEST = 300
"""Characters without a space that are given to the tokenizer at once: of what is longer, as an address of the web with
all that it carries, some more tokens are made."""

_TOO_LONG = re.compile(rf"\S{{{LONGEST}}}(?=\S)")


def make_doc(nlp: Language, text: str) -> Doc:
    """Return a text as tokens, as ``nlp.make_doc`` does where no more than `LONGEST` characters stand without a space.

    Longer runs are cut there, and the pieces taken apart each for itself. Every character keeps its offset.
    """
    if not _TOO_LONG.search(text):
        return nlp.make_doc(text)
    words: list[str] = []
    spaces: list[bool] = []
    start = 0
    for cut in [*(match.end() for match in _TOO_LONG.finditer(text)), len(text)]:
        for token in nlp.make_doc(text[start:cut]):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
        start = cut
    return Doc(nlp.vocab, words=words, spaces=spaces)
