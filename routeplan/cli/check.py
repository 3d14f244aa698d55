"""`routeplan check [DIR]`."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.options import ListFormatOption, NoColorOption, OutputOption, QuietOption


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
    form: ListFormatOption = None,
    output: OutputOption = None,
    no_color: NoColorOption = False,
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
    from routeplan.render.output import Format, choose_format, choose_look, write_text

    asked = form or (None if output else Format.TABLE)
    chosen = choose_format(asked, output, LISTING_FORMATS)
    look = choose_look(output, color=not no_color)
    if rules:
        chosen = choose_format(form, output, LISTING_FORMATS)
        listed = [asdict(rule) for rule in list_rules()]
        write_text(listing_text(listed, chosen, "Rules of routeplan check", look=look), output)
        return
    findings = check_folder(folder)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if chosen is Format.TABLE:
        text = "".join(f"{finding.one_line()}\n" for finding in findings)
    else:
        listed = [finding.to_dict() for finding in findings]
        text = listing_text(listed, chosen, "Findings", look=look)
    write_text(text, output)
    if not quiet:
        typer.echo(finding_summary(errors, len(findings) - errors), err=True)
    if errors:
        raise typer.Exit(EXIT_DATA)
    if findings and strict:
        raise typer.Exit(EXIT_NO)


def finding_summary(errors: int, warnings: int) -> str:
    """Count errors and warnings in words; `clean` if there are none."""
    if not errors and not warnings:
        return "clean"
    return ", ".join(
        f"{count} {word}{'' if count == 1 else 's'}"
        for count, word in ((errors, "error"), (warnings, "warning"))
    )
