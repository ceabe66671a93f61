"""Results that are kept so that the next reader of a page need not wait for them again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """The results asked for last, by what they were asked for.

    Each is made once, however many ask for it at the same time. A result is a value: nobody changes
    it, so one may be shown to all.

    Example:
        >>> kept = Kept[int](2)
        >>> [kept.get(key, lambda: made) for key, made in (("a", 1), ("a", 2), ("b", 3))]
        [1, 1, 3]
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._made: OrderedDict[Hashable, T] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, else make it; what raises is not kept."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._made:
                    return self._made[key]
            try:
                made = make()
                with self._lock:
                    self._made[key] = made
                    if len(self._made) > self._most:
                        self._made.popitem(last=False)
                return made
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def listed(self) -> tuple[Hashable, ...]:
        """Return under which keys something is kept."""
        with self._lock:
            return tuple(self._made)

    def forget(self, keys: Iterable[Hashable]) -> None:
        """Let go of what is kept under some keys."""
        with self._lock:
            for key in keys:
                self._made.pop(key, None)
