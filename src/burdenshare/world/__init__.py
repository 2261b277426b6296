"""What is known and what the rules say: figures, organisations and pledges, each with two dates."""
