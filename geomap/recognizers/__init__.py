"""Finding names: a `Document` in; sentences, mentions with their roles, and the relations between them out.

In the order of the work::

    sentences                  where sentences begin, the one place that says so
    encoder, pieces            a small transformer over windows of the text; `known_names` says what the gazetteer knows
    spans                      its tags as spans
    evidence                   what of that is a place: weak ones are vouched for; persons, ships, armies are none
    whole_names                where a name begins and ends, by the gazetteer
    roles, under_attack, facilities    how it is used, by the words around it
    found_spans                spans become mentions with sentence, role and relation, stored on the spaCy `Doc`

`trained` is that line as a spaCy component, in the pipelines ``encoder`` and ``fast``; `given` takes the spans that the
input marked, `entities` those of another spaCy pipeline. `word_sets` reads ``words.toml``.
"""
