"""Prints whole lives of new incidents: rows, events and feed as the actions would have left them.

For simulated cities of millions of cases, and for what other systems kept. What the pen
(``cases.ledger``) writes change by change, the press computes in memory and hands over as text
for COPY. It decides nothing and looks nothing up; a test writes the same lives both ways and
compares every column.
"""
