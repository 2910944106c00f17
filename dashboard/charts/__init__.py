"""Pure: rows in, Plotly figures out. No Django here."""
