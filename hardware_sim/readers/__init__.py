"""Simulated card readers: a serial GemPC Twin, and the card side of the virtual PC/SC reader vpcd."""
