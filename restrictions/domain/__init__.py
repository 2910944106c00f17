"""What the codebook says, as pure functions: no database, no clock, no network."""
