"""Checking many articles: read as a stream, spread over processes, taken up again where left."""
