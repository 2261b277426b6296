"""Scenarios: what a proposal would change, with uncertainty earned from past releases."""
