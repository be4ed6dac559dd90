"""The page on one's own PostgreSQL works as it is written."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "use-your-own-postgresql.md"


@pytest.fixture
def prepared(database_server):
    """Run the page's statements on a server that has roles of these names already."""
    found = re.search(r"```sql\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found
    statements = found.group(1).replace("hark311", "own311").strip().split(";\n")
    with psycopg.connect(database_server.roles.superuser, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.rstrip(";"))
    yield re.search(r"@([^/]+)/", database_server.roles.superuser).group(1)
    with psycopg.connect(database_server.roles.superuser, autocommit=True) as connection:
        connection.execute("DROP DATABASE own311 WITH (FORCE)")
        connection.execute("DROP ROLE own311_app")
        connection.execute("DROP ROLE own311_owner")


def test_migrating_and_looking_works_as_the_page_says(prepared, tmp_path):
    def address(role: str, password: str) -> str:
        return f"postgresql://own311_{role}:{quote(password)}@{prepared}/own311"

    environment = {
        **os.environ,
        "DATABASE_URL": address("app", "change-me-too"),
        "DATABASE_OWNER_URL": address("owner", "change-me"),
        "HARK311_DATABASE_APP_ROLE": "own311_app",
        "HARK311_DATA": str(tmp_path),
    }
    said = [
        subprocess.run(
            [sys.executable, "-m", "hark311.commands.main", verb],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for verb in ("migrate", "doctor")
    ]

    assert [ended.returncode for ended in said] == [0, 0], said
    assert "ok    the role is own311_app" in said[1].stdout
