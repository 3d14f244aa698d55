"""Rows as Parquet, by pyarrow (extra `parquet`): typed columns, packed by zstd."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, ClassVar

from routeplan.render.rows.writer import RowWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyarrow import RecordBatch, Schema

    from routeplan.render.rows.writer import Field, Table, Values


class ParquetRows(RowWriter):
    """Writes rows as Parquet; each chunk is a row group."""

    CHUNK: ClassVar[int] = 50_000
    _writer: Any = None

    def _begin(self) -> None:
        import pyarrow.parquet as pq

        self._schema = _schema(self.file.fields)
        self._writer = pq.ParquetWriter(self.file.path, self._schema, compression="zstd")

    def _put(self, chunk: list[Values]) -> None:
        self._writer.write_batch(_batch(zip(*chunk, strict=True), self._schema))

    def _end(self) -> None:
        self._writer.close()

    def discard(self) -> None:
        """Close the file as it is."""
        if self._writer is not None:
            self._writer.close()


def parquet_bytes(table: Table) -> bytes:
    """Return a table as a Parquet file."""
    import pyarrow.parquet as pq

    schema = _schema(table.fields)
    columns = [[row.get(field.name) for row in table.rows] for field in table.fields]
    out = io.BytesIO()
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        writer.write_batch(_batch(columns, schema))
    return out.getvalue()


def _schema(fields: Sequence[Field]) -> Schema:
    import pyarrow as pa

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return pa.schema(
        [
            pa.field(
                field.name,
                kinds[field.kind],
                metadata={"description": field.meaning} if field.meaning else None,
            )
            for field in fields
        ]
    )


def _batch(columns: Iterable[Sequence[Any]], schema: Schema) -> RecordBatch:
    import pyarrow as pa

    arrays = [pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)]
    return pa.record_batch(arrays, schema=schema)
