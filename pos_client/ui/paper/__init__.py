"""Slips drawn for 80 mm paper: on the screen, as PDF, on the printer."""
