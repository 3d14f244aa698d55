"""Options that a question is asked by, the same in every command that asks one.

AvoidOption, PolicyOption, CargoOption and so on are named after the option they declare; what each
means is read in `places.question`.
"""

# typer reads the annotations while the program runs, so their imports stay at run time
from pathlib import Path
from typing import Annotated

import typer

from routeplan.cli.completion import complete_cargo, complete_place, complete_policy
from routeplan.cli.options import choice_option
from routeplan.language import Language
from routeplan.scenario.request import Criterion
from routeplan.units import Currency

ByOption = Annotated[
    Criterion, choice_option("--by", Criterion, help="What the first way is best at.")
]
ViaOption = Annotated[
    list[str] | None,
    typer.Option(
        "--via",
        metavar="PLACE",
        help="Pass this place; repeat for several, in order.",
        autocompletion=complete_place,
    ),
]
AvoidOption = Annotated[
    list[str] | None,
    typer.Option(
        "--avoid",
        metavar="WHAT",
        help="Keep out a country, place, edge, corridor or mode; repeat or separate by commas. "
        "country:, node:, edge:, corridor:, mode:, passage: or operator: before it says which "
        "is meant.",
    ),
]
AllowOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow",
        metavar="PASSAGE",
        help="Open a passage that is closed unless named: suez, volga-don.",
    ),
]
ModeOption = Annotated[
    str,
    typer.Option(
        "--mode",
        metavar="MODES",
        help="Only these modes between cities: rail,road,sea,ferry,barge,air. "
        "A truck on a ferry is road, a wagon on one is rail.",
        show_default=False,
    ),
]
PolicyOption = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="NAME|FILE",
        help="Who is kept out: sanctions (RU, BY and IR), none, a profile that comes with "
        "routeplan such as eu-strict, or a TOML file of yours.",
        autocompletion=complete_policy,
    ),
]
CargoOption = Annotated[
    str,
    typer.Option(
        "--cargo",
        metavar="TYPE",
        help="A cargo type of cargo.csv.",
        autocompletion=complete_cargo,
    ),
]
LoadOption = Annotated[
    str, typer.Option("--load", metavar="LOAD", help="1xFEU, 2xTEU, 1xtruck, 20t or 500kg.")
]
ValueOption = Annotated[
    float | None,
    typer.Option(
        "--value",
        metavar="USD",
        help="Value of the whole load; the cargo type's if not given.",
    ),
]
DepartOption = Annotated[
    str | None,
    typer.Option(
        "--depart",
        metavar="WHEN",
        help="Day of departure, 2026-12-01, whose season holds; with its hour, "
        "2026-12-01T08:00, all goes by the clock; a range of days or months, "
        "2026-12..2027-02, shows the best days.",
    ),
]
DeadlineOption = Annotated[
    str | None,
    typer.Option(
        "--deadline",
        metavar="WHEN",
        help="How long it may take, 25d or 600h, or the last day if --depart is given: "
        "shows how likely each way keeps it.",
    ),
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DATE",
        help="Day whose network holds, with the planned links that are open by then.",
    ),
]
IncludePlannedOption = Annotated[
    bool, typer.Option("--include-planned", help="Take planned links as open.")
]
ChangeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--change",
        metavar="CHANGE",
        help="Ask a changed network: 'close node:ge-poti-port', "
        "'mode:rail&country:KZ cost*=1.2'; repeat for several. "
        "`routeplan scenarios new` explains the language.",
        show_default=False,
    ),
]
CurrencyOption = Annotated[
    Currency,
    choice_option(
        "--currency", Currency, help="Currency of tables and reports; JSON and CSV name theirs."
    ),
]
LangOption = Annotated[
    Language,
    choice_option(
        "--lang",
        Language,
        envvar="ROUTEPLAN_LANG",
        show_envvar=False,
        help="Language of tables and reports ($ROUTEPLAN_LANG); all else is English.",
    ),
]
EditsOption = Annotated[
    Path | None,
    typer.Option(
        "--edits",
        metavar="FILE",
        help="Further changes in long form: scenario_id,target,attribute,op,value.",
        show_default=False,
    ),
]
FromOption = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="PLACE",
        help="Origin of the rows that name none.",
        autocompletion=complete_place,
        show_default=False,
    ),
]
ToOption = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="PLACE",
        help="Destination of the rows that name none.",
        autocompletion=complete_place,
        show_default=False,
    ),
]
