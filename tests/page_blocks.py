"""Writes the parts of README.md and docs/ that come from the program: `make readme`.

A part stands between `<!-- name -->` and `<!-- /name -->`; a test holds it to the program. `run` is
what the command (or the Python program) in it prints: of it the lines `run :8`, or the parts
between empty lines `run 1-2`, or all.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from functools import cache, partial
from typing import TYPE_CHECKING

import yaml
from pages import PAGES, ROOT, as_reader, read

import routeplan
from routeplan.analysis.published import FILE, read_published
from routeplan.analysis.verify import is_judged_by, summarise, summarise_by_status, verify
from routeplan.batch.columns import RESULT_COLUMNS
from routeplan.cli.main import run
from routeplan.network.column import Column, columns_of
from routeplan.network.files import FILES, packaged_data
from routeplan.network.provenance import confidence_for
from routeplan.network.read import load_network
from routeplan.network.records import Edge, Node
from routeplan.network.rules import list_rules
from routeplan.network.vocabulary import Confidence, Metric
from routeplan.places.question import Question
from routeplan.planner import find_routes
from routeplan.render.draw.answer import plan_svg
from routeplan.render.listing import markdown_table
from routeplan.render.verification import status_row, summary_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from routeplan.analysis.verify import Comparison

_METRICS = {
    Metric.DISTANCE: "distance_km",
    Metric.TIME: "time_h",
    Metric.WAIT: "wait_h",
}
_BLOCK = re.compile(r"^<!-- (\w+)( [^\n]*?)? -->\n(.*?)^<!-- /\1 -->$", re.MULTILINE | re.DOTALL)


def emissions() -> str:
    """Work one leg out so that a reader can check it by hand."""
    network = load_network()
    plan = find_routes(network, Question("Astana", "Belgrade", via=("ge-akhalkalaki",)))
    legs = plan.itineraries[0].legs
    leg = next(leg for leg in legs if leg.edge.edge_id == "rail-az-yevlakh-ganja")
    factor_id = leg.evidence[Metric.CO2E].basis.removeprefix("emissions.csv:")
    factor = next(row for row in network.emissions if row.factor_id == factor_id)
    tonnes, km = plan.request.shipment.mass_t, leg.distance_km
    wtw, ttw = factor.gco2e_per_tkm_wtw or 0.0, factor.gco2e_per_tkm_ttw or 0.0
    return (
        f"For example {leg.start.name} - {leg.end.name} by rail (`{leg.edge.edge_id}`), "
        f"{tonnes:g} t over {km:g} km, factor `{factor_id}`:\n\n"
        f"- well-to-wheel {tonnes:g} t x {km:g} km x {wtw:g} g/tkm = {leg.co2e_kg:.2f} kg CO2e\n"
        f"- of which tank-to-wheel {tonnes:g} t x {km:g} km x {ttw:g} g/tkm "
        f"= {leg.co2e_ttw_kg:.2f} kg CO2e\n"
        f"- the factor: {factor.note}\n"
    )


def counts() -> str:
    """Count the numbers of edges.csv by what they are and how they are known."""
    network = load_network()
    known = {
        metric: Counter(
            confidence_for(edge, metric)
            for edge in network.edges.values()
            if getattr(edge, column) is not None
        )
        for metric, column in _METRICS.items()
    }
    rows = [
        {"number": str(metric), "rows": sum(count.values())}
        | {str(confidence): count[confidence] for confidence in Confidence}
        for metric, count in known.items()
    ]
    places, links, sources = len(network.nodes), len(network.edges), len(network.sources)
    return f"{places} places, {links} links, {sources} sources.\n\n{markdown_table(rows)}"


@cache
def compared() -> Sequence[Comparison]:
    """Plan what was published and counts."""
    network = load_network()
    rows = read_published(packaged_data() / FILE, network)
    return verify(network, (row for row in rows if is_judged_by(row)))


def summary() -> str:
    """Sum up how far the plans are from what was published, by quantity."""
    return markdown_table([summary_row(s) for s in summarise(compared())])


def statuses() -> str:
    """Sum up how far the plans are from what was published, by the kind of statement."""
    return markdown_table([status_row(s) for s in summarise_by_status(compared())])


def parameters() -> str:
    """List the numbers of the method, but for families of them."""
    rows = []
    for row in load_network().parameters.values():
        if "_cost_factor_" in row.parameter_id or row.parameter_id.startswith("circuity_"):
            continue
        known = row.low is not None and row.high is not None and row.low != row.high
        rows.append(
            {
                "parameter": f"`{row.parameter_id}`",
                "value": f"{row.value:g} {row.unit}",
                "range": f"{row.low:g} to {row.high:g}" if known else "",
                "is": row.confidence[0],
            }
        )
    return _table(rows)


def result_columns() -> str:
    """List the columns of the results of a batch."""
    return _table(
        [{"column": c.name, "kind": c.kind, "meaning": c.meaning} for c in RESULT_COLUMNS]
    )


def columns_table(record: type) -> str:
    """List the columns of a file of the network, with what their cells may hold."""
    return _table(
        [
            {"column": f"`{c.name}`", "cell": _cell(c), "meaning": _meaning(c)}
            for c in columns_of(record)
        ]
    )


def _table(rows: Sequence[Mapping[str, str]]) -> str:
    """Write a table of Markdown whose cells may hold code."""
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(f"| {' | '.join(c.replace('|', chr(92) + '|') for c in r)} |\n" for r in lines)


def _cell(column: Column) -> str:
    if column.choices:
        return ", ".join(column.choices)
    if column.base in (float, int):
        low, high = column.minimum, column.maximum
        return "number" if low is None or high is None else f"number, {low:g} to {high:g}"
    if column.base is bool:
        return "yes or no"
    return column.pattern_name or ("texts, `|` between" if column.base is tuple else "text")


def _meaning(column: Column) -> str:
    needed = "; **needed**" if column.required else ""
    others = ", ".join(f"`{name}`" for name in column.synonyms)
    return f"{column.meaning}{needed}{f'; also called {others}' if others else ''}"


def files() -> str:
    """List the files that may stand beside nodes.csv and edges.csv."""
    rows = []
    for name, record in list(FILES.items())[2:]:
        what = (record.__doc__ or "").partition("\n")[0].rstrip(".")
        own = ", ".join(f"`{c.name}`" for c in columns_of(record) if c.name not in _COMMON)
        rows.append({"file": f"`{name}`", "a row is": what, "its columns": own})
    return _table(rows)


def rules() -> str:
    """List the rules of `routeplan check`."""
    return _table(
        [{"rule": r.code, "is": str(r.severity), "what holds": r.title} for r in list_rules()]
    )


def inputs() -> str:
    """List the inputs of the action."""
    known = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    rows = []
    for name, about in known.items():
        needed = "**needed**" if about.get("required") else ""
        default = f"`{about['default']}`" if about.get("default") else needed
        rows.append({"input": f"`{name}`", "default": default, "meaning": about["description"]})
    return _table(rows)


def names() -> str:
    """List what `routeplan` offers to Python."""
    offered = [name for name in routeplan.__all__ if not name.startswith("__")]
    return _table([{"name": f"`{name}`", "what it is": _first_line(name)} for name in offered])


def _first_line(name: str) -> str:
    text = (getattr(routeplan, name).__doc__ or "").strip().partition("\n")[0]
    return text.rstrip(".:")


def shown(which: str, body: str) -> str:
    """Write a command or a program with what it prints on a terminal of 100 columns."""
    command = re.search(r"^```console\n\$ ([^\n]+)\n", body)
    program = re.match(r"```python\n(.*?)```\n", body, re.DOTALL)
    if command:
        printed = _printed(lambda: _run(command[1]))
        return f"```console\n$ {command[1]}\n{_chosen(printed, which)}```\n"
    if program:
        printed = _printed(lambda: exec(program[1], {"__name__": "__main__"}))  # noqa: S102
        return f"{program[0]}\n```text\n{_chosen(printed, which)}```\n"
    raise ValueError(f"neither a command nor a program: {body[:60]!r}")


def _run(command: str) -> None:
    arguments, code = read(command)
    if (ended := run(arguments)) != code:
        raise ValueError(f"`{command}` ended with {ended}, not {code}")


class _Screen(io.StringIO):
    """A terminal to write to."""

    encoding = "utf-8"  # type: ignore[assignment]  # io.StringIO has none of its own

    def isatty(self) -> bool:
        """Say yes."""
        return True


def _printed(work: Callable[[], None]) -> str:
    """Return what it prints, notes among it; no bar is drawn."""
    screen, notes = _Screen(), io.StringIO()
    with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(notes):
        work()
    return notes.getvalue() + screen.getvalue()


def _chosen(text: str, which: str) -> str:
    """Take the first lines (`:8`), some of the parts between empty lines (`1-2`), or all."""
    if not which:
        return text
    if which.startswith(":"):
        lines = text.splitlines(keepends=True)
        count = int(which[1:])
        return "".join(lines[:count]) + ("...\n" if len(lines) > count else "")
    parts = re.split(r"\n\n+", text.rstrip("\n"))
    first, last = (int(end) for end in which.split("-"))
    if last > len(parts):
        raise ValueError(f"there are {len(parts)} parts, not {last}:\n{text}")
    middle = "\n\n".join(parts[first - 1 : last]) + "\n"
    return ("...\n\n" if first > 1 else "") + middle + ("\n...\n" if last < len(parts) else "")


_COMMON = ("source_ids", "as_of", "confidence", "note")
"""Columns of every file."""

NAMED: dict[str, Callable[[], str]] = {
    "emissions": emissions,
    "counts": counts,
    "parameters": parameters,
    "statuses": statuses,
    "summary": summary,
    "results": result_columns,
    "inputs": inputs,
    "names": names,
    "nodes": partial(columns_table, Node),
    "edges": partial(columns_table, Edge),
    "files": files,
    "rules": rules,
}
"""What stands once on some page, by name."""


def with_blocks(text: str) -> str:
    """Return a page with every block written anew; `bench` is measured and stays as it is."""

    def anew(found: re.Match[str]) -> str:
        name, which, body = found[1], (found[2] or "").strip(), found[3]
        if name == "bench":
            return found[0]
        if name != "run" and name not in NAMED:
            raise ValueError(f"there is no block called {name}")
        body = shown(which, body) if name == "run" else NAMED[name]()
        return f"<!-- {name}{found[2] or ''} -->\n{body}<!-- /{name} -->"

    with as_reader(text):
        return _BLOCK.sub(anew, text)


def names_of_blocks(text: str) -> list[str]:
    """List the blocks of a page."""
    return [found[1] for found in _BLOCK.finditer(text)]


def picture() -> str:
    """Draw the map that README.md shows."""
    return plan_svg(find_routes(load_network(), Question("Astana", "Belgrade")))


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(with_blocks(page.read_text("utf-8")), "utf-8")
    (ROOT / "docs" / "route.svg").write_text(picture(), "utf-8")
