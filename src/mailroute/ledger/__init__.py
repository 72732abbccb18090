"""What a client has told us and what we have asked: nobody is asked twice. Pure."""
