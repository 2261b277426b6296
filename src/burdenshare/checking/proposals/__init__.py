"""What a model proposes, screened: it may add claims and statements, and decide nothing."""
