"""What an operator must set right: a setting, a port, a database. Residents never see these."""


class Trouble(Exception):
    """Says in one line what is wrong and what to do; the command ends with exit status 2."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line
