"""What kinds of events there are: the types and sub-types of ACLED, exactly as its codebook spells them.

The Armed Conflict Location & Event Data Project (acleddata.com) names six types and twenty-five sub-types.
"""

from types import MappingProxyType

EVENT_TYPES = MappingProxyType(
    {
        "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
        "Explosions/Remote violence": (
            "Chemical weapon",
            "Air/drone strike",
            "Suicide bomb",
            "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED",
            "Grenade",
        ),
        "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
        "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
        "Riots": ("Violent demonstration", "Mob violence"),
        "Strategic developments": (
            "Agreement",
            "Arrests",
            "Change to group/activity",
            "Disrupted weapons use",
            "Headquarters or base established",
            "Looting/property destruction",
            "Non-violent transfer of territory",
            "Other",
        ),
    }
)
"""Event type → its sub-types, in the order of the codebook."""

TYPE_OF = MappingProxyType({sub_type: name for name, sub_types in EVENT_TYPES.items() for sub_type in sub_types})
"""Sub-type → its event type."""

TERRITORY = "Ground taken"
"""The one kind that stands for both sub-types until it is known who took it."""

REGAINS = "Government regains territory"
"""What the country's own forces do."""

OVERTAKES = "Non-state actor overtakes territory"
"""What everybody else does."""

KINDS = (*dict.fromkeys(TERRITORY if name in (REGAINS, OVERTAKES) else name for name in TYPE_OF),)
"""What the models tell apart: the sub-types, ground taken being one."""

BLOODLESS = frozenset(EVENT_TYPES["Strategic developments"]) | {
    "Abduction/forced disappearance",
    "Peaceful protest",
    "Protest with intervention",
}
"""Sub-types that ACLED's codebook describes as without deaths: where somebody is killed, another one is coded."""
