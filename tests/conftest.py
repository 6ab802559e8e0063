"""For every test: windows are drawn off the screen, and before anything of Qt is loaded."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
