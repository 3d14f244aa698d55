"""What is wrong with the data: a rule's code, where, the value, and what to do."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    """Errors keep a network from being used; warnings do not, unless `--strict` says so."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """One thing wrong in one place.

    Parameters
    ----------
    code
        The rule's stable code, such as E003.
    severity
        Error or warning.
    file
        Name of the data file.
    line
        Line in the file, from 1; 0 where the whole file is meant.
    position
        Character of the line where the cell starts, from 1; 0 where the row is meant.
    field
        Column name, or empty.
    value
        The offending text, shortened.
    message
        What is wrong with it.
    remedy
        What to do.
    """

    code: str
    severity: Severity
    file: str
    line: int
    position: int
    field: str
    value: str
    message: str
    remedy: str

    def one_line(self) -> str:
        """Write file:line:position, code, field, "value": message, and the remedy."""
        where = self.file
        if self.line:
            where += f":{self.line}"
            if self.position:
                where += f":{self.position}"
        field = f" {self.field}" if self.field else ""
        value = f' "{self.value}"' if self.value else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{where} {self.code}{field}{value}: {self.message}.{remedy}"

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain values for JSON."""
        return self._asdict()


class Told(NamedTuple):
    """What is wrong with one cell, wherever it stands.

    Parameters
    ----------
    field
        Column name, or empty.
    value
        The offending text, as long as it is.
    message
        What is wrong with it, without a full stop.
    remedy
        What to do, as a sentence.
    """

    field: str = ""
    value: str = ""
    message: str = ""
    remedy: str = ""

    def at(self, file: str, line: int, code: str, severity: Severity = Severity.ERROR) -> Finding:
        """Make the finding of it in a line of a file; line 0 means the whole file."""
        value = shortened(self.value)
        return Finding(code, severity, file, line, 0, self.field, value, self.message, self.remedy)


def shortened(text: str, limit: int = 60) -> str:
    """Cut a value for a message and make its control characters visible."""
    visible = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text[: limit + 1])
    return visible if len(text) <= limit else visible[: limit - 1] + "…"
