"""Why a way is first and another is not: sentences, both ways side by side, and plain values."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from routeplan.analysis.explain import Verdict
from routeplan.render.cells import markdown_text
from routeplan.render.explain_hours import (
    arrival_text,
    hour_rows,
    hours_apart,
    is_timed,
    step_hours,
)
from routeplan.render.explain_words import (
    both_ways,
    capital,
    ends_of,
    heading,
    sentences,
    signed_text,
    step_text,
)
from routeplan.render.figures import days_text, duration_text, kg_text, money_text
from routeplan.render.listing import csv_text, json_text, markdown_table, tsv_text
from routeplan.render.output import Format
from routeplan.render.records import itinerary_dict, plan_dict
from routeplan.render.way import steps, way_text
from routeplan.render.words import (
    data_sentence,
    evidence_sentence,
    policy_sentence,
    request_texts,
)
from routeplan.scenario.request import Measure

if TYPE_CHECKING:
    from routeplan.analysis.explain import Explanation
    from routeplan.analysis.sections import Amounts, Section
    from routeplan.render.output import Look
    from routeplan.render.way import Step

EXPLAIN_FORMATS = (Format.TABLE, Format.JSON, Format.CSV, Format.TSV, Format.MD)
SCHEMA = "routeplan/explain/1"
_UNIT = {Measure.TIME: "h", Measure.COST: "USD", Measure.CO2: "kg"}


def explanation_text(explanation: Explanation, form: Format, look: Look) -> str:
    """Write an explanation; CSV and TSV hold both ways step by step."""
    if form is Format.JSON:
        return json_text(explanation_dict(explanation))
    if form is Format.CSV:
        return csv_text(side_rows(explanation))
    if form is Format.TSV:
        return tsv_text(side_rows(explanation))
    if form is Format.MD:
        return _markdown(explanation)
    from routeplan.render.explain_table import print_explanation

    return print_explanation(explanation, look)


def explanation_dict(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as the JSON contract `routeplan/explain/1` has it."""
    plan = plan_dict(explanation.plan)
    other, wanted, loss = explanation.other, explanation.wanted, explanation.loss
    return {
        "schema": SCHEMA,
        "request": plan["request"],
        "prices": plan["prices"],
        "network": plan["network"],
        "why_not": wanted.text if wanted else None,
        "verdict": str(explanation.verdict),
        "sentences": sentences(explanation),
        "reasons": [
            {
                "kind": str(reason.bar.kind),
                "name": reason.bar.name,
                "text": reason.text,
                "leg": None if reason.leg is None else reason.leg + 1,
            }
            for reason in explanation.reasons
        ],
        "loss": None
        if loss is None
        else {
            "measure": str(loss.measure),
            "value": round(loss.amount, 2),
            "total": round(loss.total, 2),
            "unit": _UNIT[loss.measure],
            "section": loss.section + 1,
            "leg": None if loss.leg is None else loss.leg + 1,
        },
        "best": itinerary_dict(explanation.best, 1),
        "other": itinerary_dict(other, 0) | {"rank": explanation.rank} if other else None,
        "beaten_by": explanation.beaten_by,
        "difference": _difference_dict(explanation) if other else None,
        "sections": [
            {
                "from": section.start,
                "to": section.end,
                "same": section.same,
                "best_legs": [n + 1 for n in range(*section.best)],
                "other_legs": [n + 1 for n in range(*section.other)],
                "best": _amounts_dict(section.best_amounts),
                "other": _amounts_dict(section.other_amounts),
                "difference": _amounts_dict(section.difference),
            }
            for section in explanation.sections
        ],
    }


def _difference_dict(explanation: Explanation) -> dict[str, Any]:
    own, best = (itinerary.totals for itinerary in both_ways(explanation))
    names = (
        *("distance_km", "time_h", "time_h_p10", "time_h_p50", "time_h_p90", "cost_usd"),
        *("co2e_kg", "generalised_cost_usd", "transshipments", "borders"),
    )
    found = {name: round(getattr(own, name) - getattr(best, name), 2) for name in names}
    apart_h = hours_apart(explanation)
    return found | {f"{name}_h": round(hours, 2) for name, hours in apart_h.items()}


