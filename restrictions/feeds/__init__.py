"""The outside world made small: what an address and a text are the same as. Pure but for the guarded client."""
