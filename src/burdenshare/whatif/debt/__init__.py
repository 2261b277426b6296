"""The EU's debt sustainability analysis: what adjustment its rules ask of a state, and why."""
