"""The status words a simulated chip ends its answers with, and how a part of it refuses a command.

ISO 7816-4, and the social-security card's own (93xx, 94xx).
"""

OK = 0x9000
MEMORY_FAILURE = 0x6581
WRONG_LENGTH = 0x6700
NOT_IN_THIS_STATE = 0x6901
STRUCTURE_MISMATCH = 0x6981
SECURITY_NOT_SATISFIED = 0x6982
LOCKED = 0x6983
REFERENCE_UNUSABLE = 0x6984
CONDITIONS_NOT_SATISFIED = 0x6985
NO_CURRENT_FILE = 0x6986
SECURE_MESSAGE_WRONG = 0x6988
WRONG_DATA = 0x6A80
FUNCTION_NOT_SUPPORTED = 0x6A81
FILE_NOT_FOUND = 0x6A82
RECORD_NOT_FOUND = 0x6A83
NO_ROOM = 0x6A84
LENGTH_AND_STRUCTURE_DIFFER = 0x6A85
WRONG_PARAMETERS = 0x6A86
KEY_NOT_FOUND = 0x6A88
OFFSET_BEYOND_FILE = 0x6B00
INSTRUCTION_UNKNOWN = 0x6D00
CLASS_UNKNOWN = 0x6E00
NOTHING_TO_SAY = 0x6F00
MAC_WRONG = 0x9302
APPLICATION_BLOCKED = 0x9303
BALANCE_TOO_LOW = 0x9401
COUNTER_FULL = 0x9402
KEY_INDEX_UNKNOWN = 0x9403
PROOF_NOT_AVAILABLE = 0x9406

_MOST_TRIES_SHOWN = 15


class Refusal(Exception):
    """A status word other than success."""

    def __init__(self, status: int) -> None:
        super().__init__(f"{status:04X}")
        self.status = status


def tries_left(count: int) -> int:
    """63Cx: it was wrong, and so many tries are left."""
    return 0x63C0 | min(count, _MOST_TRIES_SHOWN)


def right_length(length: int) -> int:
    """6Cxx: a T=0 card cuts nothing to length, it names the right one."""
    return 0x6C00 | length & 0xFF


def more(length: int) -> int:
    """61xx: so many bytes wait for GET RESPONSE."""
    return 0x6100 | length & 0xFF
