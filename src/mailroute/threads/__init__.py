"""Which ticket? Signals in order of strength."""
