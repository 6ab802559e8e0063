"""Scenes for pictures: the real program at a simulated desk, brought to each of its states by keys alone."""