def _amounts_dict(amounts: Amounts) -> dict[str, float]:
    return {
        "time_h": round(amounts.time_h, 2),
        "cost_usd": round(amounts.cost_usd, 2),
        "co2e_kg": round(amounts.co2e_kg, 3),
        "generalised_cost_usd": round(amounts.generalised_usd, 2),
    }


def side_rows(explanation: Explanation) -> list[dict[str, Any]]:
    """Return one flat row per pair of steps, side by side; of the best alone if it is the only."""
    if not explanation.sections:
        alone = steps(explanation.best.legs)
        return [_side_row(explanation, each, None, same=True, number=1) for each in alone]
    rows = []
    for number, (section, best, other) in enumerate(paired_steps(explanation), 1):
        for first, second in zip_longest(best, other):
            rows.append(_side_row(explanation, first, second, same=section.same, number=number))
    return rows


def _side_row(
    explanation: Explanation, best: Step | None, other: Step | None, *, same: bool, number: int
) -> dict[str, Any]:
    timed = is_timed(explanation)
    return {
        "section": number,
        "same": same,
        **_step_cells("best", best, timed=timed),
        **_step_cells("other", other, timed=timed),
    }


def paired_steps(explanation: Explanation) -> list[tuple[Section, list[Step], list[Step]]]:
    """Return the sections with the steps of both ways; none where there is only one way."""
    if not explanation.sections:
        return []
    own, best = both_ways(explanation)
    return [
        (section, steps(best.legs[slice(*section.best)]), steps(own.legs[slice(*section.other)]))
        for section in explanation.sections
    ]


def _step_cells(name: str, step: Step | None, *, timed: bool) -> dict[str, Any]:
    return {
        f"{name}_step": step.action if step else None,
        f"{name}_where": step.places if step else None,
        **({f"{name}_{key}": at for key, at in step_hours(step).items()} if timed else {}),
        f"{name}_wait_h": round(step.wait_h, 2) if step else None,
        f"{name}_time_h": round(step.time_h, 2) if step else None,
        f"{name}_cost_usd": round(step.cost_usd, 2) if step else None,
        f"{name}_co2e_kg": round(step.co2e_kg, 3) if step else None,
    }


def total_rows(explanation: Explanation) -> list[tuple[str, str, str, str]]:
    """Return the totals of both ways as text: measure, best, other, difference."""
    own, best = both_ways(explanation)
    new, old = own.totals, best.totals
    spread = "{0:.0f}-{1:.0f}".format
    return [
        *hour_rows(explanation),
        (
            "Days, P50",
            days_text(old.time_h_p50),
            days_text(new.time_h_p50),
            signed_text(new.time_h_p50 - old.time_h_p50, duration_text),
        ),
        (
            "Days, P10-P90",
            spread(old.time_h_p10 / 24, old.time_h_p90 / 24),
            spread(new.time_h_p10 / 24, new.time_h_p90 / 24),
            "",
        ),
        (
            "Days, average",
            days_text(old.time_h),
            days_text(new.time_h),
            signed_text(new.time_h - old.time_h, duration_text),
        ),
        *(
            (name, text(a), text(b), signed_text(b - a, text))
            for name, text, a, b in (
                ("USD", money_text, old.cost_usd, new.cost_usd),
                ("kg CO2e", kg_text, old.co2e_kg, new.co2e_kg),
                (
                    "generalised USD",
                    money_text,
                    old.generalised_cost_usd,
                    new.generalised_cost_usd,
                ),
            )
        ),
    ]


def side_titles(explanation: Explanation) -> tuple[str, str]:
    """Name the two ways as heads of columns."""
    wanted = explanation.wanted
    return "Best way", capital(wanted.title) if wanted else "Next way"


