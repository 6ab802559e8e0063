"""How large the window is drawn: as wished, as long as all of it has room on the screen."""

import math

from pos_client.ui.tokens import LEAST_HEIGHT, LEAST_WIDTH


def fitting(wish: float, width_px: int, height_px: int) -> float:
    """The scale to use on a screen of that many physical pixels: the wish, or the largest that still fits.

    A screen that has no room even at one pixel a pixel gets that: what is smaller nobody can read.
    """
    most = min(width_px / LEAST_WIDTH, height_px / LEAST_HEIGHT)
    return min(wish, max(math.floor(most * 100) / 100, 1.0))
