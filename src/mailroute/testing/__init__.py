"""Public test kit: build mails, fix the clock, catch what goes out, play stories."""
