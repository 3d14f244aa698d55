"""`routeplan matrix ORIGINS [DESTINATIONS]`."""

from typing import Annotated

import typer

from routeplan.cli.options import (
    DataOption,
    NoColorOption,
    OutputOption,
    QuietOption,
    choice_option,
)
from routeplan.cli.question_options import (
    AllowOption,
    AvoidOption,
    CargoOption,
    ChangeOption,
    IncludePlannedOption,
    LoadOption,
    ModeOption,
    OnOption,
    PolicyOption,
    ValueOption,
    ViaOption,
)
from routeplan.render.output import Format

_LIST = "CSV with a column place or name, or plain lines; gzip, Parquet; - is standard input."
_OFFERED = ("table", "json", "jsonl", "csv", "tsv", "md", "xlsx", "parquet", "sqlite")


def matrix(
    origins: Annotated[
        str, typer.Argument(metavar="ORIGINS", help=f"List of places: {_LIST}", show_default=False)
    ],
    destinations: Annotated[
        str | None,
        typer.Argument(
            metavar="[DESTINATIONS]",
            help="List of places; the origins if not given.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="CRITERIA",
            help="What the way of each pair is best at: balanced, time, cost, co2, reliability; "
            "several by commas.",
        ),
    ] = "balanced",
    show: Annotated[
        str,
        typer.Option(
            "--show",
            metavar="QUANTITIES",
            help="What tables hold: time, cost, co2, generalised, distance, and p10, p50, p90 "
            "with --percentiles.",
            show_default=False,
        ),
    ] = "",
    wide: Annotated[
        bool,
        typer.Option(
            "--wide",
            help="A column for each destination instead of a row for each pair (csv, tsv, jsonl, "
            "parquet).",
            show_default=False,
        ),
    ] = False,
    percentiles: Annotated[
        bool,
        typer.Option(
            "--percentiles", help="Draw P10, P50 and P90 of each pair.", show_default=False
        ),
    ] = False,
    ways: Annotated[
        bool,
        typer.Option("--ways", help="Write the way of each pair out.", show_default=False),
    ] = False,
    via: ViaOption = None,
    avoid: AvoidOption = None,
    allow: AllowOption = None,
    mode: ModeOption = "",
    policy: PolicyOption = "sanctions",
    cargo: CargoOption = "general",
    load: LoadOption = "1xFEU",
    value: ValueOption = None,
    depart: Annotated[
        str | None,
        typer.Option(
            "--depart",
            metavar="DATE",
            help="Day of departure, 2026-12-01; its season holds.",
        ),
    ] = None,
    on: OnOption = None,
    include_planned: IncludePlannedOption = False,
    change: ChangeOption = None,
    form: Annotated[
        Format | None,
        choice_option(
            "--format",
            Format,
            offered=_OFFERED,
            short=["-f"],
            help="How to write the answer; a terminal gets a table, a pipe tsv.",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """Time, cost and CO2e between many places at once.

    Each pair has the best way that find would list first. Example: routeplan matrix origins.csv
    destinations.csv -o matrix.xlsx
    """
    from dataclasses import replace

    from routeplan.analysis.matrix import Status, matrix_of
    from routeplan.analysis.whatif import change_network
    from routeplan.errors import EXIT_NO, RequestError
    from routeplan.network.read import load_network
    from routeplan.render.matrix import (
        MATRIX_FORMATS,
        ROWS,
        matrix_notes,
        read_quantities,
        write_matrix,
    )
    from routeplan.render.output import choose_format, choose_look

    chosen = choose_format(form, output, MATRIX_FORMATS)
    if wide and chosen not in ROWS:
        raise RequestError(f"--wide is for {', '.join(ROWS)}; {chosen} has wide tables as it is.")
    if ways and (wide or chosen in (Format.TABLE, Format.MD)):
        raise RequestError(
            "--ways needs a row for each pair: csv, tsv, jsonl, json, xlsx, parquet."
        )
    if origins == destinations == "-":
        raise RequestError("standard input holds one list. Leave the second out, or name a file.")
    names = [name.strip() for name in show.lower().split(",") if name.strip()]
    quantities = read_quantities(names, percentiles=percentiles)
    changed = change_network(load_network(data), change or ())
    answer = matrix_of(
        changed.network,
        origins,
        destinations,
        by,
        percentiles=percentiles,
        ways=ways,
        via=tuple(via or ()),
        modes=mode,
        avoid=tuple(avoid or ()),
        allow=tuple(allow or ()),
        policy=policy,
        cargo=cargo,
        load=load,
        value_usd=value,
        depart=depart,
        on=on,
        include_planned=include_planned,
    )
    answer = replace(answer, changes=changed.changes)
    if not quiet and chosen in ROWS:
        for line in matrix_notes(answer):
            typer.echo(line, err=True)
    if quiet:
        answer = replace(answer, warnings=())
    write_matrix(
        answer,
        output,
        chosen,
        quantities=quantities,
        wide=wide,
        look=choose_look(output, color=not no_color),
    )
    if all(cell.status is not Status.OK for *_, cell in answer.pairs()):
        raise typer.Exit(EXIT_NO)
