"""Speech reported without marks, in languages other than English."""
