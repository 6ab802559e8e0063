"""The ways in which a card is read and waited for, by name."""

from typing import Final

OURS: Final = "ours: card process"
BARE: Final = "ours, without the process"
GENERIC: Final = "generic code"
DUMP: Final = "dump of everything"
WAYS: Final = (OURS, BARE, GENERIC, DUMP)

WATCH: Final = "ours: PcscWatch"
PROCESS: Final = "ours: through the card process"
MONITOR: Final = "pyscard CardMonitor"
POLL: Final = "asking 4 times a second"
WATCHERS: Final = (WATCH, PROCESS, MONITOR, POLL)
