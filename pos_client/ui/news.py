"""What happens beside the clerk's work is told on the page in front: of paper, of devices, of bills of the past."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_client.ui.frame.message_line import Message, of_problem
from pos_client.ui.kit.sign import Sign

if TYPE_CHECKING:
    from pos_client.errors import Problem
    from pos_client.ui.program import Program


class NewsTeller(QObject):
    """Tells it when it does not get in the way."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self._program = program
        program.devices.waiting.connect(self._of_devices)
        program.printing.told.connect(self._of_paper)
        program.printing.failed.connect(self._of_paper_in_trouble)

    def of_the_past(self) -> None:
        """Quietly: on the first page, when it has nothing else to say."""
        program, welcome = self._program, self._program.welcome
        if program.window.page is welcome and not welcome.speaks and (news := program.background.next_news()):
            welcome.say(Sign.DONE if news.good else Sign.LOOK, news.sentence)

    def _of_devices(self) -> None:
        """Quietly, when nothing else is said; what wants a hand now stands after what is said."""
        language, page = self._program.language, self._program.window.page
        if page.busy or (news := self._program.devices.next_news(quiet=not page.speaks)) is None:
            return
        told, before = of_problem(news.problem, language), page.message()
        if page.speaks:
            said = before.text + ("" if language == "zh" else " ") + told.text
            page.say(Sign.LOOK if before.sign is Sign.DONE else before.sign, said, told.code)
        else:
            page.say(Sign.DONE if news.good else told.sign, told.text, told.code)

    def _of_paper(self, message: Message) -> None:
        self._program.window.page.say(message.sign, message.text, message.code)

    def _of_paper_in_trouble(self, problem: "Problem") -> None:
        self._of_paper(of_problem(problem, self._program.language))
