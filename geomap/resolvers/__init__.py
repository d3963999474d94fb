"""Choosing the place: mentions in; one `Resolution` a mention out, an entry or NIL, with what it beat, and where it is.

In the order of the work::

    candidates                   which entries a name may mean, by that or another spelling
    names_in_text, words_around  what the text asks of each name; places it speaks of beside the mentions
    outlet                       where the report was published, and for whom
    candidate_arrays             all of that, with `name_features` of each candidate, as arrays
    ranker_features              one row a candidate, with `context_features` and `relation_features`; the rules
    ranking, trees               two passes of trees over the rows: how likely each candidate is, and "none of these"
    answering                    the best candidate or NIL; a town or the unit around it
    overruling, containment      what the text contradicts is struck out, whatever the trees say
    confidence                   how sure that is
    locating, precision          point and radius, for names without an entry too; codes of ACLED and UCDP
    airports                     "Hatay airport" is the airport
    component                    the last two for each mention of a spaCy `Doc`

`thresholds` has every figure that decides, and where it was measured; `reasons` says why a place was chosen;
`population` is a yardstick of a few lines that looks at nothing but the number of inhabitants.
"""
