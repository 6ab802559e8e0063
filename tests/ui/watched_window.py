"""Runs ``pos-client`` with eyes and hands: ``python watched_window.py TEXT… -- ARGUMENT…``.

Once the first page is there each text is typed and Enter pressed; whenever the window says or shows something else, one
JSON line tells of it: page, message, code, and the lines of the bill in front.
"""

import json
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_client.__main__ import main
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.program import Program

mark = sys.argv.index("--")
texts, sys.argv = sys.argv[1:mark], ["pos-client", *sys.argv[mark + 1 :]]
start = Program.start


def watched(self: Program) -> None:
    told = ""

    def tell() -> None:
        nonlocal told
        page, message = self.window.page, self.window.message_line.message
        lines = [line.name for line in page.view.lines] if isinstance(page, SalePage) else []
        now = json.dumps(
            {"page": type(page).__name__, "message": message.text, "code": message.code, "lines": lines},
            ensure_ascii=False,
        )
        if now != told:
            told = now
            sys.stdout.write(now + "\n")
            sys.stdout.flush()

    def type_in() -> None:
        for text in texts:
            for character in text:
                QTest.keyClicks(QApplication.focusWidget() or self.window, character)
            QTest.qWait(100)
            QTest.keyClick(QApplication.focusWidget() or self.window, Qt.Key.Key_Return)
            QTest.qWait(100)

    self.ready.connect(lambda: QTimer.singleShot(0, type_in))
    self.look = QTimer(interval=20)  # type: ignore[attr-defined]
    self.look.timeout.connect(tell)  # type: ignore[attr-defined]
    self.look.start()  # type: ignore[attr-defined]
    start(self)


Program.start = watched  # type: ignore[method-assign]
main()
