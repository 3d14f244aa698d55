"""`routeplan check [DIR]`."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.options import FormatOption, OutputOption, QuietOption


def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]", help="Data folder; the data that comes with routeplan if not given."
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    rules: Annotated[
        bool, typer.Option("--rules", help="List the rules with their explanations instead.")
    ] = False,
    form: FormatOption = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Check a data folder, every finding at once.

    Ends with 0 if clean, 1 if only warnings stand and --strict is given, 3 if there are errors.
    """
    from dataclasses import asdict

    from routeplan.errors import EXIT_DATA, EXIT_NO
    from routeplan.network.check import check_folder
    from routeplan.network.findings import Severity
    from routeplan.network.rules import list_rules
    from routeplan.render.listing import LISTING_FORMATS, listing_text
    from routeplan.render.output import Format, choose_format, write_text

    asked = form or (None if output else Format.TABLE)
    chosen = choose_format(asked, output, LISTING_FORMATS)
    if rules:
        write_text(
            listing_text([asdict(rule) for rule in list_rules()], chosen, "Rules of routeplan check"),
            output,
        )
        return
    findings = check_folder(folder)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if chosen is Format.TABLE:
        text = "".join(f"{finding.one_line()}\n" for finding in findings)
    else:
        text = listing_text([finding.to_dict() for finding in findings], chosen, "Findings")
    write_text(text, output)
    if not quiet:
        warnings = len(findings) - errors
        typer.echo(f"{errors} errors, {warnings} warnings" if findings else "clean", err=True)
    if errors:
        raise typer.Exit(EXIT_DATA)
    if findings and strict:
        raise typer.Exit(EXIT_NO)
