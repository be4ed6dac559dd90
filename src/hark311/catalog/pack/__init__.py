"""A city as readable files: reads a pack, and names every fault with file, line and remedy.

``check_pack`` lists the faults of a folder; ``read_pack`` gives the pack as frozen records.
Nothing here knows a database: loading a pack into tables is another package's work.
"""
