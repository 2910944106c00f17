"""The reading room: pages, charts and exports over the record. It owns no policy and writes nothing to the record."""
