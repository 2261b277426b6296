"""Text in, statements and claims out; knows no figure."""
