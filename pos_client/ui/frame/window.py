"""The window: one frame, and pages that fill it one after the other."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_client.ui import theme, tokens
from pos_client.ui.frame.band import Band
from pos_client.ui.frame.key_bar import KeyBar
from pos_client.ui.frame.keys import BY_CODE, Key
from pos_client.ui.frame.message_line import Message, MessageLine
from pos_client.ui.frame.page import Page
from pos_client.ui.frame.scan_catcher import ENDS, ScanCatcher
from pos_client.ui.frame.strip import Strip, StripState
from pos_client.ui.frame.typed_ahead import TypedAhead
from pos_client.ui.kit.button import ActionButton
from pos_client.ui.kit.fields import Field, Kind
from pos_client.ui.kit.sheet import Sheet
from pos_client.ui.kit.sign import Sign
from pos_client.ui.tokens import WIDE, Role, measures
from pos_client.ui.words import frame as words
from pos_client.ui.words import say


class _Ground(QWidget):
    """A place with one of the grounds."""

    def __init__(self, role: Role, parent: QWidget) -> None:
        super().__init__(parent)
        self._role = role
        self.setAutoFillBackground(True)
        self.repaint_ground()

    def repaint_ground(self) -> None:
        """The ground's colour of today."""
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.colour(self._role))
        self.setPalette(palette)


