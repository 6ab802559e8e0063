"""How much of a limit is used up."""


def per_mille(used_fen: int, limit_fen: int) -> int:
    """The used part in thousandths, rounded down; a limit of nothing is used up."""
    return 1000 * used_fen // limit_fen if limit_fen else 1000
