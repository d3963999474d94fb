"""Incidents: accounts of several reports that are taken to tell of the same occurrence.

Two accounts agree when they name the same place, may have happened on the same day, and say the same kind of thing. The
exact ones are put together first; a vague one ("last week") then joins an incident only if a single one fits. What one
report tells as one occurrence stays one, and so does what somebody says to be one; what somebody says to be two stays
two.
"""

import datetime
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from geomap.events.syndication import Groups, Twins, join_near_identical

PUBLICATION_LAG = datetime.timedelta(days=2)
"""How long before its report an event without a date may have been: news of yesterday and the day before."""

_MONTH = datetime.timedelta(days=31)

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


@dataclass(slots=True, kw_only=True, eq=False)
class _Growing:
    """An incident while accounts join it."""

    place: str
    """Of the account that was its first."""
    members: list[int]
    days: Days | None
    sub_type: str
    apart_from: set[str]
    """Of all accounts that are told to be its own: no other with one of these keys joins."""


class _ByPlaceAndDay:
    """Incidents by place and day: an account is compared with those alone that may have been when it was."""

    def __init__(self) -> None:
        self._all: dict[str, list[_Growing]] = {}
        self._vague: dict[str, list[_Growing]] = {}
        self._on: dict[tuple[str, int], list[_Growing]] = {}
        self._of_report: dict[tuple[str, str], list[_Growing]] = {}

    def add(self, incident: _Growing) -> None:
        """Take in an incident; from then on its days become no more, if it has any."""
        place = incident.place
        self._all.setdefault(place, []).append(incident)
        numbers = _numbers(incident.days)
        for number in numbers:
            self._on.setdefault((place, number), []).append(incident)
        if not numbers:
            self._vague.setdefault(place, []).append(incident)

    def note(self, account: Account, incident: _Growing) -> None:
        """Take in that an account is one of an incident."""
        self._of_report.setdefault((incident.place, account.document_id), []).append(incident)

    def of_report(self, account: Account) -> Sequence[_Growing]:
        """Return, each once, the incidents of the place of an account that its report tells already."""
        return list(dict.fromkeys(self._of_report.get((account.place, account.document_id), ())))

    def near(self, place: str, days: Days | None) -> Sequence[_Growing]:
        """Return, each once, the incidents of a place that may have been on some days, and perhaps others of it."""
        numbers = _numbers(days)
        if not numbers:
            return self._all.get(place, ())
        found = (self._on.get((place, number), ()) for number in numbers)
        return list(dict.fromkeys(chain(self._vague.get(place, ()), *found)))


def _numbers(days: Days | None) -> range:
    """Return days as ordinals; none for those that are unknown or more than a month."""
    if days is None or days[1] - days[0] > _MONTH:
        return range(0)
    return range(days[0].toordinal(), days[1].toordinal() + 1)


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
    grouping = _Grouping(accounts)
    for number in sorted(range(len(accounts)), key=lambda n: (_width(accounts[n]), n)):
        grouping.add(number)
    return sorted(sorted(incident.members) for incident in grouping.incidents)


class _Grouping:
    """Accounts, and the incidents of those that were added."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self.accounts = accounts
        self.incidents: list[_Growing] = []
        self._found = _ByPlaceAndDay()
        self._joined: dict[int, _Growing] = {}
        self._told: dict[int, _Growing] = {}
        self._same = _told_alike(accounts)
        self._apart: dict[int, set[str]] = {}
        for number, account in enumerate(accounts):
            self._apart.setdefault(self._same[number], set()).update(account.apart_from)
        self._twins = _twins(accounts)

    def add(self, number: int) -> None:
        """Put an account into the incident that it belongs to, or the first of a new one."""
        account, same = self.accounts[number], self._same[number]
        keys, days = self._apart[same], window(account)
        home = self._told.get(same) or self._twin_of(number, keys) or self._only_fitting(account, keys)
        if home is None:
            home = _Growing(
                place=account.place, members=[], days=days, sub_type=account.event_sub_type, apart_from=set()
            )
            self.incidents.append(home)
            self._found.add(home)
        home.members.append(number)
        home.apart_from |= keys
        home.days = _common(home.days, days) or home.days
        self._joined[number] = self._told[same] = home
        self._found.note(account, home)

    def _twin_of(self, number: int, keys: set[str]) -> _Growing | None:
        """Return the incident of the first account of the place and kind that tells it in nearly the same words.

        Nearly identical sentences that say different days are refused: a daily bulletin repeats its wording.
        """
        account = self.accounts[number]
        own, twins = self._twins[number]
        if len(own) == 1:
            return None

        def wanted(position: int) -> bool:
            other = own[position]
            home, twin = self._joined.get(other), self.accounts[other]
            may = account.days is None or twin.days is None or _common(account.days, twin.days) is not None
            kind = alike(account.event_sub_type, twin.event_sub_type)
            return home is not None and may and kind and keys.isdisjoint(home.apart_from)

        found = twins.first(bisect_left(own, number), wanted)
        return None if found is None else self._joined[own[found]]

    def _only_fitting(self, account: Account, keys: set[str]) -> _Growing | None:
        """Return the incident of its place, days and kind, if there is one and no other."""
        days = window(account)
        if days is None:
            return None
        coarse = account.where_precision >= _COARSE
        near = self._found.of_report(account) if coarse else self._found.near(account.place, days)
        fitting = [
            one
            for one in near
            if one.days is not None
            and _common(days, one.days)
            and alike(account.event_sub_type, one.sub_type)
            and keys.isdisjoint(one.apart_from)
        ]
        return fitting[0] if len(fitting) == 1 else None


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
    groups = Groups(len(accounts))
    first: dict[tuple[str, str], int] = {}
    for number, account in enumerate(accounts):
        keys = [("document", account.document_id)]
        keys += [("outlet", account.outlet.casefold())] if account.outlet else []
        for key in keys:
            groups.join(first.setdefault(key, number), number)
    if len(accounts) > 1:
        join_near_identical([account.sentence for account in accounts], groups)
    source = list(map(groups.first, range(len(accounts))))
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
    groups = Groups(len(accounts))
    known: dict[object, int] = {}
    for number, account in enumerate(accounts):
        own = [(account.document_id, account.occurrence)] if account.occurrence else []
        for key in (*own, *account.same_as):
            groups.join(known.setdefault(key, number), number)
    return list(map(groups.first, range(len(accounts))))


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


def _twins(accounts: Sequence[Account]) -> list[tuple[list[int], Twins]]:
    """Return for each account the accounts of its place, in order, and what finds its twins among them."""
    of_place: dict[str, list[int]] = {}
    for number, account in enumerate(accounts):
        of_place.setdefault(account.place, []).append(number)
    found = {
        place: (own, Twins([accounts[n].sentence for n in own], [_numbers(accounts[n].days) for n in own]))
        for place, own in of_place.items()
    }
    return [found[account.place] for account in accounts]
