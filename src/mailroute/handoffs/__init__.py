"""Sales to project: what a rep hands over, read from their own words against a checklist. Pure.

asked.is_asked: does this mail hand something over?   terms.terms_of: what was agreed, by kind
checklist.missing: what the PM would have to ask, so that the rep is asked, never the client
"""
