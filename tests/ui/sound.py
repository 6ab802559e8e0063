"""What holds in every window at every moment, and that the desk can go on from here."""

import re

from PySide6.QtWidgets import QApplication

from pos_client.ui.kit.sign import Sign
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.unknown import UnknownPage
from pos_client.ui.pages.welcome import WelcomePage
from tests.ui.hasty import tap
from tests.ui.keys import Keys

#: What no clerk should ever read.
_OURS = ("Traceback", "Error", "Exception", "None", "null", "{", "}", "errno", "0x", "\n")
_BUG = ("B-", "X-")
_TYPED = re.compile("“.*”")


def is_sound(keys: Keys) -> str:
    """One sentence with a sign, nothing of a program's inside, no dialog; returns the sentence's code."""
    message = keys.message
    assert isinstance(message.sign, Sign)
    assert message.text or keys.program.desk.busy  # a page that is just being opened
    assert not message.text or message.text.isprintable()
    said = _TYPED.sub("", message.text)
    assert not [one for one in _OURS if one in said], message.text
    assert not message.code.startswith(_BUG), message.text
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None
    shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == [keys.program.window]
    return message.code


def goes_home(keys: Keys) -> None:
    """Esc, and F12 where an outcome is unknown, until the window waits for the next person."""
    for _ in range(40):
        if isinstance(keys.page, WelcomePage):
            return
        if isinstance(keys.page, SalePage) and keys.page.view.lines and keys.page.view.stage != "tried":
            keys.press("F12")
        else:
            keys.press("F12" if isinstance(keys.page, UnknownPage) else "Esc")
    raise AssertionError(f"no way back from {type(keys.page).__name__}: {keys.message.text}")


def can_go_on(keys: Keys) -> None:
    """Whatever was before: the next person's sale goes through."""
    keys.world.faults()
    keys.world.slot.clear_faults()
    goes_home(keys)
    keys.take_card()
    sold = len(keys.world.ledger())
    keys.insert("li-xiulan")
    keys.on(SalePage)
    tap("YD0001", "Enter")
    keys.settle()
    keys.press("F5", "F8")
    keys.on(WelcomePage)
    is_sound(keys)
    assert len(keys.world.ledger()) == sold + 1
