"""Identifying somebody for a stay: the same ways as for a sale; what follows is the stay's."""

from collections.abc import Callable

from pos_client.desk.shown_credential import Shape, recognised
from pos_client.desk.stay_view import Arrived
from pos_client.ui.frame.page import Page
from pos_client.ui.pages.identify import IdentifyPage
from pos_client.ui.shell import Shell
from pos_client.ui.words import sale, say


class StayIdentifyPage(IdentifyPage):
    """Goes back to the page that asked; with a stay, another person is refused."""

    def __init__(self, shell: Shell, behind: Page, then: Callable[[Arrived], None], stay_id: str = "") -> None:
        super().__init__(shell, behind)
        self._then, self._stay_id = then, stay_id

    def _identify(self, typed: str) -> None:
        name, stay_id = self.name.text, self._stay_id
        if recognised(typed).shape is Shape.VOUCHER:
            self._forget()
            self.ask(
                lambda: self.shell.counter.stays.identify_voucher(typed, stay_id),
                self._arrived,
                label=say(sale.ASKING),
            )
        else:
            self.ask(
                lambda: self.shell.counter.stays.identify_id_number(typed, name, stay_id),
                self._arrived,
                label=say(sale.ASKING),
            )

    def _read_card(self) -> None:
        self._reading = True
        self.quiet()
        stay_id = self._stay_id
        self.shell.read_card_for(
            lambda card: self.shell.counter.stays.identify_card(card, stay_id), self._arrived, self._not_read
        )
        self.changed.emit()

    def _arrived(self, arrived: Arrived) -> None:
        self._reading = False
        self._forget()
        self.shell.back()
        self._then(arrived)
