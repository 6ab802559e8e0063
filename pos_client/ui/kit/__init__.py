"""The pieces that pages are made of. A page names pieces; how they look is decided here alone."""