def notes(explanation: Explanation) -> list[str]:
    """Return the sentences below: what it rests on, and what was kept out."""
    found = [policy_sentence(explanation.plan), data_sentence(explanation.plan)]
    if explanation.other is not None and explanation.verdict is not Verdict.BEST:
        found.insert(0, f"The other way: {evidence_sentence(explanation.other)}")
    return found


def _markdown(explanation: Explanation) -> str:
    text = f"# {markdown_text(heading(explanation))}\n\n"
    text += f"{markdown_text(', '.join(request_texts(explanation.plan)))}.\n\n"
    text += "".join(f"{markdown_text(sentence)}\n\n" for sentence in sentences(explanation))
    text += f"- Best way: {markdown_text(way_text(explanation.best))}\n"
    titles = side_titles(explanation)
    if explanation.other is not None and explanation.verdict is not Verdict.BEST:
        text += f"- {titles[1]}: {markdown_text(way_text(explanation.other))}\n\n"
        totals = [
            {"": name, titles[0]: best, titles[1]: own, "Difference": difference}
            for name, best, own, difference in total_rows(explanation)
        ]
        text += f"{markdown_table(totals)}\n"
        text += f"## Side by side\n\n{markdown_table(_side_cells(explanation))}"
    return text + "\n" + "".join(f"- {markdown_text(note)}\n" for note in notes(explanation))


def _side_cells(explanation: Explanation) -> list[dict[str, Any]]:
    titles, timed = side_titles(explanation), is_timed(explanation)
    return [
        {
            titles[0]: row.best,
            **({"Arrives": row.best_at} if timed else {}),
            "Time": row.best_time,
            "USD": row.best_usd,
            titles[1]: row.other,
            **({"Arrives ": row.other_at} if timed else {}),
            "Time ": row.other_time,
            "USD ": row.other_usd,
        }
        for row in side_lines(explanation)
    ]


class SideLine:
    """One line of the table of both ways: texts for each, `kind` step, same or difference."""

    def __init__(self, kind: str, best: tuple[str, ...], other: tuple[str, ...]) -> None:
        self.kind = kind
        self.best, self.best_at, self.best_time, self.best_usd, self.best_kg = best
        self.other, self.other_at, self.other_time, self.other_usd, self.other_kg = other


def side_lines(explanation: Explanation) -> list[SideLine]:
    """Return both ways step by step; a shared stretch is one line, and each other adds up."""
    lines = []
    for section, best, other in paired_steps(explanation):
        if section.same:
            lines += _shared_lines(explanation, section)
            continue
        for first, second in zip_longest(best, other):
            lines.append(SideLine("step", _line_cells(first), _line_cells(second)))
        lines.append(_difference_line(section))
    return lines


def _shared_lines(explanation: Explanation, section: Section) -> list[SideLine]:
    """Return the line of a stretch both ways take; by the clock they may do so at other hours."""
    own, best = both_ways(explanation)
    start, end = ends_of(explanation, section)
    cells = [
        (arrival_text(way.legs[slice(*legs)]), *_amount_cells(amounts))
        for way, legs, amounts in (
            (best, section.best, section.best_amounts),
            (own, section.other, section.other_amounts),
        )
    ]
    shared = SideLine("same", (f"{start} - {end}", *cells[0]), ("the same", *cells[1]))
    return [shared] if not any(section.difference) else [shared, _difference_line(section)]


def _difference_line(section: Section) -> SideLine:
    signed = _amount_cells(section.difference, signed=True)
    return SideLine("difference", ("",) * 5, ("difference", "", *signed))


def _line_cells(step: Step | None) -> tuple[str, ...]:
    if step is None:
        return ("",) * 5
    return (
        step_text(step),
        arrival_text(step.legs),
        duration_text(step.time_h + step.wait_h),
        money_text(step.cost_usd),
        kg_text(step.co2e_kg),
    )


def _amount_cells(amounts: Amounts, *, signed: bool = False) -> tuple[str, str, str]:
    write = signed_text if signed else lambda value, text: text(value)
    return (
        write(amounts.time_h, duration_text),
        write(amounts.cost_usd, money_text),
        write(amounts.co2e_kg, kg_text),
    )
