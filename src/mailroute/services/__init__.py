"""The verbs of the product, each with its own transaction."""
