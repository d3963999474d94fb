"""Finding names: a `Document` in; sentences, mentions with their roles, and the relations between them out.

In the order of the work::

    sentences                  where sentences begin, the one place that says so
    encoder, pieces            a small transformer over windows of the text; `known_names` says what the gazetteer knows
    spans                      its tags as spans
    whole_names                where a name begins and ends, by the gazetteer
    lookalikes                 what only looks like a place: persons, ships, weapons, armies in initials
    evidence                   what vouches for a weak place, and how a name is used, with
    roles, under_attack, facilities    the words around it
    found_spans                spans become mentions with sentence, role and relation, stored on the spaCy `Doc`

`trained` is that line as a spaCy component; `given` takes the spans that the input marked, `entities` those of another
spaCy pipeline; `pipelines` builds each by its name. `word_sets` reads ``words.toml``.
"""
