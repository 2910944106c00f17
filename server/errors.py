"""What a person at the terminal can mend, said in a sentence instead of a traceback."""


class CannotStart(Exception):
    """The program cannot start; the text says why and what to do."""


class Stopped(Exception):
    """A person or the system asked for the end while something was still being waited for."""
