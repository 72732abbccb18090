"""`ParsedMail` to `Issue`: the card that a PM reads, each value with the words it was read from."""
