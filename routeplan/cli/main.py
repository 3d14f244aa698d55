"""The program: runs a command and turns what it raises into one line and an exit code."""

from __future__ import annotations

import gc
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from routeplan.errors import (
    EXIT_BUG,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_OUTPUT,
    DataError,
    RouteplanError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXIT_TERMINATED = 128 + signal.SIGTERM


def main() -> None:
    """Run the command line and exit; see `errors` for the codes.

    The collector of reference cycles is off: in a short run it costs a tenth of the time and frees
    nothing that the end of the process does not.
    """
    gc.disable()
    signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run())


def run(args: list[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    args
        Arguments without the program's name; those of the process if None.

    Returns
    -------
    int
        The exit code.
    """
    try:
        from routeplan.cli.app import app

        app(args, prog_name="routeplan")
    except RouteplanError as error:
        _say(_lines(error))
        return error.exit_code
    except SystemExit as stop:
        return _code(stop)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            return _unwritten(error)
        import traceback

        traceback.print_exc()
        _say(["this is a bug, not your mistake. Please report it with the lines above."])
        return EXIT_BUG
    return EXIT_OK


def _lines(error: RouteplanError) -> list[str]:
    """Write an error as lines, one for each finding where it is about data."""
    if isinstance(error, DataError):
        return [finding.one_line() for finding in error.findings]
    return [str(error)]


def _say(lines: Iterable[str]) -> None:
    """Write lines to standard error; what a user typed cannot steer the terminal there."""
    if sys.stderr is None:
        return
    for line in lines:
        shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
        with suppress(OSError):
            sys.stderr.write(f"routeplan: {shown}\n")


def _code(stop: SystemExit) -> int:
    """Return the exit code; a reader that closed the pipe on a help text is no error."""
    if isinstance(stop.__context__, BrokenPipeError):
        return EXIT_OK
    if stop.code is None:
        return EXIT_OK
    return stop.code if isinstance(stop.code, int) else EXIT_BUG


def _unwritten(error: OSError) -> int:
    """Report that a help text could not be written; a file would be named in the error."""
    from routeplan.render.output import silence_stdout

    silence_stdout()
    _say([f"cannot write: {(error.strerror or str(error)).lower()}."])
    return EXIT_OUTPUT


def _terminate(*_: object) -> NoReturn:
    """End like any other exit, so that no half-written file stays behind."""
    raise SystemExit(_EXIT_TERMINATED)
