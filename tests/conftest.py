"""For every test: windows are drawn off the screen, and the card service is a private one, whoever looks first."""

import gc
import os

from hypothesis import settings

from tests.pcscd import claim_socket

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything of Qt is loaded
claim_socket()

# No test depends on how fast the machine is.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_collection_finish() -> None:
    """The tests themselves are no rubbish: looking through all of them again and again takes minutes of a whole run."""
    gc.collect()
    gc.freeze()
