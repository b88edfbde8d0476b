"""What an action says when it will not: a sentence for the person, never a code."""


class Refusal(Exception):
    """An action was refused. ``str()`` is a sentence that may be shown as it is."""

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class WrongState(Refusal):
    """The record has moved on since the form was opened (a stale form), or was never there."""


class NotYours(Refusal):
    """The viewer's role may not do this."""


class AlreadyDone(Refusal):
    """A thing that may happen once has happened."""
