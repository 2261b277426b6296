"""Pages and an HTTP API over the same library calls as the command line."""
