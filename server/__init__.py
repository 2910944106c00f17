"""The supervisor: PostgreSQL, Valkey and the site's processes, started and stopped as one. It never imports Django."""
