"""Whole days of several desks against one bureau, in one process under virtual time, everything from one seed."""
