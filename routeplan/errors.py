"""Everything routeplan raises on purpose, and the exit code each ends a command with.

RouteplanError                  one `except` is enough
 +-- RequestError          2    the question is wrong: an option, a quantity, a date
 |    +-- UnknownPlaceError     no such place; carries suggestions
 |    +-- AmbiguousPlaceError   several places answer to the name; carries them
 |    +-- OffNetworkError       a place, but none of the network; carries the nearest that are
 +-- DataError             3    the data files are wrong; carries every finding
 +-- NoRouteError          1    the question is right and the answer is: there is no way
 +-- OutputError          74    the answer could not be written
 +-- WorkerError          70    worker processes ended again and again, or a cluster is gone

Further exit codes: 0 answered; 1 also `check` with findings and `batch` with a failed expectation;
70 a bug of ours; 130 Ctrl-C.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.network.findings import Finding

EXIT_OK = 0
EXIT_NO = 1
EXIT_USAGE = 2
EXIT_DATA = 3
EXIT_BUG = 70
EXIT_OUTPUT = 74
EXIT_INTERRUPTED = 130


class RouteplanError(Exception):
    """Base of all errors routeplan raises on purpose; its text is one line for the user."""

    exit_code = EXIT_BUG


class RequestError(RouteplanError):
    """The question cannot be asked: a bad option, quantity, date or selector."""

    exit_code = EXIT_USAGE


class UnknownPlaceError(RequestError):
    """No place of the network answers to the text.

    Parameters
    ----------
    text
        What was asked for.
    suggestions
        Names of near misses, best first.
    """

    def __init__(self, text: str, suggestions: Sequence[str]) -> None:
        hint = f"Did you mean {' or '.join(suggestions)}? " if suggestions else ""
        super().__init__(
            f'unknown place "{text}". {hint}`routeplan places` lists what the network knows.'
        )
        self.text = text
        self.suggestions = tuple(suggestions)


class AmbiguousPlaceError(RequestError):
    """Several places answer to the text.

    Parameters
    ----------
    text
        What was asked for.
    candidates
        Places that answer, written so that each can be typed back.
    remedy
        What to do.
    more
        How many answer beside those listed.
    """

    def __init__(
        self,
        text: str,
        candidates: Sequence[str],
        remedy: str = "Use one of these ids.",
        *,
        more: int = 0,
    ) -> None:
        others = f" or {more} more" if more else ""
        super().__init__(f'"{text}" may be {" or ".join(candidates)}{others}. {remedy}')
        self.text = text
        self.candidates = tuple(candidates)


class OffNetworkError(RequestError):
    """The text names a place, but none of the network.

    Parameters
    ----------
    place
        The place, as understood.
    nearest
        The nearest places of the network with their distance, nearest first.
    reason
        Why no truck joins it to the network, where that was asked for.
    """

    def __init__(self, place: str, nearest: Sequence[str], reason: str = "") -> None:
        why = f" {reason}" if reason else ""
        near = f" Nearest: {'; '.join(nearest)}. Ask for one of them" if nearest else ""
        own = ", or give your own trucks with --access." if reason else "."
        super().__init__(f"{place} is off the network.{why}{near}{own if near else ''}")
        self.place = place
        self.nearest = tuple(nearest)


class DataError(RouteplanError):
    """The data files cannot be used.

    Parameters
    ----------
    findings
        All that is wrong, in file order; at least one of severity error.
    """

    exit_code = EXIT_DATA

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(finding.one_line() for finding in findings))
        self.findings = tuple(findings)


class NoRouteError(RouteplanError):
    """No way leads from the origin to the destination under the limits asked for."""

    exit_code = EXIT_NO


class OutputError(RouteplanError):
    """The answer could not be written where it was asked for; nothing was left behind."""

    exit_code = EXIT_OUTPUT


class WorkerError(RouteplanError):
    """Rows ended the processes that evaluate them, or these cannot be reached."""

    exit_code = EXIT_BUG
