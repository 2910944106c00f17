"""The reading room: owns no policy, writes nothing to the record."""
