"""Tables for a terminal, charts and reports: layout only, every figure is computed elsewhere."""
