"""`routeplan find ORIGIN DESTINATION`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from routeplan.cli.completion import complete_place
from routeplan.cli.options import (
    DataOption,
    FormatOption,
    NoColorOption,
    OutputOption,
    QuietOption,
    choice_option,
)
from routeplan.cli.question_options import (
    AllowOption,
    AvoidOption,
    ByOption,
    CargoOption,
    ChangeOption,
    CurrencyOption,
    DeadlineOption,
    DepartOption,
    IncludePlannedOption,
    LangOption,
    LoadOption,
    ModeOption,
    OnOption,
    PolicyOption,
    ValueOption,
    ViaOption,
)
from routeplan.language import Language
from routeplan.render.picture import Picture
from routeplan.scenario.request import (
    DRAWS,
    MAX_OVERLAP,
    TRADE_OFFS,
    Criterion,
    Difference,
)
from routeplan.units import Currency

if TYPE_CHECKING:
    from routeplan.itinerary.model import Plan
    from routeplan.network.model import Network
    from routeplan.places.question import Question


def _place(metavar: str) -> Any:  # noqa: ANN401 - what typer makes of an argument is its own
    return typer.Argument(
        metavar=metavar,
        help="Name in any script, UN/LOCODE, IATA code, node id or lat,lon.",
        autocompletion=complete_place,
        show_default=False,
    )


def find(
    origin: Annotated[str, _place("ORIGIN")],
    destination: Annotated[str, _place("DESTINATION")],
    by: ByOption = Criterion.BALANCED,
    k: Annotated[
        int | None,
        typer.Option(
            "-k", metavar="N", help="Number of ways; a short list that differs if not given."
        ),
    ] = None,
    max_overlap: Annotated[
        float,
        typer.Option(
            "--max-overlap",
            metavar="SHARE",
            help="Largest share two ways may have in common, 0 to 1.",
        ),
    ] = MAX_OVERLAP,
    max_stretch: Annotated[
        float | None,
        typer.Option(
            "--max-stretch",
            metavar="FACTOR",
            help="Most a way may take, as a multiple of the best; 1.8 if -k is not given.",
            show_default=False,
        ),
    ] = None,
    differ: Annotated[
        Difference,
        choice_option(
            "--differ",
            Difference,
            help="What ways must differ in: shared km or cost, the chain of modes, the corridors.",
        ),
    ] = Difference.KM,
    pareto: Annotated[
        bool,
        typer.Option(
            "--pareto", help="The whole front of trade-offs: every way that no other beats."
        ),
    ] = False,
    over: Annotated[
        str,
        typer.Option(
            "--over", metavar="MEASURES", help="What --pareto trades off: also p90, transshipments."
        ),
    ] = ",".join(TRADE_OFFS),
    max_days: Annotated[
        float | None,
        typer.Option("--max-days", metavar="DAYS", help="Most days, on average."),
    ] = None,
    max_cost: Annotated[
        float | None, typer.Option("--max-cost", metavar="USD", help="Most dollars.")
    ] = None,
    max_co2e: Annotated[
        float | None, typer.Option("--max-co2e", metavar="KG", help="Most kilograms of CO2e.")
    ] = None,
    max_transshipments: Annotated[
        int | None,
        typer.Option("--max-transshipments", metavar="N", help="Most changes of mode."),
    ] = None,
    via: ViaOption = None,
    avoid: AvoidOption = None,
    allow: AllowOption = None,
    mode: ModeOption = "",
    policy: PolicyOption = "sanctions",
    cargo: CargoOption = "general",
    load: LoadOption = "1xFEU",
    value: ValueOption = None,
    duty: Annotated[
        bool,
        typer.Option("--duty", help="Import duty with and without preference.", show_default=False),
    ] = False,
    hs: Annotated[
        str,
        typer.Option(
            "--hs",
            metavar="CODE",
            help="HS code of the goods for --duty, 0710 or 8461.50; the cargo type's if not given.",
            show_default=False,
        ),
    ] = "",
    depart: DepartOption = None,
    arrive_by: Annotated[
        str | None,
        typer.Option(
            "--arrive-by",
            metavar="WHEN",
            help="Be there by a day, 2026-12-25, or by an hour of it: "
            "shows when each way must leave at the latest.",
        ),
    ] = None,
    deadline: DeadlineOption = None,
    on: OnOption = None,
    include_planned: IncludePlannedOption = False,
    change: ChangeOption = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws", metavar="N", help="Draws of the simulation that percentiles come from."
        ),
    ] = DRAWS,
    emission_factors: Annotated[
        Path | None,
        typer.Option(
            "--emission-factors",
            metavar="FILE",
            help="CSV in the columns of emissions.csv, taken before the program's own factors.",
            show_default=False,
        ),
    ] = None,
    show_sources: Annotated[
        bool,
        typer.Option(
            "--sources", help="Where each number is from, instead of the ways.", show_default=False
        ),
    ] = False,
    currency: CurrencyOption = Currency.USD,
    lang: LangOption = Language.EN,
    picture: Annotated[
        Picture | None,
        choice_option(
            "--picture",
            Picture,
            help="Draw: in the terminal, or with -o FILE.svg or .png. The first way is stressed.",
            show_default=False,
        ),
    ] = None,
    door: Annotated[
        bool,
        typer.Option("--door", help="From door to door, where a terminal is named too."),
    ] = False,
    terminal: Annotated[
        bool,
        typer.Option(
            "--terminal", help="From terminal to terminal, without the first and the last truck."
        ),
    ] = False,
    access: Annotated[
        Path | None,
        typer.Option(
            "--access",
            metavar="FILE",
            help="CSV of your own trucks: place, terminal, km; hours, usd, source_ids if known.",
            show_default=False,
        ),
    ] = None,
    geocode: Annotated[
        bool,
        typer.Option(
            "--geocode",
            help="Look a place that is not known up online (OpenStreetMap's Nominatim).",
        ),
    ] = False,
    form: FormatOption = None,
    output: OutputOption = None,
    data: DataOption = None,
    no_color: NoColorOption = False,
    quiet: QuietOption = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Every way step by step, with sources.")
    ] = False,
) -> None:
    """Find ways: time as P10-P50-P90, cost, CO2e, steps.

    Example: routeplan find Astana Belgrade --load 500kg --by time
    """
    from dataclasses import replace

    from routeplan.places.question import Question
    from routeplan.render.listing import LISTING_FORMATS
    from routeplan.render.output import (
        BINARY_FORMATS,
        PICTURE_FORMATS,
        WITHOUT_NOTES,
        Format,
        choose_format,
        choose_look,
        write_bytes,
        write_text,
    )
    from routeplan.render.picture import check_picture
    from routeplan.render.plan import plan_bytes, plan_text
    from routeplan.render.words import policy_sentence, what_if_sentences

    sweeps = depart is not None and ".." in depart
    listed = show_sources or sweeps
    chosen = choose_format(form, output, LISTING_FORMATS if listed else tuple(Format))
    if picture is not None or chosen in PICTURE_FORMATS:
        chosen = check_picture(picture, chosen, output, asked=form is not None)
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
        value_usd=value,
        depart=depart,
        arrive_by=arrive_by,
        on=on,
        include_planned=include_planned,
        by=by,
        k=k,
        max_overlap=max_overlap,
        max_stretch=max_stretch,
        differ=differ,
        max_days=max_days,
        max_cost_usd=max_cost,
        max_co2e_kg=max_co2e,
        max_transshipments=max_transshipments,
        front=over if pareto else "",
        deadline=deadline,
        draws=draws,
        duty=duty,
        hs=hs,
        handover=handover_of(door=door, terminal=terminal),
        geocode=geocode,
    )
    network = read_network(data, emission_factors)
    question = with_own_trucks(network, question, access)
    if sweeps:
        from routeplan.cli.days import print_days, refuse

        refuse({"--change": change, "--picture": picture, "--sources": show_sources, "-k": k})
        look = choose_look(output, color=not no_color)
        print_days(network, question, chosen, output, look, (currency, lang))
        return
    plan = _answer(network, question, change)
    plan = replace(plan, prices=plan.prices.showing(currency), language=lang)
    if quiet and chosen in (Format.TABLE, Format.MD):
        plan = replace(plan, warnings=())
    if not quiet and chosen in WITHOUT_NOTES:
        for line in (*what_if_sentences(plan), *plan.warnings, policy_sentence(plan)):
            typer.echo(line, err=True)
    look = choose_look(output, color=not no_color)
    if show_sources:
        from routeplan.render.provenance import provenance_text

        write_text(provenance_text(plan, chosen, look), output)
        return
    if picture is not None or chosen in PICTURE_FORMATS:
        from routeplan.render.draw.answer import write_plan_picture

        write_plan_picture(plan, network, (chosen, picture, look), output, folder=data)
        return
    if chosen in BINARY_FORMATS:
        write_bytes(plan_bytes(plan, chosen, network), output)
        return
    write_text(plan_text(plan, chosen, look, verbose=verbose), output)


def with_own_trucks(network: "Network", question: "Question", access: Path | None) -> "Question":
    """Return a question with the trucks of a user's own table."""
    if access is None:
        return question
    from dataclasses import replace

    from routeplan.places.access import read_access

    return replace(question, access=read_access(network, access))


def handover_of(*, door: bool, terminal: bool) -> str:
    """Return where cargo is handed over as `Question` has it; refuse both options at once."""
    if door and terminal:
        from routeplan.errors import RequestError

        raise RequestError("--door and --terminal contradict each other. Choose one.")
    return "door" if door else "terminal" if terminal else "named"


def read_network(data: Path | None, emission_factors: Path | None) -> "Network":
    """Read the network of a folder, with a user's emission factors before its own."""
    from routeplan.network.read import load_network

    network = load_network(data)
    if emission_factors is None:
        return network
    from routeplan.network.overlay import overlay_factors

    return overlay_factors(network, emission_factors)


def _answer(network: "Network", question: "Question", changes: list[str] | None) -> "Plan":
    if not changes:
        from routeplan.planner import find_routes

        return find_routes(network, question)
    from routeplan.analysis.whatif import find_changed

    return find_changed(network, question, changes)
