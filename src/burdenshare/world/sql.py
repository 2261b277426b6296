"""SQL over the figures, for those who want their own questions: DuckDB reads the files in place."""

from __future__ import annotations

from itertools import chain
from math import isfinite
from typing import Any

from burdenshare.errors import UserError
from burdenshare.files import CONTENT
from burdenshare.world.load import World

_COLUMNS = """{'series': 'VARCHAR', 'country': 'VARCHAR', 'year': 'VARCHAR', 'value': 'DOUBLE',
'status': 'VARCHAR', 'precision': 'DOUBLE', 'source': 'VARCHAR', 'note': 'VARCHAR'}"""
_DIALECT = """header=true, delim=',', quote='"', escape='"', auto_detect=false"""
_LIMIT = 100_000


def query(world: World, text: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the column names and rows of a query over the views of the world.

    Views: `facts` (dataset, published, series, country, year, day, value, status, precision,
    source, note), `releases`, `publications`, `series`, `countries`. Nothing outside the
    content and the user's own releases can be read. Nothing can be written: one SELECT is all
    that is taken, as the folders that DuckDB may read it could also write. Raises UserError
    with DuckDB's own first line.
    """
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": False})
    try:
        # A surrogate, which an argument of the command line may hold, is no character for DuckDB.
        statements = connection.extract_statements(text.encode(errors="replace").decode())
        if [each.type for each in statements] != [duckdb.StatementType.SELECT]:
            raise UserError("the query cannot be answered: write one SELECT, which only reads")
        _views(connection, world)
        folders = [str(CONTENT), str(world.own / "facts")]
        connection.execute(f"SET allowed_directories = {_list(folders)}")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        result = connection.execute(statements[0])
        names = [column[0] for column in result.description or []]
        if len(set(names)) < len(names):
            raise UserError("the query cannot be answered: two columns have one name: write AS")
        rows = result.fetchmany(_LIMIT + 1)
        if len(rows) > _LIMIT:
            raise UserError(
                f"the query gives more than {_LIMIT:,} rows: count them, or write LIMIT"
            )
        return names, [tuple(map(_plain, row)) for row in rows]
    except duckdb.Error as error:
        first = str(error).strip().splitlines()[0]
        raise UserError(f"the query cannot be answered: {first}") from None
    finally:
        connection.close()


def _plain(cell: Any) -> Any:
    """Return a cell as JSON can hold it: what is no number is none."""
    return None if isinstance(cell, float) and not isfinite(cell) else cell


def _views(connection: Any, world: World) -> None:
    parts = []
    for dataset in world.datasets.values():
        for release in dataset.releases:
            path = _text(str(release.path))
            source = (
                f"read_parquet({path})"
                if release.path.suffix == ".parquet"
                else f"read_csv({path}, {_DIALECT}, columns={_COLUMNS})"
            )
            daily = dataset.kind == "daily"
            published = "CAST(year AS DATE)" if daily else f"DATE '{release.published}'"
            parts.append(
                f"SELECT {_text(dataset.id)} AS dataset, {published} AS published, "
                f"series, country, "
                f"CAST(left(CAST(year AS VARCHAR), 4) AS INTEGER) AS year, "
                f"{'CAST(year AS DATE)' if daily else 'CAST(NULL AS DATE)'} AS day, "
                f"CAST(value AS DOUBLE) AS value, status, CAST(precision AS DOUBLE) AS precision, "
                f"source, note FROM {source}"
            )
    connection.execute("CREATE VIEW facts AS " + " UNION ALL ".join(parts))
    _table(
        connection,
        "releases",
        "dataset VARCHAR, published DATE, document VARCHAR, coverage VARCHAR, sha256 VARCHAR",
        [
            (d.id, r.published, r.document, r.coverage, r.sha256)
            for d in world.datasets.values()
            for r in d.releases
        ],
    )
    _table(
        connection,
        "publications",
        "dataset VARCHAR, published DATE, document VARCHAR, held VARCHAR, source VARCHAR",
        [
            (d.id, p.published, p.document, p.held, p.source)
            for d in world.datasets.values()
            for p in d.publications
        ],
    )
    _table(
        connection,
        "series",
        "series VARCHAR, dataset VARCHAR, title VARCHAR, unit VARCHAR, definition VARCHAR",
        [(s.id, s.dataset, s.title, s.unit, s.definition) for s in world.series.values()],
    )
    _table(
        connection,
        "countries",
        "country VARCHAR, name VARCHAR, currency VARCHAR",
        [(c.iso3, c.name, c.currency) for c in world.countries.by_code.values()],
    )


def _table(connection: Any, name: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    connection.execute(f"CREATE TABLE {name} ({columns})")
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        # One statement for all rows: `executemany` plans each row anew.
        every = ", ".join(f"({marks})" for _ in rows)
        connection.execute(f"INSERT INTO {name} VALUES {every}", list(chain(*rows)))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _list(values: list[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"
