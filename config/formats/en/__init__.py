"""English as in Britain: the day before the month, and twenty-four hours."""
