"""Fetch, decide, store: the only callers of the outside world, so that no transaction waits on it."""
