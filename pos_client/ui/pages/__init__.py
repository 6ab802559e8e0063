"""The pages: one task each, all in the same frame."""
