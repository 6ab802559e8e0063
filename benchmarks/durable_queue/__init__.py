"""The journal as a durable queue beside those that Python programs use: speed, durability and kill -9 in one table.

All of them run in the same rounds, with the same payload, at the same ``synchronous`` level, which is read back and
printed. A queue's ``put`` is our intent; its ``take`` and ``acknowledge`` are what lies between an intent and its
outcome. Ours writes more at both (who, when, what amount, the state machine) and encrypts every page.
"""
