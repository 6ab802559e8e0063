"""Whether there is a screen; Qt itself would end the program without one."""

from collections.abc import Mapping


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown: ``environment`` is that of the process, ``platform`` as in ``sys.platform``."""
    if platform in ("win32", "darwin"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
