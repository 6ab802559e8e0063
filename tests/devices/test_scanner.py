"""Scans are cut at their ends, wherever the pieces break; what is damaged never comes through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_client.devices.model import ScannerModel, load
from pos_client.devices.scanner import MOST_A_SECOND, MOST_CHARACTERS, Scan, ScanCutter

PRINTABLE = st.characters(codec="utf-8").filter(str.isprintable)
codes = st.text(PRINTABLE, min_size=1, max_size=MOST_CHARACTERS).filter(lambda text: bool(text.strip()))
ends = st.sampled_from([b"\r", b"\n", b"\r\n"])
VOUCHER = "2812345678901234567890123456"


def cutter() -> ScanCutter:
    model = load("scanner")
    assert isinstance(model, ScannerModel)
    return ScanCutter(model)


def texts(scans: tuple[Scan, ...]) -> list[str]:
    return [scan.text for scan in scans]


@given(st.lists(codes, max_size=MOST_A_SECOND), ends, st.data())
def test_every_scan_comes_through_once_and_untouched(several: list[str], end: bytes, data: st.DataObject) -> None:
    sent = b"".join(code.encode() + end for code in several)
    cuts, came, now_ms = cutter(), list[str](), 0
    while sent:
        size = data.draw(st.integers(1, len(sent)))
        now_ms += data.draw(st.integers(0, 140))
        cut = cuts.feed(sent[:size], now_ms)
        assert not cut.damaged
        came += texts(cut.scans)
        sent = sent[size:]
    assert came == several


@given(st.lists(codes, max_size=5))
def test_a_pause_ends_a_scan_too(several: list[str]) -> None:
    cuts, came, now_ms = cutter(), list[str](), 0
    for code in several:
        came += texts(cuts.feed(code.encode(), now_ms).scans)
        assert texts(cuts.feed(b"", now_ms + 149).scans) == []
        now_ms += 150
        came += texts(cuts.feed(b"", now_ms).scans)
    assert came == several


def test_a_process_that_was_held_up_does_not_take_its_own_pause_for_the_end() -> None:
    cuts = cutter()
    assert cuts.feed(VOUCHER[:10].encode(), 0).scans == ()
    assert texts(cuts.feed(VOUCHER[10:].encode() + b"\r", 900).scans) == [VOUCHER]


@given(st.binary(max_size=3000), st.data())
def test_whatever_comes_a_scan_is_printable_not_empty_and_short(noise: bytes, data: st.DataObject) -> None:
    cuts, now_ms = cutter(), 0
    while noise:
        size = data.draw(st.integers(1, len(noise)))
        now_ms += data.draw(st.integers(0, 500))
        for scan in cuts.feed(noise[:size], now_ms).scans:
            assert scan.text.isprintable()
            assert scan.text.strip()
            assert len(scan.text) <= MOST_CHARACTERS
        noise = noise[size:]


@pytest.mark.parametrize("empty", [b"\r", b"\n\n\r\r", b"  \r", b""])
def test_nothing_is_no_scan_and_no_damage(empty: bytes) -> None:
    cut = cutter().feed(empty, 0)
    assert (cut.scans, cut.damaged) == ((), False)


@pytest.mark.parametrize("damaged", [b"12\x0034\r", b"\xff\xfe\r", b"a\tb\r", b"7" * 129 + b"\r", b"\x1b[A\r"])
def test_what_is_damaged_is_thrown_away_and_the_next_scan_is_whole(damaged: bytes) -> None:
    cut = cutter().feed(damaged + VOUCHER.encode() + b"\r", 0)
    assert texts(cut.scans) == [VOUCHER]
    assert cut.damaged


@pytest.mark.parametrize(
    ("sent", "scanned"),
    [
        (b"\x026901234567892\x03\r", "6901234567892"),
        (b"6901234567892\t\r\n", "6901234567892"),
        (b"0106901234567892\x1d10A1\x1d17261231\r", "010690123456789210A117261231"),
        (b"[)>\x1e06\x1d9N1123456780\x1e\x04\r", "[)>069N1123456780"),
    ],
)
def test_what_a_keyboard_wedge_would_not_type_is_left_out(sent: bytes, scanned: str) -> None:
    cut = cutter().feed(sent, 0)
    assert (texts(cut.scans), cut.damaged) == ([scanned], False)


def test_a_frame_without_a_scan_is_none() -> None:
    cut = cutter().feed(b"\x02\x03\r\x1d\r", 0)
    assert (cut.scans, cut.damaged) == ((), False)


def test_a_frame_is_the_only_end_that_some_scanners_send() -> None:
    cuts = cutter()
    assert cuts.feed(b"\x02" + VOUCHER.encode() + b"\x03", 0).scans == ()
    assert texts(cuts.feed(b"", 150).scans) == [VOUCHER]


def test_a_flood_without_an_end_is_cut() -> None:
    cuts = cutter()
    for now_ms in range(0, 1000, 20):
        assert not cuts.feed(b"7" * 4096, now_ms).damaged
        assert len(cuts._pending) <= 512
    cut = cuts.feed(b"\r" + VOUCHER.encode() + b"\r", 1000)
    assert texts(cut.scans) == [VOUCHER]
    assert cut.damaged


def test_a_flood_of_scans_is_cut_and_ends_with_it() -> None:
    cuts = cutter()
    cut = cuts.feed(b"1\r" * 1000, 0)
    assert len(cut.scans) == MOST_A_SECOND
    assert cut.damaged
    assert texts(cuts.feed(VOUCHER.encode() + b"\r", 1000).scans) == [VOUCHER]


def test_the_first_half_of_a_scan_before_a_broken_line_is_forgotten() -> None:
    cuts = cutter()
    cuts.feed(b"123", 0)
    cuts.forget()
    assert texts(cuts.feed(b"456\r", 20).scans) == ["456"]


def test_a_scan_does_not_show_what_it_holds() -> None:
    assert VOUCHER not in repr(Scan(VOUCHER))
    assert VOUCHER not in f"{Scan(VOUCHER)!s} {cutter().feed(VOUCHER.encode() + b'x', 0)!r}"
