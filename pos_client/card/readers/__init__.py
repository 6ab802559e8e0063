"""The readers: PC/SC, serial CCID, makers' libraries; each carries commands to a card and knows no card itself."""
