"""A function whose latest answers are kept, by how much they hold and not by how many they are.

A common name has a hundred and fifty places, a rare one none: a number of answers says nothing of the memory they take.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Found = TypeVar("_Found")


class Remembered(Generic[_Key, _Found]):
    """Asks a function once for what was asked for lately.

    Two halves hold the answers. New ones, and old ones asked for again, go into the younger half; once that is full,
    the older half is dropped and the younger one takes its place. So what was not asked for since is forgotten, and
    nothing need be sorted. Threads may share it: at worst one asks again for what another has just found.

    Parameters
    ----------
    function
        Gives an answer that is never ``None``.
    size
        How much an answer holds, 0 or more; each counts one more for itself.
    most
        How much all answers may hold together.
    """

    def __init__(self, function: Callable[[_Key], _Found], *, size: Callable[[_Found], int], most: int) -> None:
        self._function, self._size, self._half = function, size, most // 2
        self.forget()

    def __call__(self, key: _Key) -> _Found:
        """Return the answer for a key."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is None:
                found = self._function(key)
            self._keep(key, found)
        return found

    def forget(self) -> None:
        """Forget all answers."""
        self._young: dict[_Key, _Found] = {}
        self._old: dict[_Key, _Found] = {}
        self._held = 0

    def held(self) -> int:
        """Return how much all answers hold together; one in both halves counts once."""
        return sum(1 + self._size(found) for found in (self._old | self._young).values())

    def _keep(self, key: _Key, found: _Found) -> None:
        added = 1 + self._size(found)
        if self._held + added > self._half:
            self._old, self._young, self._held = self._young, {}, 0
        self._young[key] = found
        self._held += added
