"""Each verb of the command helps with an example, and says errors in one line."""

from importlib import import_module

import pytest

from hark311.commands.main import main
from hark311.commands.verbs import VERBS


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_the_verb_shows_an_example(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        main([verb.name, "--help"])

    assert ended.value.code == 0
    assert f"example:\n  {import_module(verb.module).EXAMPLE}" in capsys.readouterr().out
    assert import_module(verb.module).EXAMPLE.startswith(f"hark311 {verb.name}")


def test_verbs_stand_in_order():
    names = [verb.name for verb in VERBS]

    assert names == sorted(set(names))
