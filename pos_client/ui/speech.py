"""The language of the window: Chinese is what its words are written in, others are translated."""

from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from pos_client.phrase import Language


def speak(app: QApplication, language: Language) -> None:
    """Words in that language; Chinese is what they are written in."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    if language == "zh":
        return
    translator = QTranslator(app)
    if translator.load(str(Path(__file__).parent / "translations" / f"pos_{language}.qm")):
        app.installTranslator(translator)
