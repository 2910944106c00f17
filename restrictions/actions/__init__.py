"""Every write that spans rows or needs an actor: keyword-only, in one transaction, with who and why."""
