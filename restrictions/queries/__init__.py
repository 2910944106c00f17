"""Every read with a shape: what comes back are frozen rows, so that a template cannot start a query."""
