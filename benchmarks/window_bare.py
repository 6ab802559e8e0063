"""A bare PySide6 window, the yardstick of ours: a QMainWindow with one QLineEdit, in Qt's own looks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget


class Bare:
    """The least window into which somebody can type; its line is as high as a line is."""

    def __init__(self, width: int, height: int) -> None:
        self.app = QApplication.instance() or QApplication([])
        self.window = QMainWindow()
        self.edit = QLineEdit()
        centre = QWidget()
        QVBoxLayout(centre).addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        self.window.setCentralWidget(centre)
        self.window.resize(width, height)

    def show(self) -> None:
        """Shows it, ready for typing."""
        self.window.show()
        self.window.activateWindow()
        self.edit.setFocus()
