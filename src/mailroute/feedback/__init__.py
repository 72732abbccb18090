"""What the market says: remarks of clients grouped into themes, counted once an account, with their quotes. Pure.

remarks (account lines) -> grouping.group -> themes -> counting.counted -> the table, the chart and the digest
"""
