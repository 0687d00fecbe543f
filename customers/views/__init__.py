"""What this room answers: evidence of a promise, and what departments changed."""
