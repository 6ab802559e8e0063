"""What is no page: the slip on paper, and the panel of the simulated devices."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hardware_sim.panel import theme as panel_theme
from hardware_sim.panel.bureau import Bureau
from hardware_sim.panel.child import FrontEndChild
from hardware_sim.panel.reader import Reader
from hardware_sim.panel.window import PanelWindow, Relay
from pos_client.desk import reprint
from pos_client.desk.recent import recent_sales
from pos_client.ui import theme
from pos_client.ui.paper.press import to_image
from rehearsal.scenes.sales import a_bill
from rehearsal.scenes.stage import Stage, forget
from rehearsal.scenes.story import Shown, Still, story

_WIDE: Final = (1024, 720)
_NARROW: Final = (480, 760)
#: The panel looks after its server once a second.
_LOOK_MS: Final = 1_200


@story("slip")
def slip(stage: Stage) -> Iterator[Shown]:
    """The slip of a sale, as the patient gets it."""
    clerk = stage.start()
    a_bill(stage, clerk)
    clerk.press("F5")
    clerk.write("100")
    clerk.press("F8")
    stage.stop()
    with stage.behind() as office:
        (sale,) = recent_sales(office.books)
        yield Still("slip", "paper", to_image(reprint.slip_of(office, sale.id)))


@story("panel", "panel-faults")
def panel(stage: Stage) -> Iterator[Shown]:
    """The window of what is simulated: cards and people, and the bureau with its faults."""
    with _panel_of(stage) as window:
        QTest.keyClick(window.person_page.rows, Qt.Key.Key_Return)
        QTest.qWait(_LOOK_MS)
        yield Still("panel", "panel", window)
        window.resize(*_NARROW)
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F11)
        QTest.qWait(_LOOK_MS)
        yield Still("panel-faults", "panel", window)


@contextmanager
def _panel_of(stage: Stage) -> Iterator[PanelWindow]:
    with tempfile.TemporaryDirectory(prefix="pos-client-") as folder:
        bureau = Bureau(FrontEndChild(Path(folder), 0, f"sqlite:///{folder}/bureau.db"))
        relay = Relay()
        panel_theme.use(dark=stage.theme == "dark")
        try:
            seen = bureau.start()
            with Reader(0, relay.befallen.emit) as reader:
                window = PanelWindow(reader, relay, bureau, seen, stage.language)
                window.resize(*_WIDE)
                window.show()
                window.activateWindow()
                try:
                    yield window
                finally:
                    window.close()
                    forget(window)
        finally:
            bureau.close()
            theme.use(stage.theme)
