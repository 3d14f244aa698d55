"""The program: runs a command and turns what it raises into one line and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from routeplan.errors import EXIT_BUG, EXIT_INTERRUPTED, EXIT_OK, RouteplanError


def main() -> None:
    """Run the command line and exit; see `errors` for the codes.

    The collector of reference cycles is off: in a short run it costs a tenth of the time and frees
    nothing that the end of the process does not.
    """
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = run()
    with suppress(BrokenPipeError, ValueError):
        sys.stdout.flush()
    sys.exit(code)


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
    from routeplan.cli.app import app

    try:
        app(args, prog_name="routeplan")
    except RouteplanError as error:
        _say(str(error))
        return error.exit_code
    except SystemExit as stop:
        return _code(stop)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        return EXIT_OK
    except Exception:
        import traceback

        traceback.print_exc()
        _say("this is a bug, not your mistake. Please report it with the lines above.")
        return EXIT_BUG
    return EXIT_OK


def _say(text: str) -> None:
    sys.stderr.writelines(f"routeplan: {line}\n" for line in text.splitlines())


def _code(stop: SystemExit) -> int:
    if stop.code is None:
        return EXIT_OK
    return stop.code if isinstance(stop.code, int) else EXIT_BUG


def _silence_stdout() -> None:
    """Point standard output at nothing, so that Python does not complain when it closes it."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
