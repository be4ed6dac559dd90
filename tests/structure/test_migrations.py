"""Migrations say what the models say, and come after the application role has its rights."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

FIRST = ("platform", "0001_application_role")


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("app", sorted(config.label for config in apps.get_app_configs()))
def test_every_table_is_made_after_the_role_has_its_rights(app):
    graph = MigrationLoader(connection).graph
    roots = [node for node in graph.nodes if node[0] == app]

    assert all(FIRST in graph.forwards_plan(node) for node in roots)
