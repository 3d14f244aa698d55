"""`routeplan report ORIGIN DESTINATION`, or of the results of a batch."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.completion import complete_place
from routeplan.cli.options import DataOption, OutputOption, QuietOption, choice_option
from routeplan.cli.question_options import (
    AllowOption,
    AvoidOption,
    ByOption,
    CargoOption,
    ChangeOption,
    CurrencyOption,
    DeadlineOption,
    EditsOption,
    IncludePlannedOption,
    LangOption,
    LoadOption,
    ModeOption,
    OnOption,
    PolicyOption,
    ViaOption,
)
from routeplan.language import Language
from routeplan.render.output import Format
from routeplan.scenario.request import Criterion
from routeplan.units import Currency

_FORMATS = (Format.HTML, Format.MD)


def report(
    origin: Annotated[
        str,
        typer.Argument(metavar="[ORIGIN]", autocompletion=complete_place, show_default=False),
    ] = "",
    destination: Annotated[
        str,
        typer.Argument(metavar="[DESTINATION]", autocompletion=complete_place, show_default=False),
    ] = "",
    scenarios: Annotated[
        str | None,
        typer.Option(
            "--scenarios",
            metavar="FILE",
            help="A table of scenarios: its rows from ORIGIN to DESTINATION are answered as well; "
            "empty cells take this question's.",
            show_default=False,
        ),
    ] = None,
    edits: EditsOption = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="CHANGE",
            help="A change to hold against this answer, as for find --change; repeat for several.",
            show_default=False,
        ),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            "--results",
            metavar="FILE",
            help="Report on the results of a batch instead, in any format of its -o.",
            show_default=False,
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="Earlier results to compare --results with.",
            show_default=False,
        ),
    ] = None,
    by: ByOption = Criterion.BALANCED,
    via: ViaOption = None,
    avoid: AvoidOption = None,
    allow: AllowOption = None,
    mode: ModeOption = "",
    policy: PolicyOption = "sanctions",
    cargo: CargoOption = "general",
    load: LoadOption = "1xFEU",
    depart: Annotated[
        str | None,
        typer.Option("--depart", metavar="DATE", help="Day of departure.", show_default=False),
    ] = None,
    deadline: DeadlineOption = None,
    on: OnOption = None,
    include_planned: IncludePlannedOption = False,
    change: ChangeOption = None,
    currency: CurrencyOption = Currency.USD,
    lang: LangOption = Language.EN,
    form: Annotated[
        Format | None,
        choice_option(
            "--format",
            Format,
            offered=_FORMATS,
            short=["-f"],
            help="html, which prints as a PDF, or md; by the file's suffix if not given.",
            show_default=False,
        ),
    ] = None,
    output: OutputOption = None,
    data: DataOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write a report: html that prints, or md.

    Example: routeplan report Astana Belgrade --scenarios seeds/scenarios.csv -o report.html
    """
    from routeplan.cli.report_write import check_report, write_report

    chosen = check_report(form, output)
    if results is not None or baseline is not None:
        from routeplan.cli.report_write import results_report

        asked = (origin, scenarios, edits, what_if, change)
        write_report(results_report(results, baseline, asked, lang), chosen, output)
        return
    from routeplan.cli.report_write import plan_report_of
    from routeplan.places.question import Question

    question = Question(
        origin=origin,
        destination=destination,
        via=tuple(via or ()),
        modes=mode,
        avoid=tuple(avoid or ()),
        allow=tuple(allow or ()),
        policy=policy,
        cargo=cargo,
        load=load,
        depart=depart,
        on=on,
        include_planned=include_planned,
        by=by,
        deadline=deadline,
    )
    tables = (scenarios, edits, what_if or ())
    made = plan_report_of(question, change or (), tables, data=data, spoken=(currency, lang))
    if not quiet and made.told:
        typer.echo(made.told, err=True)
    write_report(made.report, chosen, output)
