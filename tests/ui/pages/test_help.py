"""Help is about the page from which it was asked for."""

from pos_client.ui.frame.keys import Key
from pos_client.ui.pages.help import HelpPage
from pos_client.ui.pages.sale import SalePage
from pos_client.ui.pages.welcome import WelcomePage
from tests.ui.keys import Keys


def _help(keys: Keys) -> list[str]:
    keys.press("F1")
    return keys.on(HelpPage).help.words().splitlines()


def test_it_names_the_keys_that_do_something_and_no_others(keys: Keys) -> None:
    lit = keys.lit
    named = {line.split(" ")[0] for line in _help(keys)}
    assert named & {key.cap for key in Key} == lit
    assert "F8" not in named


def test_a_sale_has_letters_too(keys: Keys) -> None:
    keys.scan("YD0001")
    page = keys.on(SalePage)
    said = _help(keys)
    assert "F12 挂单，服务下一位" in said
    assert "Del 删去选中的行" in said
    keys.press("Esc")
    assert keys.on(SalePage) is page
    assert len(page.view.lines) == 1


def test_signs_are_explained(keys: Keys) -> None:
    _help(keys)
    assert "结果未知，不要重复收费" in keys.right


def test_f1_again_closes_it(keys: Keys) -> None:
    _help(keys)
    keys.press("F1")
    keys.on(WelcomePage)


def test_a_page_may_say_what_a_key_does_there(keys: Keys) -> None:
    keys.press("F2")
    assert [line for line in _help(keys) if line.startswith("F2")] == ["F2 重新读读卡器里的卡"]