class Window(QWidget):
    """Strip, columns, message line, key bar; keys of the key bar go to the page in front."""

    closing = Signal()
    """Somebody wants to close the window."""
    escaped_wait = Signal()
    """Esc while something is waited for."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        # Smaller than there is room for everything, so that it can say so on a screen that is too small.
        self.setMinimumSize(tokens.LEAST_WIDTH * 2 // 3, tokens.LEAST_HEIGHT * 2 // 3)
        self._measures = WIDE
        self._pages: list[Page] = []
        self._wait: Message | None = None
        self._may_close = False
        self._typed_ahead = TypedAhead()
        self._typing_it = False
        self._dropped: list[QWidget] = []
        self._build()
        self._catcher = ScanCatcher(self._scanned)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    # --- building ---

    def _build(self) -> None:
        self.strip, self.band = Strip(self), Band(self)
        self._left_ground = _Ground(Role.CANVAS, self)
        self._centre_ground = _Ground(Role.PANEL, self)
        self._right_ground = _Ground(Role.PANEL, self)
        self.left, self.right = Sheet(say(words.PERSON)), Sheet(say(words.YUAN))
        self._stack = QStackedWidget(self._centre_ground)
        self.button = ActionButton(self._right_ground)
        self.button.pressed.connect(self._act)
        self.message_line, self.key_bar = MessageLine(self), KeyBar(self)
        self.key_bar.clicked.connect(lambda key: self._press(Key(key)))
        self._lay_out_columns()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.strip)
        whole.addWidget(self.band)
        whole.addLayout(self._columns, 1)
        whole.addWidget(self.message_line)
        whole.addWidget(self.key_bar)

    def _lay_out_columns(self) -> None:
        self._columns = QHBoxLayout()
        self._columns.setSpacing(0)
        left = QVBoxLayout(self._left_ground)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.left, 1)
        centre = QVBoxLayout(self._centre_ground)
        centre.setContentsMargins(0, 0, 0, 0)
        centre.addWidget(self._stack)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(8)
        right = QVBoxLayout(self._right_ground)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.right, 1)
        right.addLayout(self._foot)
        self._line = _Ground(Role.LINE, self)
        self._line.setFixedWidth(1)
        self._columns.addWidget(self._left_ground)
        self._columns.addWidget(self._centre_ground, 1)
        self._columns.addWidget(self._line)
        self._columns.addWidget(self._right_ground)

    # --- pages ---

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._pages[-1]

    @property
    def pages(self) -> tuple[Page, ...]:
        """All open pages, the one in front last."""
        return tuple(self._pages)

    def open(self, page: Page) -> None:
        """Puts a page in front."""
        if self._pages:
            self._pages[-1].hidden()
        self._pages.append(page)
        self._stack.addWidget(page.centre)
        page.changed.connect(self._changed)
        self._bring_to_front()

    def close_page(self) -> None:
        """Takes the page in front away; the last one stays."""
        if len(self._pages) > 1:
            self._drop(self._pages.pop())
            self._bring_to_front()

    def show_only(self, page: Page) -> None:
        """Takes all pages away and shows this one."""
        while self._pages:
            self._drop(self._pages.pop())
        self.open(page)

    def _drop(self, page: Page) -> None:
        page.hidden()
        page.changed.disconnect(self._changed)
        foot = page.foot()
        if foot is not None and foot.parent() is self._right_ground:
            self._foot.removeWidget(foot)
            foot.setParent(None)
        self._stack.removeWidget(page.centre)
        self._dropped.append(page.centre)

    def sweep(self) -> None:
        """Lets go of pages that were closed; nothing that they asked may be under way any more."""
        while self._dropped:
            self._dropped.pop().deleteLater()

    def _bring_to_front(self) -> None:
        self._stack.setCurrentWidget(self.page.centre)
        self.page.shown()
        self.refresh()

    def _changed(self) -> None:
        if self.sender() is self.page:
            self.refresh()

    def refresh(self) -> None:
        """Draws what the page in front says."""
        page = self.page
        self.left.fill(page.left(), self._measures)
        self.band.fill(page.band())
        self.right.fill(page.right(), self._measures)
        self._show_foot(page.foot())
        action = page.action() if self._wait is None and not page.busy else None
        self.button.show_action(action.cap if action else "", action.words if action else "")
        keys = self._keys()
        self.key_bar.show_keys(keys, action.key if action else None, self._measures)
        self.message_line.show_message(self._wait or self._said(page), self._measures)
        self._set_focus(page.focus())
        if not self._typing_it:
            self._typing_it = True
            try:
                self._type_what_waits()
            finally:
                self._typing_it = False

    def _set_focus(self, wanted: QWidget | None) -> None:
        focused = self.focusWidget()
        if wanted is not None and not wanted.hasFocus() and QApplication.focusWidget() is not wanted.focusProxy():
            wanted.setFocus()
        elif wanted is None and focused is not None and not focused.isVisible():
            focused.clearFocus()  # it belongs to a page that is behind or gone

    def _said(self, page: Page) -> Message:
        if not page.spoke and (self.width() < tokens.LEAST_WIDTH or self.height() < tokens.LEAST_HEIGHT):
            return Message(Sign.LOOK, say(words.TOO_SMALL))
        return page.message()

    def _show_foot(self, foot: QWidget | None) -> None:
        for number in reversed(range(self._foot.count())):
            item = self._foot.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in (foot, self.button):
                self._foot.removeWidget(widget)
                widget.hide()
                widget.setParent(None)
        if foot is not None and foot.parent() is not self._right_ground:
            self._foot.insertWidget(0, foot)
            foot.show()
        if self._foot.indexOf(self.button) < 0:
            self._foot.addWidget(self.button)

    # --- strip and waiting ---

    def show_strip(self, state: StripState) -> None:
        """What the strip says now."""
        self.strip.show_state(state, self._measures)

    def show_wait(self, words_of_wait: str) -> None:
        """A wait of more than a second, or its end."""
        self._wait = Message(Sign.NOTE, words_of_wait) if words_of_wait else None
        self.refresh()

    def restyle(self) -> None:
        """Draws everything anew: other colours, or another language."""
        for ground in self.findChildren(_Ground):
            ground.repaint_ground()
        for field in self.findChildren(Field):
            field.restyle()
        for widget in self.findChildren(QWidget):
            widget.update()
        self.refresh()

    # --- size ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size may want other measures."""
        super().resizeEvent(event)
        self._measures = measures(self.width(), self.height())
        m = self._measures
        self.band.setVisible(m.compact)
        self._left_ground.setVisible(not m.compact)
        self._left_ground.setFixedWidth(m.left)
        self._right_ground.setFixedWidth(m.right)
        side = m.padding
        self._foot.setContentsMargins(side, 0, side, 16 if m.compact else 24 if m.roomy else 16)
        self.strip.show_state(self.strip.state, m)
        if self._pages:
            self.refresh()

    # --- keys ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the key bar, and scans, before the field with the cursor gets them."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self._pages:
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self:
            return False
        focused = QApplication.focusWidget()
        if watched is focused:
            return self._key(event)
        # What a field did not want comes up to the window, and was looked at before.
        return watched is self and (focused is None or event.key() in BY_CODE) and self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        pressed = BY_CODE.get(event.key())
        if pressed is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not event.isAutoRepeat():
                self._press(pressed)
            return True
        if event.key() in ENDS and event.isAutoRepeat():
            return True  # held too long, it would say yes to what nobody has read
        if self._at_work:
            self._typed_ahead.note(event, self.page, self._field)
            return True
        field = self._field
        if not (field is not None and field.kind in (Kind.SCAN, Kind.SECRET)) and self._catcher.key(
            event, None if field is None else field.edit
        ):
            return True
        return self.page.pressed(event)

    @property
    def _at_work(self) -> bool:
        return self.page.busy or self._wait is not None

    @property
    def _field(self) -> Field | None:
        """The field with the cursor."""
        widget = QApplication.focusWidget()
        parent = widget.parentWidget() if widget is not None else None
        return parent if isinstance(parent, Field) else None

    def _type_what_waits(self) -> None:
        while not self._at_work:
            stroke = self._typed_ahead.take(self.page, self._field)
            if stroke is None:
                return
            if stroke.is_scan:
                self._scanned(stroke.text)
                continue
            if stroke.key in BY_CODE:
                self._press(BY_CODE[stroke.key])
                continue
            for event in stroke.events():
                QApplication.sendEvent(self.focusWidget() or self, event)

    def _keys(self) -> Mapping[Key, Callable[[], None]]:
        if self._wait is not None:
            return {Key.ESC: self.escaped_wait.emit}
        return {} if self.page.busy else self.page.keys()

    def _press(self, key: Key) -> None:
        if key is Key.ESC:
            self._typed_ahead.forget()
        elif self._at_work:
            if key not in (Key.F8, Key.F9):  # money never moves by a key from before the clerk saw the amount
                event = QKeyEvent(QEvent.Type.KeyPress, int(key), Qt.KeyboardModifier.NoModifier)
                self._typed_ahead.note(event, self.page, self._field)
            return
        act = self._keys().get(key)
        if act is not None:
            act()

    def _act(self) -> None:
        action = None if self.page.busy else self.page.action()
        if action is not None and action.key is not None:
            self._press(action.key)
        elif action is not None:
            target = self.page.focus()
            if isinstance(target, Field):
                target.entered.emit()
            else:
                self.page.pressed(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))

    def scan(self, code: str) -> None:
        """A scanner with a line of its own sent this: the same as one that types, wherever the cursor is."""
        if self._at_work:
            self._typed_ahead.note_scan(code, self.page)
        else:
            self._scanned(code)

    def _scanned(self, code: str) -> None:
        self.page.scanned(code)

    # --- the end ---

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks the program first: a bill under way is kept, what is being sent is waited for."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def close_for_good(self) -> None:
        """Ends the window."""
        self._may_close = True
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.close()
