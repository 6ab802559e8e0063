"""Where the lines of a sentence are broken."""

import pytest
from PySide6.QtWidgets import QApplication

from pos_client.ui import tokens
from pos_client.ui.kit import drawing

WIDTH = 200
ADDRESS = "led8-9600:socket://counter-display.example:45083"


@pytest.mark.parametrize(
    "said",
    [ADDRESS, f"{ADDRESS}。", f"地址 {ADDRESS} 写得不对", "请插卡；没有卡按 F2。" * 5, "one word after the other " * 5],
)
def test_no_line_is_wider_than_its_place_and_nothing_is_lost(qapp: QApplication, said: str) -> None:
    lines = drawing._lines(said, WIDTH, tokens.TEXT_PX, True)
    assert max(drawing.width_of(line, bold=True) for line in lines) <= WIDTH
    assert "".join(lines).replace(" ", "") == said.replace(" ", "")
