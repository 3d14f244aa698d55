"""`routeplan export -o FILE`."""

import sys
from typing import Annotated

from routeplan.cli.options import DataOption, OutputOption, choice_option
from routeplan.render.exports import NETWORK_FORMATS, ONE_TABLE_FORMATS, TableName
from routeplan.render.output import Format

_FORMAT = choice_option(
    "--format",
    Format,
    offered=NETWORK_FORMATS,
    short=["-f"],
    help="How to write it; tsv to a pipe if neither this nor a file is named.",
    show_default=False,
)


def export(
    table: Annotated[
        TableName | None,
        choice_option(
            "--table",
            TableName,
            help="Which table csv, tsv, jsonl and parquet hold, edges if not given; the other "
            "formats hold the whole network.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[Format | None, _FORMAT] = None,
    output: OutputOption = None,
    data: DataOption = None,
) -> None:
    """Write the network for QGIS, Excel, SQL and others.

    Example: routeplan export -o network.gpkg
    """
    from routeplan.errors import RequestError
    from routeplan.network.read import load_network
    from routeplan.render.network import network_bytes, network_text
    from routeplan.render.output import BINARY_FORMATS, choose_format, write_bytes, write_text

    if form is None and output is None and sys.stdout is not None and sys.stdout.isatty():
        raise RequestError("name a file: routeplan export -o network.gpkg")
    chosen = choose_format(form, output, NETWORK_FORMATS)
    if table is not None and chosen not in ONE_TABLE_FORMATS:
        raise RequestError(
            f"--table is for formats of one table, {', '.join(ONE_TABLE_FORMATS)}; "
            f"{chosen} holds the whole network. Leave --table out."
        )
    network = load_network(data)
    written = table or TableName.EDGES
    if chosen in BINARY_FORMATS:
        write_bytes(network_bytes(network, chosen, written), output)
    else:
        write_text(network_text(network, chosen, written), output)
