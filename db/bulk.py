"""Many at once: values in a statement, and rows into a table.

Of rows, cells become what the driver takes a column at a time, each different one once. Going through every row cell by
cell costs SQLAlchemy more time than it costs the database to keep them.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Dialect, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler

_AT_ONCE = 400  # values in one statement: twice this many stay below the 999 that older SQLite takes
_T = TypeVar("_T")


def portions(many: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """Yield as many values at once as fit into a statement."""
    for start in range(0, len(many), _AT_ONCE):
        yield many[start : start + _AT_ONCE]


def add_rows(connection: Connection, table: Table, records: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, which all name the same columns; cells that the driver does not know must be hashable."""
    if not records:
        return
    statement = _statement(table, connection.dialect, tuple(records[0]))
    if statement.positiontup is None:  # a driver that takes no list of cells in order
        connection.execute(insert(table), list(records))
        return
    dialect = connection.dialect
    cells = [_cells(table.c[name], dialect, [row[name] for row in records]) for name in statement.positiontup]
    connection.exec_driver_sql(str(statement), list(zip(*cells, strict=True)))


@lru_cache(maxsize=20)
def _statement(table: Table, dialect: Dialect, names: tuple[str, ...]) -> SQLCompiler:
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(f"{table.name}: no statement that takes rows")
    return compiled


def _cells(column: Column[Any], dialect: Dialect, values: list[Any]) -> list[Any]:
    """Return a column's cells as the driver takes them. Raises StoreError for a moment without a zone."""
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    if bind is None:
        return values
    bound = {value: bind(value) for value in set(values)}
    return [bound[value] for value in values]
