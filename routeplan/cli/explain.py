"""`routeplan explain ORIGIN DESTINATION`: why a way is first, and why another is not.

It takes the options of `find` that shape the question, read off `find` itself, so that a new one
is understood here as well.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer

from routeplan.cli.find import find, handover_of, read_network, with_own_trucks
from routeplan.cli.options import MixedFormatOption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from routeplan.places.question import Question

OF_THE_ANSWER = frozenset(
    {
        *("pareto", "over", "k", "max_overlap", "max_stretch", "differ"),
        *("show_sources", "currency", "lang", "picture", "verbose", "form"),
        *("duty", "hs"),
    }
)
"""Parameters of `find` that say how many ways are shown and how: there are two here, as text.

Duty stands beside the ways.
"""

_FIELD = {
    "mode": "modes",
    "value": "value_usd",
    "max_cost": "max_cost_usd",
    "max_co2e": "max_co2e_kg",
    "door": "handover",
    "terminal": "handover",
}
"""Parameter of `find` -> the field of a question, where their names differ."""

_WHY_NOT = typer.Option(
    "--why-not",
    metavar="WAY",
    help='The way in mind: "via Constanta", a chain "Aktau, Alat, Poti", a country, mode, '
    "corridor, edge or passage, or FILE.json#2, a way that find -o FILE.json wrote. The next best "
    "if not given.",
    show_default=False,
)


def explain(**options: Any) -> None:  # noqa: ANN401 - each as the signature below says
    """Say why a way is first, and another is not.

    Example: routeplan explain Astana Belgrade --why-not "via Constanta"
    """
    from routeplan.analysis.explain import explain as explained
    from routeplan.analysis.wanted import read_wanted
    from routeplan.analysis.whatif import change_network
    from routeplan.places.question import read_question
    from routeplan.render.explain import EXPLAIN_FORMATS, explanation_text
    from routeplan.render.explain_words import sentences
    from routeplan.render.output import WITHOUT_NOTES, choose_format, choose_look, write_text

    chosen = choose_format(options["form"], options["output"], EXPLAIN_FORMATS)
    facts = read_network(options["data"], options["emission_factors"])
    network = change_network(facts, options["change"] or ()).network
    question = with_own_trucks(network, question_of(options), options["access"])
    request = read_question(network, question)
    why_not = options["why_not"]
    wanted = None if why_not is None else read_wanted(network, why_not, request)
    explanation = explained(network, request, wanted)
    if not options["quiet"] and chosen in WITHOUT_NOTES:
        for sentence in sentences(explanation):
            typer.echo(sentence, err=True)
    look = choose_look(options["output"], color=not options["no_color"])
    write_text(explanation_text(explanation, chosen, look), options["output"])


def question_of(options: Mapping[str, Any]) -> Question:
    """Make the question of the options of `find`; those that are no part of one are left out."""
    from dataclasses import fields

    from routeplan.places.question import Question

    named = {_FIELD.get(name, name): value for name, value in options.items()}
    named["handover"] = handover_of(
        door=options.get("door", False), terminal=options.get("terminal", False)
    )
    own = {field.name for field in fields(Question)} - {"access"}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in named.items()
        if name in own and value is not None
    }
    return Question(**given)


def _signature() -> inspect.Signature:
    """Take the parameters of `find` that shape a question, and those of any command."""
    kept = [
        parameter
        for parameter in inspect.signature(find, eval_str=True).parameters.values()
        if parameter.name not in OF_THE_ANSWER
    ]
    kind = inspect.Parameter.KEYWORD_ONLY
    own = [
        inspect.Parameter(
            "why_not", kind, default=None, annotation=Annotated[str | None, _WHY_NOT]
        ),
        inspect.Parameter("form", kind, default=None, annotation=MixedFormatOption),
    ]
    asked = [parameter.replace(kind=kind) for parameter in kept]
    return inspect.Signature([*asked[:2], own[0], *asked[2:], own[1]])


explain.__signature__ = _signature()  # type: ignore[attr-defined]  # what typer reads
explain.__annotations__ = {
    name: parameter.annotation
    for name, parameter in explain.__signature__.parameters.items()  # type: ignore[attr-defined]
}
