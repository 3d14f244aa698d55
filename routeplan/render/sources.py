"""Sources, each a few lines: what it is called here, who published it, where to open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from routeplan.network.usage import count_uses
from routeplan.render.cells import plain
from routeplan.render.listing import listing_text
from routeplan.render.output import Format, Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.text import Text

    from routeplan.network.model import Network


def source_rows(network: Network, text: str) -> list[dict[str, Any]]:
    """List the sources whose id, publisher, title or address holds a text, and their uses."""
    uses = count_uses(network)
    return [
        {
            "source_id": source.source_id,
            "publisher": source.publisher,
            "title": source.title,
            "as_of": source.as_of,
            "rows": uses.get(source.source_id, 0),
            "url": source.url,
        }
        for source in network.sources.values()
        if text.casefold()
        in f"{source.source_id} {source.publisher} {source.title} {source.url}".casefold()
    ]


def sources_text(rows: Sequence[Mapping[str, Any]], form: Format, look: Look) -> str:
    """Write sources in one of the listing formats; the table's rows are blocks of lines."""
    if form is not Format.TABLE:
        return listing_text(rows, form, "Sources", look=look)
    from rich.console import Group

    from routeplan.render.console import table_text

    return table_text(Group(*source_lines(rows)), look)


def source_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[Text]:
    """Yield the lines of each source; an address stays in one piece however narrow the table."""
    from rich.text import Text

    for row in rows:
        head = Text(row["source_id"], style="bold")
        if backed := row.get("for"):
            head.append(f" ({', '.join(backed)})", style="not bold")
        if "rows" in row:
            count = row["rows"]
            head.append(f" ({count} row{'' if count == 1 else 's'})", style="not bold")
        published = ", ".join(plain(row[key]) for key in ("publisher", "as_of") if row[key])
        head.append(f"  {published}", style="not bold")
        yield head
        if row["title"]:
            yield Text(f"  {plain(row['title'])}")
        if row["url"]:
            yield Text(f"  {plain(row['url'])}", style="dim", no_wrap=True, overflow="ignore")
