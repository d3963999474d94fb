"""Incidents: accounts of several reports that are taken to tell of the same occurrence.

Two accounts agree when they name the same place, may have happened on the same day, and say the same kind of thing. The
exact ones are put together first; a vague one ("last week") then joins an incident only if a single one fits. What one
report tells as one occurrence stays one, and so does what somebody says to be one; what somebody says to be two stays
two.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geomap.events.syndication import near_identical

PUBLICATION_LAG = datetime.timedelta(days=2)
"""How long before its report an event without a date may have been: news of yesterday and the day before."""

_COARSE = 5
"""UCDP where_prec from which a place is too large for two accounts to mean the same occurrence by it alone."""

_ALIKE: Sequence[frozenset[str]] = (
    frozenset({"Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED"}),
    frozenset({"Suicide bomb", "Remote explosive/landmine/IED", "Grenade"}),
    frozenset({"Armed clash", "Government regains territory", "Non-state actor overtakes territory"}),
    frozenset(
        {"Government regains territory", "Non-state actor overtakes territory", "Non-violent transfer of territory"}
    ),
    frozenset({"Armed clash", "Attack"}),
    frozenset({"Excessive force against protesters", "Protest with intervention", "Peaceful protest"}),
    frozenset({"Excessive force against protesters", "Protest with intervention", "Violent demonstration"}),
    frozenset({"Violent demonstration", "Mob violence"}),
)
"""Sub-event types that outlets code one occurrence as, where their words differ: "bombed" is an air strike to one and
an explosive to another, a town "fell" with or without a word of the fighting. Any other agrees only with itself."""

Days = tuple[datetime.date, datetime.date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One event as one report tells it."""

    document_id: str
    """The report."""
    outlet: str
    """Who published it; empty when unknown."""
    sentence: str
    """The sentence that tells it."""
    place: str
    """Where it happened: an entry's id, or a name that the gazetteer does not have."""
    event_sub_type: str
    """ACLED sub-event type."""
    days: Days | None
    """First and last day it may have been, as said; ``None`` when it is not said."""
    published: datetime.date | None
    """Day of publication; ``None`` when unknown."""
    where_precision: int
    """UCDP where_prec."""
    occurrence: int = 0
    """Which occurrence of its report it tells; 0 when they are not told apart."""
    same_as: tuple[str, ...] = ()
    """Keys that accounts share of which somebody says that they tell the same occurrence."""
    apart_from: frozenset[str] = frozenset()
    """Keys that accounts share of which somebody says that they do not."""


@dataclass(slots=True, kw_only=True)
class _Growing:
    """An incident while accounts join it."""

    members: list[int]
    days: Days | None
    sub_type: str
    apart_from: set[str]
    """Of all accounts that are told to be its own: no other with one of these keys joins."""


def group_accounts(accounts: Sequence[Account]) -> list[list[int]]:
    """Put accounts of the same occurrence together.

    Parameters
    ----------
    accounts
        Events with a place, in any number of reports.

    Returns
    -------
        Lists of positions in `accounts`, each sorted, in the order of their first member; every position once.
    """
    twins = _twins(accounts)
    incidents: list[_Growing] = []
    by_entry: dict[str, list[_Growing]] = {}
    joined: dict[int, _Growing] = {}
    told: dict[int, _Growing] = {}
    same = _told_alike(accounts)
    apart: dict[int, set[str]] = {}
    for number, account in enumerate(accounts):
        apart.setdefault(same[number], set()).update(account.apart_from)
    for number in sorted(range(len(accounts)), key=lambda n: (_width(accounts[n]), n)):
        account = accounts[number]
        keys = apart[same[number]]
        home = told.get(same[number]) or _home(
            account,
            [one for one in by_entry.get(account.place, ()) if keys.isdisjoint(one.apart_from)],
            accounts,
            [twin for twin in twins.get(number, ()) if twin in joined and keys.isdisjoint(joined[twin].apart_from)],
            joined,
        )
        if home is None:
            home = _Growing(members=[], days=window(account), sub_type=account.event_sub_type, apart_from=set())
            incidents.append(home)
            by_entry.setdefault(account.place, []).append(home)
        home.members.append(number)
        home.apart_from |= keys
        home.days = _common(home.days, window(account)) or home.days
        joined[number] = told[same[number]] = home
    return sorted(sorted(incident.members) for incident in incidents)


