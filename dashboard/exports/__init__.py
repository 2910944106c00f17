"""Pure: rows in, bytes out. No Django here."""
