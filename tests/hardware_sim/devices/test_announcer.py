"""The simulated announcer by its command list alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.devices.announcer import Heard, PriceAnnouncer


def heard_of(*parts: bytes) -> list[Heard]:
    heard: list[Heard] = []
    announcer = PriceAnnouncer(heard.append)
    for part in parts:
        announcer.receive(part)
    return heard


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"86.40J", ["请您付款86.40元"]),
        (b"100Y13.60Z", ["预收100元", "找零13.60元"]),
        (b"D", ["请当面点清，谢谢"]),
        (b"ED0.05P", ["退款", "0.05元"]),
        (b"WX", ["您好，请稍等", "谢谢"]),
        (b"?!86.40J", ["请您付款86.40元"]),
        (b"86.40", []),
    ],
)
def test_what_is_said(data: bytes, said: list[str]) -> None:
    assert [one.said for one in heard_of(data) if one.said] == said


def test_rows_are_written_and_cleared() -> None:
    rows = [one.rows for one in heard_of("&C11总额$&C21退款：1.00元$&Sc$#退款：2.00元#*".encode("gb18030"))]
    assert rows == [((1, "总额"),), ((1, "总额"), (2, "退款：1.00元")), (), ((1, "退款：2.00元"),), ()]


def test_starting_afresh_clears() -> None:
    assert heard_of(b"#1#F")[-1] == Heard("", ())


@given(st.integers(1, 30))
def test_pieces_do_not_matter(at: int) -> None:
    whole = "&C21退款：1.00元$ED12.30P".encode("gb18030")
    assert heard_of(whole[:at], whole[at:]) == heard_of(whole)


@given(st.binary(max_size=300))
def test_noise_never_stops_it(noise: bytes) -> None:
    assert heard_of(noise, b" " * 200, b"1.00J")[-1].said == "请您付款1.00元"
