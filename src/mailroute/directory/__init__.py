"""Who is this? Identity of a message's author and requester over a snapshot of people."""
