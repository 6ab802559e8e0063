"""Real programs of others as witnesses: what we simulate satisfies them, and what they simulate our client can read."""
