"""How days and times are written where a language's own way is not ours."""
