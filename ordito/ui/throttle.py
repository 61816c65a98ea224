"""Counting what one address does, in the cache that all processes share."""

from django.core.cache import cache


def is_too_often(what: str, who: str, *, times: int, seconds: int) -> bool:
    """Count one more `what` by `who`: true past `times` in a window of `seconds`."""
    key = f"often:{what}:{who}"
    cache.add(key, 0, seconds)
    return cache.incr(key) > times
