"""Writes the parts of the README that come from the program: `make readme`.

A block stands between `<!-- name -->` and `<!-- /name -->`; a test holds it to the program.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from textwrap import fill

from routeplan.analysis.explain import explain
from routeplan.analysis.published import FILE, read_published
from routeplan.analysis.verify import is_judged_by, summarise, summarise_by_status, verify
from routeplan.analysis.wanted import read_wanted
from routeplan.network.files import packaged_data
from routeplan.network.provenance import confidence_for
from routeplan.network.read import load_network
from routeplan.network.vocabulary import Confidence, Metric
from routeplan.places.question import Question, read_question
from routeplan.planner import find_routes
from routeplan.render.draw.answer import plan_svg
from routeplan.render.explain_words import sentences
from routeplan.render.listing import markdown_table
from routeplan.render.output import Format, Look
from routeplan.render.plan import plan_text
from routeplan.render.verification import status_row, summary_row

README = Path(__file__).parents[1] / "README.md"
_METRICS = {
    Metric.DISTANCE: "distance_km",
    Metric.TIME: "time_h",
    Metric.WAIT: "wait_h",
}


def blocks() -> dict[str, str]:
    """Return each block of the README as it should be."""
    return {
        "example": example(),
        "why": why(),
        "emissions": emissions(),
        "counts": counts(),
        "verify": verified(),
    }


def example() -> str:
    """Show the first question of all as a terminal of 100 columns has it."""
    plan = find_routes(load_network(), Question("Astana", "Belgrade"))
    table = plan_text(plan, Format.TABLE, Look(width=100, color=False, encoding="utf-8"))
    return f"```console\n$ routeplan find Astana Belgrade\n{table}```\n"


def why() -> str:
    """Say why two ways people ask for are not first."""
    network = load_network()
    request = read_question(network, Question("Astana", "Belgrade"))
    told = []
    for wanted in ("via Constanta", "RU"):
        found = explain(network, request, read_wanted(network, wanted, request))
        told.append(fill(" ".join(sentences(found)), 100))
    return "```text\n" + "\n\n".join(told) + "\n```\n"


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


def verified() -> str:
    """Sum up how far the plans are from what was published."""
    network = load_network()
    rows = read_published(packaged_data() / FILE, network)
    compared = verify(network, (row for row in rows if is_judged_by(row)))
    totals = markdown_table([summary_row(s) for s in summarise(compared)])
    by_status = markdown_table([status_row(s) for s in summarise_by_status(compared)])
    return f"{totals}\n{by_status}"


def with_blocks(text: str) -> str:
    """Return the README with every block written anew."""
    for name, body in blocks().items():
        pattern = re.compile(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text, found = pattern.subn(lambda m, b=body: f"{m[1]}{b}{m[2]}", text)
        if found != 1:
            raise ValueError(f"README.md has {found} blocks called {name}")
    return text


def picture() -> str:
    """Draw the map that README.md shows."""
    return plan_svg(find_routes(load_network(), Question("Astana", "Belgrade")))


if __name__ == "__main__":
    README.write_text(with_blocks(README.read_text("utf-8")), "utf-8")
    (README.parent / "docs" / "route.svg").write_text(picture(), "utf-8")
