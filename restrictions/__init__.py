"""THE RECORD: which state allows whom to use which weapon where, since when, on whose word."""
