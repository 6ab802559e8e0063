"""The window: widgets, pages and how they look. It asks the desk for everything and calculates nothing."""
