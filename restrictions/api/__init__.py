"""The door for programs: JSON in, with a token; problems said as RFC 9457 has them."""
