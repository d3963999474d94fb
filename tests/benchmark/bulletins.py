"""Bulletins of one template about one place, one a day: what a general staff or a wire sends for years."""

import datetime
import random

from geomap.events.incidents import Account

_FIRST = datetime.date(2022, 2, 24)


def bulletins(count: int, *, dated: bool) -> list[Account]:
    """Return what each says, a number or two changed; dated, each tells of its own day, else nobody knows of which."""
    chance = random.Random(15)
    accounts = []
    for number in range(count):
        day = _FIRST + datetime.timedelta(days=number)
        sentence = (
            f"Over the past day the enemy carried out {chance.randint(1, 9)} air strikes and fired "
            f"{chance.randint(9, 99)} times from rocket systems at our positions and at settlements, the bulletin said."
        )
        accounts.append(
            Account(
                document_id=f"bulletin {number}",
                outlet=f"Outlet {number % 700}",
                sentence=sentence,
                place="geonames:700051",
                event_sub_type="Air/drone strike",
                days=(day, day) if dated else None,
                published=day,
                where_precision=1,
            )
        )
    return accounts
