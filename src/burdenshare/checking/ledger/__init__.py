"""The ledger: what checked articles said, by whom, kept in a database of one's own."""
