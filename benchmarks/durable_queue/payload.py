"""The messages: a kilobyte of JSON with a number in it."""

import json


def text_of(number: int) -> str:
    """The message of a number; a settlement of a few lines is about as long."""
    return json.dumps({"number": number, "infno": "2102", "input": "x" * 980})


def number_of(text: str) -> int:
    """The number of a message."""
    number: int = json.loads(text)["number"]
    return number
