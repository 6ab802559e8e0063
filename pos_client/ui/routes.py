"""The way from page to page. A page is loaded when it is first opened: a start waits for what every sale needs."""

from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from pos_client.ui.frame.page import Page
from pos_client.ui.frame.window import Window
from pos_client.ui.kit.sign import Sign
from pos_client.ui.words import say
from pos_client.ui.words import setup as setup_words

if TYPE_CHECKING:
    from pos_client.ui.card_watch import CardWatch
    from pos_client.ui.pages.welcome import WelcomePage
    from pos_client.ui.shell import Shell


class Routes(QObject):
    """What of the program opens and closes pages."""

    window: Window
    welcome: "WelcomePage"
    watch: "CardWatch"

    @property
    def _shell(self) -> "Shell":
        return cast("Shell", self)

    def refresh_strip(self) -> None:
        """Counts what the strip says again."""
        raise NotImplementedError

    def open(self, page: Page) -> None:
        """Puts a page in front."""
        self.window.open(page)

    def back(self) -> None:
        """Closes the page in front."""
        self.window.close_page()
        self.refresh_strip()

    def go_home(self) -> None:
        """Closes all pages but the first."""
        while len(self.window.pages) > 1:
            self.window.close_page()
        self.refresh_strip()

    def open_help(self) -> None:
        """What the keys do on the page in front."""
        from pos_client.ui.pages.help import HelpPage

        self.open(HelpPage(self._shell, self.window.page))

    def open_settings(self) -> None:
        """The settings, while nobody is served."""
        if self.window.pages[0] is self.welcome and len(self.window.pages) == 2:
            self.back()
            self._open_page("settings", "SettingsPage")
        else:
            self.window.page.say(Sign.STOP, say(setup_words.SERVE_FIRST))

    def open_identify(self) -> None:
        """The other ways to say who it is."""
        from pos_client.ui.pages.identify import IdentifyPage

        self.open(IdentifyPage(self._shell, self.window.page))

    @property
    def card_is_in(self) -> bool:
        """Whether a card was seen in the reader last."""
        return self.watch.state == "card"

    def open_card(self) -> None:
        """What the card in the reader says, and its PIN; the page hears of it when the card is pulled out meanwhile."""
        from pos_client.ui.pages.card import CardPage

        page = CardPage(self._shell, self.window.page)
        self.watch.went.connect(page.card_went)
        self.open(page)

    def open_lookup(self) -> None:
        """Bills of the past."""
        self._open_page("lookup", "LookupPage")

    def open_refund(self) -> None:
        """A bill of the past, to take it back."""
        from pos_client.ui.pages.lookup import LookupPage

        self.open(LookupPage(self._shell, refunding=True))

    def open_tasks(self) -> None:
        """What is to be done."""
        self._open_page("tasks", "TasksPage")

    def open_parked(self) -> None:
        """Bills that wait."""
        self._open_page("parked", "ParkedPage")

    def open_stays(self) -> None:
        """Admissions, stays, discharges."""
        self._open_page("stays", "StaysPage")

    def _open_page(self, module: str, name: str) -> None:
        """Pages are loaded when they are first opened: the window starts with what every sale needs."""
        page: Page = getattr(import_module(f"pos_client.ui.pages.{module}"), name)(self._shell)
        self.open(page)
