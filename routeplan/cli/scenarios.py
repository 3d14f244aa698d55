"""`routeplan scenarios new`, `expand` and `check`."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.options import (
    DataOption,
    ListFormatOption,
    NoColorOption,
    OutputOption,
    QuietOption,
)
from routeplan.cli.question_options import (
    EditsOption,
    FromOption,
    ToOption,
)

scenarios = typer.Typer(
    help="Write and check tables of scenarios.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@scenarios.command()
def new(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="Where to; standard output if not given."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there.", show_default=False)
    ] = False,
) -> None:
    """Write a table to start from.

    It explains every column and the language of changes.
    """
    from routeplan.errors import OutputError
    from routeplan.render.output import write_text
    from routeplan.scenario.template import template_text

    target = None if file is None or str(file) == "-" else file
    if target is not None and target.exists() and not force:
        raise OutputError(f"{target} is there already. Name another file, or say --force.")
    write_text(template_text(), target)
    if target is not None:
        typer.echo(f"{target} written. Check it with `routeplan scenarios check`.", err=True)


@scenarios.command()
def expand(
    spec: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SPEC]",
            help="TOML file: [fixed] texts by column, [vary] values by column or change, "
            "latin and seed.",
            show_default=False,
        ),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="NAME=VALUES",
            help="A column or change and its values: load=1xFEU,2xTEU, "
            "'mode:rail cost*=0.8..1.2/5', 'close=node:ge-poti-port|'; repeat for several.",
            show_default=False,
        ),
    ] = None,
    fix: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="COLUMN=TEXT",
            help="The same text in every row, such as origin=Astana; repeat for several.",
            show_default=False,
        ),
    ] = None,
    latin: Annotated[
        int | None,
        typer.Option(
            "--latin",
            metavar="N",
            help="A Latin hypercube sample of N rows instead of every combination.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Of the sample; 0 if not given.")
    ] = None,
    output: OutputOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write the scenarios of a sweep.

    Example: routeplan scenarios expand --set origin=Astana --set destination=Belgrade
    --vary 'mode:rail cost*=0.8..1.2/5' --vary 'close=node:ge-poti-port|' -o sweep.csv
    """
    from routeplan.render.output import write_text
    from routeplan.scenario.sweep import rows_text
    from routeplan.scenario.sweep_spec import read_sweep

    sweep = read_sweep(spec, vary or (), fix or (), latin, seed)
    text = rows_text(sweep.columns, sweep.rows())
    write_text(text, output)
    if not quiet:
        count = text.count("\n") - 1
        typer.echo(f"{count:,} {'scenario' if count == 1 else 'scenarios'}", err=True)


@scenarios.command()
def check(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV, gzip or Parquet; - is standard input.")
    ],
    edits: EditsOption = None,
    origin: FromOption = "",
    destination: ToOption = "",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    form: ListFormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """Check a table of scenarios without running it.

    Every row, every finding. Ends with 0 if clean, 1 if only warnings stand and --strict is given,
    3 if there are errors.
    """
    from routeplan.cli.check import finding_summary
    from routeplan.errors import EXIT_DATA, EXIT_NO
    from routeplan.network.read import load_network
    from routeplan.places.scenarios import check_table
    from routeplan.render.listing import LISTING_FORMATS, listing_text
    from routeplan.render.output import Format, choose_format, choose_look, write_text
    from routeplan.scenario.edits import read_edits
    from routeplan.scenario.table import ScenarioTable

    chosen = choose_format(form or (None if output else Format.TABLE), output, LISTING_FORMATS)
    defaults = {"origin": origin, "destination": destination}
    table = ScenarioTable(file, defaults=defaults, edits=read_edits(edits) if edits else None)
    checked = check_table(load_network(data), table)
    errors, warnings = checked.errors, checked.warnings
    if chosen is Format.TABLE:
        text = "".join(f"{finding.one_line()}\n" for finding in checked.findings)
    else:
        look = choose_look(output, color=not no_color)
        listed = [finding.to_dict() for finding in checked.findings]
        text = listing_text(listed, chosen, "Findings", look=look)
    write_text(text, output)
    if not quiet:
        unlisted = errors + warnings - len(checked.findings)
        if unlisted:
            typer.echo(f"... and {unlisted:,} more.", err=True)
        counted = f"{checked.rows:,} {'scenario' if checked.rows == 1 else 'scenarios'}"
        typer.echo(f"{counted}, {finding_summary(errors, warnings)}", err=True)
    if errors:
        raise typer.Exit(EXIT_DATA)
    if warnings and strict:
        raise typer.Exit(EXIT_NO)
