"""What a decision does to a ticket: state, events, drafts of mail."""
