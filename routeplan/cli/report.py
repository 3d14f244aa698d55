"""`routeplan report ORIGIN DESTINATION`, or of the results of a batch."""

from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.completion import complete_cargo, complete_place
from routeplan.cli.options import DataOption, OutputOption, QuietOption, choice_option
from routeplan.language import Language
from routeplan.render.output import Format
from routeplan.scenario.request import Criterion, Policy
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
    edits: Annotated[
        Path | None,
        typer.Option(
            "--edits",
            metavar="FILE",
            help="Further changes of its rows, in long form.",
            show_default=False,
        ),
    ] = None,
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
            help="Report on the results of a batch instead: .csv or .jsonl, also with .gz.",
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
    by: Annotated[
        Criterion, choice_option("--by", Criterion, help="What the first way is best at.")
    ] = Criterion.BALANCED,
    via: Annotated[
        list[str] | None,
        typer.Option("--via", metavar="PLACE", help="Pass this place.", show_default=False),
    ] = None,
    avoid: Annotated[
        list[str] | None,
        typer.Option(
            "--avoid",
            metavar="WHAT",
            help="Keep out a country, place, edge, corridor or mode.",
            show_default=False,
        ),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow", metavar="PASSAGE", help="Open suez or volga-don.", show_default=False
        ),
    ] = None,
    mode: Annotated[
        str,
        typer.Option(
            "--mode", metavar="MODES", help="Only these modes between cities.", show_default=False
        ),
    ] = "",
    policy: Annotated[
        Policy, choice_option("--policy", Policy, help="sanctions keeps RU, BY and IR out.")
    ] = Policy.SANCTIONS,
    cargo: Annotated[
        str,
        typer.Option(
            "--cargo",
            metavar="TYPE",
            help="A cargo type of cargo.csv.",
            autocompletion=complete_cargo,
        ),
    ] = "general",
    load: Annotated[
        str, typer.Option("--load", metavar="LOAD", help="1xFEU, 2xTEU, 1xtruck, 20t or 500kg.")
    ] = "1xFEU",
    depart: Annotated[
        str | None,
        typer.Option("--depart", metavar="DATE", help="Day of departure.", show_default=False),
    ] = None,
    deadline: Annotated[
        str | None,
        typer.Option(
            "--deadline",
            metavar="WHEN",
            help="How long it may take, 25d, or the last day: its chance is shown.",
            show_default=False,
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="Day whose network holds.", show_default=False),
    ] = None,
    include_planned: Annotated[
        bool, typer.Option("--include-planned", help="Take planned links as open.")
    ] = False,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="CHANGE",
            help="Report on a changed network; what that does is said first.",
            show_default=False,
        ),
    ] = None,
    currency: Annotated[
        Currency, choice_option("--currency", Currency, help="Currency of all amounts.")
    ] = Currency.USD,
    lang: Annotated[
        Language,
        choice_option(
            "--lang",
            Language,
            envvar="ROUTEPLAN_LANG",
            show_envvar=False,
            help="Language of the report ($ROUTEPLAN_LANG).",
        ),
    ] = Language.EN,
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
