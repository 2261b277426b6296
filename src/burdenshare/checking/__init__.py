"""Claims against the world: queries, verdicts, and the article as checked."""
