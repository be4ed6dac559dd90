"""A value that cannot be read is named with its file, its line and a remedy."""

import pytest
from tests.catalog.pack.broken import Broken, broken

CASES = {
    "unknown section": Broken("routing:  ", "rooting:  ", "section 'rooting'", "'routing'"),
    "unknown key": Broken(
        "    phrases: {en: [there", "    phrase: {en: [there", "key 'phrase'", "'phrases'"
    ),
    "missing key": Broken(
        "  - code: streetlight\n    names: {en: Street light out, es: Farola apagada}\n",
        "  - code: streetlight\n",
        "'names' is missing in a service",
        "Add `names:`",
    ),
    "key that stands twice": Broken(
        "    evidence: [photo]",
        "    evidence: [photo]\n    evidence: [text]",
        "stands twice",
        "Keep one",
        "    evidence: [text]",
    ),
    "nothing where something is needed": Broken(
        "  key: smallville", "  key: ", "stands nothing", "Write a code"
    ),
    "list instead of a word": Broken(
        'number: "988"', "number: [988]", "a list or a mapping", "telephone number"
    ),
    "word instead of a list": Broken(
        "channels: [phone, desk]", "channels: phone", "a list is needed", "- "
    ),
    "unknown zone": Broken("America/Chicago", "America/Smallville", "unknown", "time zone"),
    "unknown counting": Broken(
        "acknowledge: {hours: 8, counting: business}",
        "acknowledge: {hours: 8, counting: busy}",
        "Unknown counting 'busy'",
        "business",
    ),
    "unknown privacy": Broken(
        "privacy: private", "privacy: privat", "Unknown privacy", "'private'"
    ),
    "unknown kind": Broken(
        "privacy: private", "kind: real", "Unknown service kind 'real'", "'realtime'"
    ),
    "unknown channel": Broken(
        "channels: [phone, desk]", "channels: [fone, desk]", "Unknown channel 'fone'", "'phone'"
    ),
    "unknown question type": Broken(
        "        type: text", "        type: txt", "Unknown question type 'txt'", "'text'"
    ),
    "unknown outcome": Broken(
        "  planned: {names", "  plan: {names", "Unknown outcome", "'planned'"
    ),
    "unknown evidence": Broken("evidence: [photo]", "evidence: [foto]", "evidence 'foto'", "photo"),
    "number that is none": Broken("radius_m: 30", "radius_m: near", "whole number", "digits"),
    "time span that runs backwards": Broken(
        '"08:00-12:00, 13:00-17:00"', '"12:00-08:00"', "ends before it starts", "07:00-19:00"
    ),
    "time spans that overlap": Broken(
        '"08:00-12:00, 13:00-17:00"', '"08:00-12:00, 11:00-17:00"', "overlap", "07:00-19:00"
    ),
    "time past midnight": Broken(
        '"08:00-12:00, 13:00-17:00"', '"08:00-25:00"', "past 24:00", "07:00-19:00"
    ),
    "minute that no hour has": Broken(
        '"08:00-12:00, 13:00-17:00"', '"08:75-12:00"', "59 minutes", "07:00-19:00"
    ),
    "unknown day": Broken("week: {mon-fri:", "week: {mon-fry:", "'fry' is not a day", "mon-fri"),
    "date that no year has": Broken("[2027-05-14]", "[2027-02-30]", "Not a date", "2026-12-31"),
    "polygon of two points": Broken(
        ", [-98.50, 39.80], [-98.55, 39.80], [-98.55, 39.70]]", "]", "4 or more", "missing"
    ),
    "latitude off the globe": Broken(
        "[-98.50, 39.80], [-98.55, 39.80], [",
        "[-98.50, 139.80], [-98.55, 39.80], [",
        "139.80",
        "digits",
    ),
    "box that is empty": Broken(
        "box: [-99.00, 39.40, -98.10, 40.10]",
        "box: [-98.10, 39.40, -99.00, 40.10]",
        "empty",
        "West must be below",
    ),
    "hue beyond the color wheel": Broken("{hue: 150}", "{hue: 361}", "'361'", "digits"),
    "alias": Broken("radius_m: 30", "radius_m: *near", "an alias", "Look at this line"),
    "not YAML": Broken("radius_m: 30", "radius_m: [30", "not YAML", "Look at this line"),
    "tab as indentation": Broken(
        "    evidence: [photo]", "\tevidence: [photo]", "not YAML", "Look"
    ),
    "invisible character": Broken(
        "A hole in a street.,", "A hole\x07in a street.,", "character", "Remove"
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_fault_is_named_with_line_and_remedy(check, case):
    text, line = broken(case)

    faults = check(text)

    fitting = [fault for fault in faults if case.message in fault.message]
    assert fitting, f"none of {[str(fault) for fault in faults]}"
    assert (fitting[0].file, fitting[0].line) == ("city.yaml", line), str(fitting[0])
    assert case.remedy in fitting[0].remedy
