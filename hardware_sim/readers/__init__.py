"""Simulated card readers: serial CCID readers of several makes, and the card side of the virtual PC/SC reader vpcd."""
