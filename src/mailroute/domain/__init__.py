"""Words and values of mailroute. Standard library only; nothing here reads, writes or asks the clock."""
