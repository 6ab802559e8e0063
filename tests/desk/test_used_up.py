import pytest

from pos_client.desk.used_up import per_mille


@pytest.mark.parametrize(
    ("used_fen", "limit_fen", "wanted"),
    [
        (0, 4_000_000, 0),
        (500_000, 4_000_000, 125),
        (1, 3, 333),
        (4_000_000, 4_000_000, 1000),
        (5, 4, 1250),
        (0, 0, 1000),
    ],
)
def test_a_limit_is_used_up_by_so_many_thousandths(used_fen: int, limit_fen: int, wanted: int) -> None:
    assert per_mille(used_fen, limit_fen) == wanted
