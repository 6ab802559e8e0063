"""What the bureau says no with: one Chinese sentence that goes into ``err_msg`` (infcode -1)."""


class Refusal(Exception):
    """The message is refused and nothing is booked; the sentence is meant for the operator."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
