"""What `routeplan report` does once its options are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from routeplan.errors import RequestError
from routeplan.network.read import load_network
from routeplan.render.output import Format, choose_format, write_text
from routeplan.render.report.html import report_page
from routeplan.render.report.markdown import report_figures, report_markdown
from routeplan.units import Currency

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from routeplan.analysis.effects import Effects
    from routeplan.itinerary.model import Plan
    from routeplan.language import Language
    from routeplan.network.model import Network
    from routeplan.places.question import Question
    from routeplan.render.report.blocks import Report
    from routeplan.scenario.form import ScenarioRow

_LISTS = ("via", "avoid", "allow")
_TEXTS = ("origin", "destination", "modes", "policy", "cargo", "load", "depart", "on", "deadline")


class Made(NamedTuple):
    """A report, and what to tell about it beside."""

    report: Report
    told: str = ""


def check_report(form: Format | None, output: Path | None) -> Format:
    """Choose HTML or Markdown; standard output gets Markdown unless asked otherwise.

    Raises
    ------
    RequestError
        If it is neither.
    """
    if output is not None and form is None and output.suffix.lower() == ".pdf":
        raise RequestError(
            f"{output}: a PDF is printed from the page, which is made for A4. Write -o "
            f"{output.with_suffix('.html')} and print that from a browser."
        )
    asked = form if form is not None or output is not None else Format.MD
    return choose_format(asked, output, (Format.HTML, Format.MD))


def write_report(report: Report, form: Format, output: Path | None) -> None:
    """Write a report; Markdown in a file has its figures beside it, the text comes last.

    Raises
    ------
    OutputError
        If one of the files cannot be written.
    """
    if form is Format.HTML:
        write_text(report_page(report), output)
        return
    stem = output.name.removesuffix(".gz").rpartition(".")[0] if output else ""
    if output is not None:
        for name, svg in report_figures(report, stem):
            write_text(svg, output.with_name(name))
    write_text(report_markdown(report, stem), output)


def plan_report_of(
    question: Question,
    changes: Sequence[str],
    tables: tuple[str | None, Path | None, Sequence[str]],
    *,
    data: Path | None,
    spoken: tuple[Currency, Language],
) -> Made:
    """Answer a question with its what-ifs, and report on it.

    Parameters
    ----------
    question
        As asked.
    changes
        Of the network that is reported on.
    tables
        A table of scenarios, its edits, and single changes to hold against the answer.
    data
        The data folder; None for the packaged one.
    spoken
        Currency and language of the report.

    Raises
    ------
    RouteplanError
        If the question, a change or a table cannot be understood, or there is no way.
    """
    from routeplan.analysis.whatif import answer_changed, change_network
    from routeplan.render.report.plan import plan_report

    if not question.origin or not question.destination:
        raise RequestError("name ORIGIN and DESTINATION, or the results of a batch by --results.")
    currency, language = spoken
    facts = load_network(data)
    changed = change_network(facts, changes)
    network, plan = changed.network, answer_changed(facts, question, changed)
    plan = replace(plan, prices=plan.prices.showing(currency), language=language)
    effects = _effects(network, plan, question, tables)
    return Made(plan_report(plan, network, effects, data), _told(effects))


def results_report(
    results: Path | None,
    baseline: Path | None,
    others: tuple[Any, ...],
    language: Language,
) -> Report:
    """Report on the results of a batch.

    Parameters
    ----------
    results, baseline
        Files of results; the second may be None.
    others
        What only a question takes, to be empty.
    language
        Of the report.

    Raises
    ------
    RouteplanError
        If a file cannot be read, or a question is asked beside it.
    """
    from routeplan.analysis.results import compare_results, read_results
    from routeplan.render.report.results import results_report as report_of

    if results is None:
        raise RequestError("--baseline is compared with --results FILE. Name that too.")
    if any(others):
        raise RequestError("--results reports on a batch: leave places, scenarios and changes off.")
    found = read_results(results)
    moved = None if baseline is None else compare_results(read_results(baseline), found)
    return report_of(found, moved, name=results.name, language=language)


def _effects(
    network: Network,
    plan: Plan,
    question: Question,
    tables: tuple[str | None, Path | None, Sequence[str]],
) -> Effects | None:
    scenarios, edits, what_if = tables
    if scenarios is None and edits is not None:
        raise RequestError("--edits are further changes of the rows of --scenarios FILE. Name it.")
    if scenarios is None and not what_if:
        return None
    from routeplan.analysis.effects import find_effects

    defaults = _cells(question)
    return find_effects(network, plan, _rows(scenarios, edits, what_if, defaults))


def _rows(
    scenarios: str | None, edits: Path | None, what_if: Sequence[str], defaults: dict[str, str]
) -> Iterator[ScenarioRow]:
    from routeplan.scenario.edits import read_edits
    from routeplan.scenario.table import ScenarioTable

    if what_if:
        given = [{"scenario_id": text, "changes": text} for text in what_if]
        yield from ScenarioTable(given, defaults=defaults)
    if scenarios is not None:
        further = None if edits is None else read_edits(edits)
        yield from ScenarioTable(scenarios, defaults=defaults, edits=further)


def _cells(question: Question) -> dict[str, str]:
    """Write a question as the cells of a table of scenarios."""
    cells = {name: str(getattr(question, name) or "") for name in _TEXTS}
    cells |= {name: ",".join(getattr(question, name)) for name in _LISTS}
    cells["by"] = str(question.by)
    cells["include_planned"] = "yes" if question.include_planned else ""
    return {name: text for name, text in cells.items() if text}


def _told(effects: Effects | None) -> str:
    if effects is None:
        return ""
    count = len(effects.effects)
    text = f"{count:,} {'what-if' if count == 1 else 'what-ifs'} answered"
    if effects.elsewhere:
        text += f", {effects.elsewhere:,} of other places left out"
    if effects.faults:
        text += f", {len(effects.faults):,} cannot be asked (`routeplan scenarios check` says why)"
    return f"{text}."
