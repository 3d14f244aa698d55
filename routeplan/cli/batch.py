"""`routeplan batch SCENARIOS`."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.batch.where import Engine
from routeplan.cli.options import (
    DataOption,
    OutputOption,
    QuietOption,
    choice_option,
)
from routeplan.cli.question_options import (
    EditsOption,
    FromOption,
    ToOption,
)
from routeplan.kernel.engines import Solver
from routeplan.render.output import ROW_FORMATS, Format


def batch(
    scenarios: Annotated[
        Path,
        typer.Argument(
            metavar="SCENARIOS",
            help="Table with a question in each row: CSV, gzip or Parquet; - is standard input.",
            show_default=False,
        ),
    ],
    origin: FromOption = "",
    destination: ToOption = "",
    edits: EditsOption = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Answer nothing if any row is bad; ends with 3.", show_default=False
        ),
    ] = False,
    validate_only: Annotated[
        bool,
        typer.Option("--validate-only", help="Check the rows, answer nothing.", show_default=False),
    ] = False,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume", help="Go on where a run that was cut short has stopped.", show_default=False
        ),
    ] = False,
    engine: Annotated[
        Engine | None,
        choice_option(
            "--engine",
            Engine,
            help="Where to work: this process, threads of it, a pool of processes, a Dask cluster "
            "(extra `cluster`). Chosen by the number of rows if not given.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            help="Processes or threads; one for each core if not given.",
            show_default=False,
        ),
    ] = None,
    search: Annotated[
        Solver,
        choice_option(
            "--search",
            Solver,
            help="What finds the ways; all find the same. numba (extra `fast`) pays for thousands "
            "of rows.",
        ),
    ] = Solver.AUTO,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Dask scheduler, tcp://host:8786; one is started here if not given.",
            show_default=False,
        ),
    ] = None,
    junit: Annotated[
        Path | None,
        typer.Option("--junit", metavar="FILE", help="Write JUnit XML too.", show_default=False),
    ] = None,
    github: Annotated[
        bool,
        typer.Option(
            "--github",
            help="Annotations and a step summary for GitHub Actions.",
            show_default=False,
        ),
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="Earlier results, in any format of -o; ends with 1 if something became worse.",
            show_default=False,
        ),
    ] = None,
    tolerance: Annotated[
        str,
        typer.Option(
            "--tolerance",
            metavar="LIST",
            help="How much worse is no regression: time=5%,cost=2%,co2e=50. Only what is named "
            "is compared; all three and exactly if not given.",
            show_default=False,
        ),
    ] = "",
    form: Annotated[
        Format | None,
        choice_option(
            "--format",
            Format,
            offered=ROW_FORMATS,
            short=["-f"],
            help="By the file's suffix if not given; csv to standard output.",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    data: DataOption = None,
    quiet: QuietOption = False,
) -> None:
    """Answer a table of questions, and lose no work.

    Example: routeplan batch scenarios.csv -o results.csv

    Ends with 1 if a row is bad, does not get what it expects, or is worse than the baseline.
    """
    import gc

    from routeplan.batch.where import Where
    from routeplan.cli.batch_run import Order, run_order

    gc.enable()  # a long run, unlike others, makes garbage that must be collected
    defaults = {"origin": origin, "destination": destination}
    order = Order(
        scenarios=scenarios,
        edits=edits,
        output=output,
        form=form,
        data=data,
        defaults={name: text for name, text in defaults.items() if text},
        where=Where(engine, workers, scheduler),
        search=search,
        strict=strict or validate_only,
        validate_only=validate_only,
        resume=resume,
        junit=junit,
        github=github,
        baseline=baseline,
        tolerance=tolerance,
        quiet=quiet,
    )
    run_order(order)
