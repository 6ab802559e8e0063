"""Text and lines as every piece draws them."""

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from pos_client.ui import theme, tokens
from pos_client.ui.tokens import Role

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


@lru_cache(maxsize=4096)
def width_of(text: str, size_px: int = tokens.TEXT_PX, bold: bool = False) -> int:
    """How many pixels a text takes in one line."""
    return theme.metrics(size_px, bold).horizontalAdvance(text)


def text(
    painter: QPainter,
    box: QRect,
    said: str,
    *,
    role: Role = Role.INK,
    size_px: int = tokens.TEXT_PX,
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
    whole: bool = False,
) -> int:
    """Draws one line, shortened with an ellipsis where it does not fit unless ``whole``; returns its width."""
    metrics = theme.metrics(size_px, bold)
    shown = said if whole else metrics.elidedText(said, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(theme.font(size_px, bold))
    painter.setPen(theme.colour(role))
    painter.drawText(box, int(align) | int(Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


def wrapped_height(said: str, width: int, size_px: int = tokens.TEXT_PX, bold: bool = False) -> int:
    """How high a text is in lines of that width, each as high as a sentence's line."""
    return tokens.SENTENCE * len(_lines(said, width, size_px, bold))


def wrapped(
    painter: QPainter,
    box: QRect,
    said: str,
    *,
    role: Role = Role.INK,
    size_px: int = tokens.TEXT_PX,
    bold: bool = False,
) -> int:
    """Draws a sentence in as many lines as it needs and returns its height."""
    lines = _lines(said, box.width(), size_px, bold)
    painter.setFont(theme.font(size_px, bold))
    painter.setPen(theme.colour(role))
    for number, line in enumerate(lines):
        place = QRect(box.left(), box.top() + number * tokens.SENTENCE, box.width(), tokens.SENTENCE)
        painter.drawText(place, int(LEFT) | int(Qt.TextFlag.TextSingleLine), line)
    return tokens.SENTENCE * len(lines)


#: What does not begin a line in Chinese typesetting (GB/T 15834).
_NEVER_FIRST = "，。、；：！？）》」”’％%,.;:!?)"


@lru_cache(maxsize=1024)
def _lines(said: str, width: int, size_px: int, bold: bool) -> tuple[str, ...]:
    metrics = theme.metrics(size_px, bold)
    lines = [""]
    for piece in (part for whole in _pieces(said) for part in _cut(whole, width, size_px, bold)):
        if lines[-1] and metrics.horizontalAdvance((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece.lstrip() if not lines[-1] else piece
    return tuple(line.rstrip() for line in lines)


def _cut(piece: str, width: int, size_px: int, bold: bool) -> list[str]:
    """Parts that each fit in a line, one character at the least: an address has no place to break."""
    if width_of(piece.rstrip(), size_px, bold) <= width:
        return [piece]
    parts = [""]
    for character in piece:
        if parts[-1] and width_of(parts[-1] + character, size_px, bold) > width:
            parts.append("")
        parts[-1] += character
    return parts


def _pieces(said: str) -> list[str]:
    """What stays together: a word of Latin letters or figures, or one wide character with the marks that follow."""
    pieces: list[str] = []
    for character in said:
        narrow = ord(character) < 0x2E80 and character != " "
        joins = pieces and (character in _NEVER_FIRST or character == " " or (narrow and _is_narrow(pieces[-1][-1])))
        if joins:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _is_narrow(character: str) -> bool:
    return ord(character) < 0x2E80 and character != " "


def hairline(painter: QPainter, left: int, right: int, y: int, role: Role = Role.LINE) -> None:
    """A line of one pixel."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(theme.colour(role), 1))
    painter.drawLine(left, y, right, y)
    painter.restore()


def box(painter: QPainter, place: QRectF, ground: Role | None, edge: Role | None, width: float, radius: int) -> None:
    """A rounded box, its border inside of the place."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(edge), width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground) if ground is not None else Qt.BrushStyle.NoBrush)
    half = width / 2 if edge is not None else 0
    painter.drawRoundedRect(place.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def key_cap_width(name: str) -> int:
    """How wide a key-cap is."""
    return max(28, width_of(name, bold=True) + 12)


def key_cap(painter: QPainter, left: int, middle: int, name: str, *, state: str = "on") -> int:
    """A key-cap, 24 high; ``state`` is on, next (the next action), dim or inverse; returns its width."""
    width = key_cap_width(name)
    place = QRectF(left, middle - 12, width, 24)
    ground, edge, ink = {
        "on": (Role.PANEL, Role.EDGE, Role.INK),
        "next": (Role.ACCENT, Role.ACCENT, Role.ON_ACCENT),
        "dim": (None, Role.LINE, Role.DIM),
        "inverse": (Role.ACCENT, Role.ON_ACCENT, Role.ON_ACCENT),
    }[state]
    box(painter, place, ground, edge, 1, tokens.RADIUS)
    if state == "on":
        hairline(painter, left + 3, left + width - 4, middle + 10, Role.EDGE)
    text(painter, place.toRect(), name, role=ink, bold=state != "dim", align=CENTRE, whole=True)
    return width
