"""The counter devices among the settings, with a simulated customer display on its line."""

from collections.abc import Iterator

from hardware_sim.devices.display import MODELS, CustomerDisplay
from hardware_sim.devices.lines import TcpDeviceLine
from rehearsal.scenes.stage import Stage
from rehearsal.scenes.story import Shown, story

#: Rows from the first setting to the display.
_TO_DISPLAY = 10


@story("settings-devices", "settings-display", "settings-display-wrong", "settings-display-saved")
def in_the_settings(stage: Stage) -> Iterator[Shown]:
    """A customer display is entered, tried and saved."""
    display = CustomerDisplay(MODELS["led8-9600"])
    with TcpDeviceLine(display.receive) as line:
        clerk = stage.start()
        clerk.press("F1")
        clerk.write("s")
        clerk.press(*["Down"] * _TO_DISPLAY)
        yield "settings-devices"
        clerk.press("Enter")
        yield "settings-display"
        clerk.enter("led8:COM99x://")
        yield "settings-display-wrong"
        clerk.enter(f"led8-9600:{line.target}")
        yield "settings-display-saved"
