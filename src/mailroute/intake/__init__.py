"""Doors by which mail comes in: SMTP and LMTP, files. Each gives `ReceivedMail` to a `keep` that it is handed."""
