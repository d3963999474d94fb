"""What the resolvers decide by: every distance, share and margin, what it decides, and where it was measured.

"Near" means four things, because four questions are asked of it: which candidates agree with it (`AGREEMENT_KM`), which
contradict it (`REACH_KM`), how far around a known place it is drawn (`NEARBY_KM`), and how far around its anchor a
place that no gazetteer has may lie (`UNKNOWN_KM`). "Train" is the train split of the event reports, see
``CARD-resolver.md``.
"""

from collections.abc import Mapping

from geomap.language.relations import PART_OF, UNDER

# ── How far words reach ───────────────────────────────────────────────────────────────────────────────────────────────

AGREEMENT_KM: Mapping[str, float] = {"near": 25.0, "direction": 40.0, "beside": 30.0, UNDER: 60.0}
"""Distances at which a candidate's agreement with what is told of it has fallen to one half (`relation_features`): of
"near" and axes, of a direction without a distance, of names in a list or a sentence, of a town that a section stands
under. The trees were trained on them."""

REACH_KM: Mapping[str, float] = {"near": 45.0, "around": 65.0, "direction": 60.0}
"""Farthest that a place may lie from a town it is told from, or it is struck out (`overruling`), by what is said:
"near", an axis or sector, a direction. On train the farthest of 4, 22 and 34 such are 30, 46 and 43 km off."""

INSIDE_KM: Mapping[str, float] = {"in": 60.0, PART_OF: 25.0}
"""How far a place may lie from a town it is said to be in, or it is struck out: "in Macomia district" may have found
the town; "the X quarter of Y" leaves less room."""

NEARBY_KM = 15.0
"""How far "near", "around" and most other words without a distance reach beyond a known place's own radius
(`locating`). Set by hand, as the distances of ``locating.WORDINGS``, so that none is smaller than towns are apart."""

ASIDE_KM, JUST_ASIDE_KM = 25.0, 5.0
"""How far "south of" and "just south of" move a point when no distance is given, and how far around it is then. Where
news gives one (165 times in the train corpus of event places), a quarter are under 50 km: so far the circle reaches."""

UNKNOWN_KM: Mapping[str, float] = {
    "near": 30.0, "around": 45.0, "direction": 30.0, "beside": 60.0, "in": 30.0, PART_OF: 5.0, UNDER: 60.0
}  # fmt: skip
"""Radii around a town within which a place without an entry lies that is told from it without a distance: they hold 90
% of the places so told on train (4, 22, 34 and 178), but for the places of a list, of which they hold 85 %."""

UNKNOWN_ASIDE_KM = 15.0
"""How far off a town a direction without a distance points to a place without an entry: the median on train is 18
km."""

WIDEST_UNKNOWN_KM = 150.0
"""A wider circle is no location: "a village in Sudan" may be anywhere in it."""

SAME_SENTENCE_KM = 60.0
"""Towns of one sentence within this of each other say where an unknown name among them is: of the villages on train 81
% are within it of the next such town (n 318)."""

FAR_KM = 100.0
"""Beyond this "N km from" a town says no more than which part of a country: about the radius of a first-level one."""

FACILITY_KM = 60.0
"""How far an airport or air base may lie from the town that it bears the name of (`airports`): as for airports in the
bundled gazetteer."""

LARGEST_MOVED_KM = 120.0
"""Places of a larger radius keep their point: "south of Russia" is nowhere in particular."""

# ── What overrules the trees ──────────────────────────────────────────────────────────────────────────────────────────

SURE_ANCHOR = 0.5
"""Share of the likelihood of all its candidates from which on an anchor strikes out candidates of others."""

PROMINENT = 100_000
"""A city of so many, likelier than its anchor, is not struck out by it: the anchor is then the one mistaken. Without
this TR-News dev loses .006 and train .002."""

ALIKE_KM = 75.0
"""How far from a sure place of the report a place may lie whose name is only spelt alike: half a first-order unit.
Without this, wrong among points goes from .038 to .043 on train, and precision from raw text loses .004 on LGL dev."""

STRANGER_KM, STRANGER_POPULATION, PEOPLE_POPULATION = 150.0, 15_000, 500_000
"""A settlement of fewer people, or of up to the last figure where people are called by its name, that no other name of
the report is near or in one country with, is another's namesake: of such answers to LGL, TR-News and the event reports
(dev and train) 0 of 9 were right, of larger ones that stand alone 11 of 16. Two others of one country must say where
the report is. The last figure is a judgement, so that "Istanbul police" stays in a report about Syria."""

DOUBTED_POPULATION, BEYOND_DOUBT = 200_000, 0.85
"""A settlement of fewer people that stands so alone must be so likely: in 500 texts of Worldwide newswire 2 of 24 below
this were right, and 2 of 4 above it (read one by one); of larger ones 17 of 27. In 500 others 8 names were struck out
by all of this, one of them right."""

VAGUE_KM = 40.0
"""A river longer, or a place whose point may be off by more, is where the names beside it are. Without this, wrong
among points goes from .038 to .041 on train."""

NIL_MARGIN = 2.5
"""How many times likelier than the best candidate "none of these" must be for NIL: chosen by cross-validation, see
"Tried and lost" of the card."""

UNIT_RADIUS_KM, TOWN_SHARE, TOWN_SHARE_IN_LIST = 100.0, 0.4, 0.1
"""A bare name is the town rather than the unit around it, if the town is this near to its point, or inside it, and this
likely beside the unit; less where the list that it stands in goes on with a town, "Cordoba, Rosario and Santa Fe" (two
names of LGL dev are moved by that, both to the wrong place, and none of the other corpora)."""

METROPOLIS = 5_000_000
"""A city of so many is meant by its bare name, whatever the unit around it is called: "New York" is New York City."""

UNIT_SHARE = 0.02
"""How likely a unit must be beside a town inside it that is called "X City"."""

# ── Confidence ────────────────────────────────────────────────────────────────────────────────────────────────────────

SAME_SPOT_KM = 25.0
"""Candidates this close to a winning town are no doubt about where it is: Moscow the city and the federal unit."""

ALONE_POWER = 2.0
"""A likelihood is raised to it where the document names nothing else: half of such winners on train were right (n 161)
where the likelihoods alone would have said three in four."""

EXACT_KM = 25.0
"""Confidence is that of being right to this distance: a place whose point may be off by more gets that much less."""

ONLY_FACILITY = 0.5
"""Confidence of the only facility of a name whose town is not known: an even chance, as names of towns repeat."""
