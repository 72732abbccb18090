"""The built-in routing rules, one a file."""
