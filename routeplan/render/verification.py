"""Planned beside published: one row per figure, and a summary of the rows that count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.analysis.verify import summarise_by_status
from routeplan.render.listing import LISTING_FORMATS, json_text, listing_text
from routeplan.render.output import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from routeplan.analysis.verify import Comparison, StatusSummary, Summary
    from routeplan.render.output import Look

VERIFY_FORMATS = LISTING_FORMATS
_LEAST_WIDTH = {"status": 96, "inside": 86}
"""Columns that a narrow terminal goes without: the summary has the one, P10-P90 the other."""


def verification_text(
    comparisons: Sequence[Comparison], summaries: Sequence[Summary], form: Format, look: Look
) -> str:
    """Write a verification.

    Parameters
    ----------
    comparisons
        The rows to show.
    summaries
        One per quantity.
    form
        One of VERIFY_FORMATS; JSON holds rows and summary, the line formats the rows only.
    look
        How a table is drawn.
    """
    if form is Format.JSON:
        return json_text(
            {
                "schema": "routeplan/verify/1",
                "summary": [_summary_dict(summary) for summary in summaries],
                "by_status": [status_row(s, exact=True) for s in summarise_by_status(comparisons)],
                "rows": [comparison_dict(comparison) for comparison in comparisons],
            }
        )
    if form in (Format.TABLE, Format.MD):
        rows = [_short_row(comparison) for comparison in comparisons]
        totals = [summary_row(summary) for summary in summaries]
        by_status = [status_row(summary) for summary in summarise_by_status(comparisons)]
        title = "Summary of the rows that count"
        return (
            listing_text(rows, form, "Planned and published", look=look, least_width=_LEAST_WIDTH)
            + "\n"
            + listing_text(totals, form, title, look=look)
            + "\n"
            + listing_text(by_status, form, "By status", look=look)
        )
    return listing_text([comparison_dict(c) for c in comparisons], form, "")


def status_row(summary: StatusSummary, *, exact: bool = False) -> dict[str, Any]:
    """Return the summary of one status as it stands in a table, or with exact figures."""
    figures = (summary.median_error, summary.bias, summary.inside)
    error, bias, inside = (_rounded(f, 4) if exact else _percent(f) for f in figures)
    return {
        "quantity": str(summary.quantity),
        "status": str(summary.status),
        "counts": summary.counted,
        "rows": summary.compared,
        "median_error" if exact else "median error": error,
        "bias": bias,
        "inside" if exact else "inside P10-P90": inside,
    }


def comparison_dict(comparison: Comparison) -> dict[str, Any]:
    """Return one comparison as plain values."""
    row = comparison.row
    low, high = comparison.published_range
    return {
        "published_id": row.published_id,
        "origin": row.origin,
        "destination": row.destination,
        "via": list(row.via),
        "quantity": str(row.quantity),
        "status": str(row.status),
        "scope": str(row.scope),
        "counts": comparison.counts,
        "published": _rounded(comparison.published),
        "published_low": _rounded(low),
        "published_high": _rounded(high),
        "planned": _rounded(comparison.planned),
        "planned_p10": _rounded(comparison.low),
        "planned_p90": _rounded(comparison.high),
        "error": _rounded(comparison.error, 4),
        "inside": comparison.inside,
        "reason": comparison.reason,
        "sources": list(row.source_ids),
    }


def _summary_dict(summary: Summary) -> dict[str, Any]:
    return {
        "quantity": str(summary.quantity),
        "compared": summary.compared,
        "unplanned": summary.unplanned,
        "median_error": _rounded(summary.median_error, 4),
        "worst_error": _rounded(summary.worst_error, 4),
        "bias": _rounded(summary.bias, 4),
        "inside": _rounded(summary.inside, 4),
    }


def _short_row(comparison: Comparison) -> dict[str, Any]:
    """Return what fits a line: days for times, whole units for the rest."""
    row = comparison.row
    per = 24.0 if row.quantity == "time_h" else 1.0
    unit = {"time_h": "d", "distance_km": "km", "cost_usd": "USD"}[str(row.quantity)]
    band = ""
    if comparison.low is not None and comparison.high is not None:
        band = f"{comparison.low / per:.1f}-{comparison.high / per:.1f}"
    return {
        "what": row.published_id,
        "status": str(row.status),
        "published": _figure(comparison.published, per),
        "planned": _figure(comparison.planned, per) or comparison.reason,
        "unit": unit,
        "P10-P90": band,
        "inside": {True: "yes", False: "no", None: ""}[comparison.inside],
        "error": "" if comparison.error is None else f"{comparison.error:+.0%}",
    }


def summary_row(summary: Summary) -> dict[str, Any]:
    """Return one summary as it stands in a table."""
    return {
        "quantity": str(summary.quantity),
        "rows": summary.compared,
        "no plan": summary.unplanned,
        "median error": _percent(summary.median_error),
        "worst": _percent(summary.worst_error),
        "bias": "" if summary.bias is None else f"{summary.bias:+.1%}",
        "inside P10-P90": _percent(summary.inside),
    }


def _figure(value: float | None, per: float) -> str:
    if value is None:
        return ""
    return f"{value / per:.1f}" if per > 1 else f"{value:,.0f}".replace(",", " ")


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.1%}"


def _rounded(value: float | None, digits: int = 2) -> float | None:
    return None if value is None else round(value, digits)