def independent_sources(accounts: Sequence[Account]) -> list[int]:
    """Tell which accounts of one incident go back to the same source.

    Parameters
    ----------
    accounts
        Those of one incident.

    Returns
    -------
        The number of the source of each account, counted from 0 in order of appearance. Accounts share one when they
        are of one document, of one outlet, or when their sentences are nearly identical.
    """
    if len(accounts) == 1:
        return [0]
    source = list(range(len(accounts)))
    first: dict[tuple[str, str], int] = {}
    pairs = list(near_identical([account.sentence for account in accounts]))
    for number, account in enumerate(accounts):
        keys = [("document", account.document_id)]
        keys += [("outlet", account.outlet.casefold())] if account.outlet else []
        pairs += [(first.setdefault(key, number), number) for key in keys]
    for left, right in pairs:
        old, new = sorted((source[left], source[right]), reverse=True)
        source = [new if one == old else one for one in source]
    order = {one: n for n, one in enumerate(dict.fromkeys(source))}
    return [order[one] for one in source]


def window(account: Account) -> Days | None:
    """Return the days an account may be about: those it says, else the last ones before publication."""
    if account.days or account.published is None:
        return account.days
    lag = min(PUBLICATION_LAG, account.published - datetime.date.min)
    return account.published - lag, account.published


def _told_alike(accounts: Sequence[Account]) -> list[int]:
    """Return for each account the first one that tells the same by its report or by what somebody says."""
    above = list(range(len(accounts)))

    def first_of(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    known: dict[object, int] = {}
    for number, account in enumerate(accounts):
        own = [(account.document_id, account.occurrence)] if account.occurrence else []
        for key in (*own, *account.same_as):
            one, other = sorted((first_of(number), first_of(known.setdefault(key, number))))
            above[other] = one
    return list(map(first_of, above))


def _width(account: Account) -> tuple[int, int]:
    """Order accounts from exact to vague; what is said comes before what is guessed from the day of publication."""
    days = window(account)
    return (10**6 if days is None else (days[1] - days[0]).days), int(account.days is None)


def alike(left: str, right: str) -> bool:
    """Whether two sub-event types may be what two accounts call one occurrence."""
    return left == right or any(left in group and right in group for group in _ALIKE)


def _common(left: Days | None, right: Days | None) -> Days | None:
    if left is None or right is None:
        return left or right
    first, last = max(left[0], right[0]), min(left[1], right[1])
    return (first, last) if first <= last else None


def _twins(accounts: Sequence[Account]) -> dict[int, list[int]]:
    """Return for each account those of the same place and kind that tell it in nearly the same words."""
    twins: dict[int, list[int]] = {}
    for left, right in near_identical([account.sentence for account in accounts]):
        one, other = accounts[left], accounts[right]
        if one.place == other.place and alike(one.event_sub_type, other.event_sub_type):
            twins.setdefault(left, []).append(right)
            twins.setdefault(right, []).append(left)
    return twins


def _home(
    account: Account,
    incidents: Sequence[_Growing],
    accounts: Sequence[Account],
    twins: Sequence[int],
    joined: dict[int, _Growing],
) -> _Growing | None:
    """Return the incident an account belongs to, or ``None`` when it is the first of a new one."""
    known = [joined[twin] for twin in twins if _may_be_twins(account, accounts[twin])]
    if known:
        return known[0]
    fitting = list(_fitting(account, incidents, accounts))
    return fitting[0] if len(fitting) == 1 else None


def _may_be_twins(account: Account, twin: Account) -> bool:
    """Refuse nearly identical sentences that say different days: a daily bulletin repeats its wording."""
    return account.days is None or twin.days is None or _common(account.days, twin.days) is not None


def _fitting(account: Account, incidents: Sequence[_Growing], accounts: Sequence[Account]) -> Iterator[_Growing]:
    days = window(account)
    if days is None:
        return
    coarse = account.where_precision >= _COARSE
    for incident in incidents:
        if incident.days is None or not _common(days, incident.days):
            continue
        if not alike(account.event_sub_type, incident.sub_type):
            continue
        if not coarse or any(accounts[member].document_id == account.document_id for member in incident.members):
            yield incident
