"""Fields: where something is typed. Focus shows as a thick border and a tint; the label stands inside."""

import unicodedata
from enum import Enum, auto

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from pos_client.ui import theme, tokens
from pos_client.ui.kit import drawing
from pos_client.ui.kit.drawing import LEFT, RIGHT
from pos_client.ui.tokens import Role


class Kind(Enum):
    """What is typed: that decides keyboard, figures and size."""

    SCAN = auto()  # codes and initials: no input method, never full-width
    MONEY = auto()  # an amount: large, at the right
    TEXT = auto()  # anything, also Chinese
    CODE = auto()  # numbers and letters of a form: no input method
    SECRET = auto()  # a password: shown as dots


def shown(kind: Kind, typed: str) -> str:
    """What of a text goes into a field: full-width letters and figures are what an input method leaves behind."""
    plain = typed if kind is Kind.TEXT else unicodedata.normalize("NFKC", typed).replace("。", ".")
    spaced = "".join(" " if one.isspace() else one for one in plain)
    return "".join(one for one in spaced if one.isprintable())


class _Edit(QLineEdit):
    """The line in a field; what is full-width becomes half-width where a code is wanted."""

    def __init__(self, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setStyleSheet("background: transparent; border: none; padding: 0;")  # label and hint lie under the line
        self._kind = kind
        large = kind is Kind.MONEY
        self.setFont(theme.font(tokens.SUBTOTAL_PX if large else tokens.FIGURE_PX, bold=large))
        if kind is not Kind.TEXT:
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText)
        if kind is Kind.MONEY:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setMaxLength(12)
        if kind is Kind.SECRET:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is full-width becomes half-width where a code is wanted; nothing that cannot be seen gets in."""
        typed = event.text()
        is_a_command = len(typed) == 1 and unicodedata.category(typed) == "Cc"
        if is_a_command or typed == shown(self._kind, typed):
            super().keyPressEvent(event)
        else:
            self.insert(shown(self._kind, typed))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming back leaves everything as it was: Qt would choose all, and the next key would take its place."""
        at = self.cursorPosition()
        super().focusInEvent(event)
        self.deselect()
        self.setCursorPosition(at)


class Field(QWidget):
    """A labelled field; Enter goes on, which the page decides."""

    entered = Signal()
    typed = Signal(str)

    def __init__(self, kind: Kind, label: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        """The label stays while something is typed; the hint stands at the right of an empty field."""
        super().__init__(parent)
        self.kind = kind
        self._label, self._hint = label, hint
        self._active = False
        self.edit = _Edit(kind, self)
        self.edit.returnPressed.connect(self.entered)
        self.edit.textEdited.connect(self.typed)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(tokens.TENDER if kind is Kind.MONEY else tokens.FIELD)
        self._name()
        self.restyle()

    @property
    def text(self) -> str:
        """What stands in it, without spaces around; a password as it was typed."""
        raw = self.edit.text()
        return raw if self.kind is Kind.SECRET else raw.strip()

    def type_in(self, text: str) -> None:
        """Types a text where the cursor is, as a hand would."""
        self.edit.insert(shown(self.kind, text))

    def set_text(self, text: str) -> None:
        """Puts a text in place of what stands there."""
        if self.edit.text() != text:
            self.edit.setText(text)

    def relabel(self, label: str, hint: str = "") -> None:
        """Other words for the field."""
        if (label, hint) != (self._label, self._hint):
            self._label, self._hint = label, hint
            self._name()
            self._place()
            self.update()

    def clear(self) -> None:
        """Empties it."""
        self.edit.clear()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, self.height())

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Focus of the line is focus of the field."""
        if isinstance(event, QFocusEvent):
            self._active = event.gotFocus()
            self.restyle()
            self.update()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line keeps clear of the label."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Border, ground, label, hint."""
        del event
        with QPainter(self) as painter:
            ground = Role.TINT if self._active else Role.PANEL
            edge, width = (Role.ACCENT, 2) if self._active else (Role.EDGE, 1)
            if not self.isEnabled():
                ground, edge = Role.CANVAS, Role.LINE
            drawing.box(painter, QRectF(self.rect()), ground, edge, width, tokens.RADIUS)
            inside = self.rect().adjusted(12, 0, -12, 0)
            empty = not self.edit.text()
            if self._label_stays or empty:
                place = inside if self._label_stays else inside.adjusted(4, 0, 0, 0)  # the cursor stands before it
                taken = drawing.text(painter, place, self._label, role=Role.SOFT, align=LEFT)
                if empty and self._hint and not (self.kind is Kind.MONEY and self._active):
                    drawing.text(painter, inside.adjusted(taken + 16, 0, 0, 0), self._hint, role=Role.SOFT, align=RIGHT)

    @property
    def _label_stays(self) -> bool:
        return self.kind is not Kind.SCAN

    def _place(self) -> None:
        taken = drawing.width_of(self._label) + 16 if self._label_stays else 0
        self.edit.setGeometry(QRect(12 + taken, 2, max(self.width() - 24 - taken, 24), self.height() - 4))

    def _name(self) -> None:
        self.setAccessibleName(self._label)
        self.edit.setAccessibleName(self._label)

    def restyle(self) -> None:
        """The colour of what is typed, as the colours are now."""
        palette = QPalette(self.edit.palette())
        palette.setColor(QPalette.ColorRole.Text, theme.colour(Role.INK))
        self.edit.setPalette(palette)
