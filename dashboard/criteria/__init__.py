"""What the pages on turns can be asked: query string to criteria and back, one module a page."""
