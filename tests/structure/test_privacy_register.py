"""Every field of every table of ours says how private it is."""

import pytest
from django.apps import apps

from hark311.privacy.register import REGISTER

TABLES = {
    model._meta.label_lower: {field.name for field in model._meta.concrete_fields}
    for model in apps.get_models()
    if model.__module__.startswith("hark311.")
}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_each_field_has_one_privacy_class(table):
    registered = set(REGISTER.get(table, {}))

    assert registered == TABLES[table], (
        f"name the privacy class of {sorted(TABLES[table] ^ registered)} of {table}"
        " in hark311/privacy/register.py"
    )


def test_the_register_names_no_table_that_is_gone():
    assert set(REGISTER) == set(TABLES)
