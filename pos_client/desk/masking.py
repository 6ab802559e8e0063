"""Personal data as it may stand on files, in pictures and in logs: enough to recognise, not enough to name."""

HIDDEN = "*"


def masked_name(name: str) -> str:
    """The family name with a star for each further character: 张**."""
    return name[:1] + HIDDEN * max(len(name) - 1, 0)


def masked_number(number: str, head: int = 4, tail: int = 4) -> str:
    """A document's or card's number without its middle: 4399**********0012; short numbers keep only their end."""
    if len(number) <= head + tail:
        head, tail = 0, min(4, max(len(number) - 1, 0))
    hidden = len(number) - head - tail
    return number[:head] + HIDDEN * hidden + (number[-tail:] if tail else "")
