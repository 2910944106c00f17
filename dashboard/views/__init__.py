"""One view module a page; each reads the query string, asks a query, and hands rows to a template."""
