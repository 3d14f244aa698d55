"""`routeplan verify`."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.options import DataOption, ListFormatOption, NoColorOption, OutputOption


def verify(
    published: Annotated[
        Path | None,
        typer.Option(
            "--published",
            metavar="FILE",
            help="Published journeys to hold the network against; published.csv of the data "
            "folder if not given.",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Plans, claims and doubtful figures too.")
    ] = False,
    form: ListFormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
) -> None:
    """Hold the network against published journeys."""
    from routeplan.analysis.published import FILE, read_published
    from routeplan.analysis.verify import FIRM, is_judged_by, summarise
    from routeplan.analysis.verify import verify as compare
    from routeplan.network.files import locate_data
    from routeplan.network.read import load_network
    from routeplan.render.output import choose_format, choose_look, write_text
    from routeplan.render.verification import VERIFY_FORMATS, verification_text

    chosen = choose_format(form, output, VERIFY_FORMATS)
    network = load_network(data)
    rows = read_published(published or locate_data(data) / FILE, network)
    comparisons = compare(network, (row for row in rows if every or is_judged_by(row)))
    left_out = sum(row.status in FIRM and not row.counts for row in rows)
    if left_out and not every:
        typer.echo(
            f"{left_out} of the firm rows left out as too vague or not modelled; the notes say "
            "why, --all compares them too.",
            err=True,
        )
    look = choose_look(output, color=not no_color)
    write_text(verification_text(comparisons, summarise(comparisons), chosen, look), output)
