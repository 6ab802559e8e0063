"""What the strip says of this desk: where it is, what was counted last, the reader, the time."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_client.ui.status import strip_state

if TYPE_CHECKING:
    from pos_client.desk.counter import Counter
    from pos_client.desk.shift_view import Place, ShiftView
    from pos_client.ui.program import Program


class Standing(QObject):
    """The desk as the strip shows it; ``place`` is None until somebody works here."""

    counted = Signal(object)
    """What was counted: a ``ShiftView``."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self._program = program
        self._counter: Counter | None = None
        self.place: Place | None = None
        self.shift: ShiftView | None = None

    def begin(self, counter: "Counter", place: "Place") -> None:
        """Somebody works here now."""
        self._counter, self.place = counter, place
        self.count()
        self.show()

    def end(self) -> None:
        """The desk is being closed."""
        self._counter = self.place = self.shift = None
        self.show()

    def count(self) -> None:
        """Counts again in the desk's lane, where somebody works."""
        if self._counter is not None:
            self._program.desk.do(self._counter.shift, self._counted, lambda _: None)

    def count_at_leisure(self) -> None:
        """Counts again when the desk has nothing else to do."""
        if not self._program.desk.busy:
            self.count()

    def _counted(self, shift: "ShiftView") -> None:
        if shift.last is not None and shift.last.id in self._program.printing.copies:
            shift = replace(shift, last=replace(shift.last, printed=True))
        self.shift = shift
        self.show()
        self.counted.emit(shift)

    def show(self) -> None:
        """Shows what is known."""
        program = self._program
        program.window.show_strip(strip_state(self.place, self.shift, program.watch.state, program.clock_face()))
