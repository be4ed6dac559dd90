"""The one way in: ``submit`` opens a matter, ``reply`` takes everything more about a case.

Both are one transaction, give the same receipt to the same message however often or at
once it comes, and write through ``contacts.actions`` and ``cases.actions`` only.
"""
