"""Ratio tables: the split of a bill against programs that do the same in another way, all in one run."""
