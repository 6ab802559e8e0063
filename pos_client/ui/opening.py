"""From the first frame to the first person: the desk is opened, set up where it is new, closed, opened again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject

from pos_client.errors import Problem
from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.starting import StartingPage

if TYPE_CHECKING:
    from pos_client.desk.opening import Opening, Stage
    from pos_client.desk.sale_view import SaleView
    from pos_client.desk.setup import Setup
    from pos_client.desk.shift_view import Place
    from pos_client.runtime import Runtime
    from pos_client.ui.ground import Ground
    from pos_client.ui.program import Program


@runtime_checkable
class _Door(Protocol):
    """A door to the network at which nobody has to wait (``sync.abandonable``)."""

    def act(self) -> AbstractContextManager[None]: ...

    def abandon(self) -> None: ...


class Opener(QObject):
    """Opens and closes the desk in its lane and puts the page in front that follows. What the first frame does not show
    is loaded behind it.
    """

    def __init__(self, program: "Program", ground: "Ground") -> None:
        super().__init__(program)
        self._program, self._ground = program, ground
        self._outside: AbstractContextManager[Runtime] | None = None
        self._door: _Door | None = None
        self._opening: Opening | None = None
        self._starting: StartingPage | None = StartingPage(program)
        program.window.open(self._starting)
        self.notices: list[str] = []
        """What the clerk is told when the first page is there."""
        self.exit_code = 0
        """What the program ends with: the code of what kept the desk from opening."""

    # --- opening ---

    def begin(self) -> None:
        """Opens the desk behind a page that takes what is typed meanwhile."""
        self.exit_code = 0
        if self._program.window.page is not self._starting:  # the desk was open before, or could not be opened
            self._starting = StartingPage(self._program)
            self._program.window.show_only(self._starting)
        self._program.desk.do(self._open, self._opened, self._refused)

    def _open(self) -> "Stage":
        """In the desk's lane, as all that is heavy to load."""
        from pos_client.desk.opening import Opening

        if self._opening is None:
            outside = self._ground.open_runtime()
            runtime = outside.__enter__()
            self._outside = outside
            if isinstance(runtime.http, _Door):
                self._door = runtime.http
                self._program.desk.around = self._door.act
            self._opening = Opening(self._ground.home, self._ground.environment, runtime)
        return self._opening.open()

    def _opened(self, stage: "Stage") -> None:
        from pos_client.desk.opening import Stage

        program, opening = self._program, self._opening
        assert opening is not None
        if stage is Stage.FIRST_START:
            from pos_client.ui.pages.first_start import FirstStartPage

            program.window.show_only(FirstStartPage(program, opening.setup))
            return
        assert opening.counter is not None
        program.desk_opened(opening.counter)
        if opening.crash is not None:
            self.notices.append(opening.crash.say(program.language))
            opening.crash = None
        if stage is Stage.SIGN_IN:
            from pos_client.ui.pages.sign_in import SignInPage

            program.window.show_only(SignInPage(program))
            program.desk.do(lambda: None, lambda _: self._hand_on(), self._refused)  # after what the page itself asks
        else:
            program.desk.do(opening.counter.sign_in, lambda _: self.signed_in(), self._refused)

    def _refused(self, problem: Problem) -> None:
        from pos_client.ui.pages.not_opened import NotOpenedPage

        self.exit_code = problem.exit_code
        page = NotOpenedPage(self._program, problem, str(self._ground.home.folder))
        self._program.window.show_only(page)

    def signed_in(self) -> None:
        """Somebody works now: what was left open comes back, then the first page is there."""
        program = self._program
        program.desk.do(lambda: program.counter.place, self._placed, self._refused)

    def _placed(self, place: "Place") -> None:
        counter = self._program.counter

        def nothing_back(problem: Problem) -> None:
            self._show_first(place, None)
            self._program.window.page.tell(problem)

        self._program.desk.do(counter.sale.bring_back, lambda view: self._show_first(place, view), nothing_back)

    def _show_first(self, place: "Place", view: "SaleView | None") -> None:
        program = self._program
        program.serve(place)
        if view is not None:
            program.welcome.brought_back(view)
        if self.notices:
            page = program.window.page
            told = [*self.notices, *([page.message().text] if view is not None else [])]
            page.say(Sign.LOOK, ("" if program.language == "zh" else " ").join(told))
            self.notices.clear()
        self._hand_on()
        program.desk.do(program.counter.probe, lambda _: program.refresh_strip(), program.window.page.tell)

    def _hand_on(self) -> None:
        starting, self._starting = self._starting, None
        if starting is not None:
            starting.hand_on(self._program.window)

    @property
    def setup(self) -> "Setup":
        """What first start and settings are made with."""
        assert self._opening is not None, "somebody has begun"
        return self._opening.setup

    # --- waiting and ending ---

    def stop_waiting(self) -> None:
        """Gives up what the window shows as waited for: a reading, or what the bureau was asked."""
        program, opening = self._program, self._opening
        if opening is None:
            return
        opening.setup.abandon()
        if program.cards.shows_wait and opening.counter is not None:
            opening.counter.cards.abandon()
        if program.desk.shows_wait and self._door is not None:
            self._door.abandon()

    def end(self, then: Callable[[], None]) -> None:
        """Closes the desk once what is under way has ended."""
        self._program.desk.do_last(self._close, then)

    def _close(self) -> None:
        if self._opening is not None:
            self._opening.close()
        outside, self._outside = self._outside, None
        if outside is not None:
            outside.__exit__(None, None, None)
