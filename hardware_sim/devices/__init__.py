"""Simulated counter devices: customer display, price announcer, cash drawer and scanner, each on a line of its own."""
