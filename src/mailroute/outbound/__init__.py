"""Mail that leaves: which kinds there are, how they are written, how they are handed over."""
