"""Parts that do not fit together are named with their file, their line and a remedy."""

import pytest
from tests.catalog.pack.broken import Broken, broken

CASES = {
    "duplicate department": Broken(
        "code: clerk, n", "code: works, n", "department 'works'", "other"
    ),
    "duplicate queue": Broken(
        "code: parks, names: {en: Park c",
        "code: streets, names: {en: Park c",
        "queue 'streets' is there already",
        "another code",
    ),
    "duplicate service": Broken(
        "- code: streetlight", "- code: pothole", "service 'pothole'", "another code"
    ),
    "duplicate question": Broken("- code: damage", "- code: size", "question 'size'", "another"),
    "duplicate choice": Broken("code: car, n", "code: plate, n", "choice 'plate'", "another"),
    "duplicate area": Broken("- code: east", "- code: old_town", "area 'old_town'", "another"),
    "duplicate rule": Broken(
        "answers: {size: [car]}",
        "answers: {size: [car]}\n"
        "  - {code: big_holes, name: Twice, queue: streets, services: [other]}",
        "rule 'big_holes'",
        "another code",
        "  - {code: big_holes",
    ),
    "blank that nothing fills": Broken(
        "A crew comes to {street} on {date}.",
        "A crew comes to {stret} on {date}.",
        "no blank {stret}",
        "street",
    ),
    "number where many read": Broken(
        "A crew comes to {street} on {date}.",
        "About {number}: a crew comes.",
        "no blank {number}",
        "Use one of",
    ),
    "broken braces of a text": Broken(
        "A crew comes to {street} on {date}.", "A crew comes to {street.", "braces", "{street}"
    ),
    "duplicate language": Broken("code: fr, name", "code: es, name", "stands twice", "Keep one"),
    "missing queue of a service": Broken(
        "    queue: streets\n    phrases", "    queue: street\n    phrases", "no queue", "'streets'"
    ),
    "missing queue of a rule": Broken(
        "    queue: front_desk\n    services", "    queue: desk\n    services", "no queue", "desk"
    ),
    "missing fallback queue": Broken(
        "fallback_queue: front_desk", "fallback_queue: nobody", "no queue 'nobody'", "front_desk"
    ),
    "missing department": Broken(
        "department: works\n    queue: streets\n    phrases",
        "department: work\n    queue: streets\n    phrases",
        "no department 'work'",
        "'works'",
    ),
    "missing calendar": Broken(
        "department: clerk, calendar: office",
        "department: clerk, calendar: offices",
        "no calendar",
        "'office'",
    ),
    "missing service of a rule": Broken(
        "services: [pothole]\n    areas", "services: [potholes]\n    areas", "no service", "pothole"
    ),
    "missing service of a pathway": Broken(
        "service: other}", "service: others}", "no service", "'other'"
    ),
    "missing area": Broken('["ward:old_town"]', '["ward:oldtown"]', "no area", "ward:old_town"),
    "missing group": Broken(
        "group: home\n    department: works\n    queue: streets\n    privacy",
        "group: house\n    department: works\n    queue: streets\n    privacy",
        "no group",
        "home",
    ),
    "escalation in a circle": Broken(
        "department: clerk, calendar: office}",
        "department: clerk, calendar: office, escalates_to: streets}",
        "circle in the escalation of queues",
        "end the chain",
        "  - {code: streets, names: {en: Street crew",
    ),
    "escalation to itself": Broken(
        "department: clerk, calendar: office}",
        "department: clerk, calendar: office, escalates_to: front_desk}",
        "front_desk → front_desk",
        "end the chain",
    ),
    "pathway in a circle": Broken(
        "hotline: crisis}", "next: start}", "circle in the pathways", "end the chain"
    ),
    "no number for emergencies": Broken(
        "    kind: emergency",
        "    kind: other",
        "No hotline is for emergencies",
        "kind: emergency",
        "- code: emergency",
    ),
    "choice that leads nowhere": Broken(
        ", hotline: crisis}", "}", "leads to no things", "Give one of"
    ),
    "conditions in a circle": Broken(
        "        required: true\n",
        "        required: true\n        when: {question: damage, answers: [x]}\n",
        "circle in the conditions",
        "end the chain",
        "        when: {question: size",
    ),
    "condition on a missing question": Broken(
        "when: {question: size", "when: {question: sise", "no other question", "'size'"
    ),
    "condition on a missing choice": Broken(
        "answers: [car]}\n    promise", "answers: [cart]}\n    promise", "no choice 'cart'", "'car'"
    ),
    "promise without hours": Broken(
        "resolve: {days: 3, counting: business}",
        "resolve: {counting: business}",
        "has no hours",
        "Give either",
    ),
    "promise with hours and days": Broken(
        "resolve: {days: 3, counting",
        "resolve: {days: 3, hours: 9, counting",
        "hours and days",
        "Give either",
    ),
    "promise of nothing": Broken(
        "promise: {resolve: {days: 5, counting: business}, texts",
        "promise: {texts",
        "'streetlight' has no hours",
        "remove the promise",
    ),
    "list question without choices": Broken(
        "        type: text",
        "        type: multivaluelist",
        "no choices",
        "choices",
        "- code: damage",
    ),
    "choices of a question that is no list": Broken(
        "type: singlevaluelist  ",
        "type: string  ",
        "has choices",
        "singlevaluelist",
        "- code: size",
    ),
    "shown text that must be answered": Broken(
        "        type: text\n",
        "        type: text\n        required: true\n        variable: false\n",
        "shown only",
        "Remove `required`",
        "- code: damage",
    ),
    "complete language without texts": Broken(
        "descriptions: {en: A hole in a street., es: Un hoyo en una calle.}",
        "descriptions: {en: A hole in a street.}",
        "lacks a complete language: es",
        "Add `es: …`",
    ),
    "language the city does not have": Broken(
        "names: {en: Pothole, es: Bache}",
        "names: {en: Pothole, es: Bache, de: Loch}",
        "language 'de'",
        "Use one of",
    ),
    "default language that is no more than a draft": Broken(
        "name: English, complete: true", "name: English", "is the default", "complete: true"
    ),
    "day that comes twice": Broken(
        "week: {mon-fri:",
        'week: {fri: "08:00-09:00", mon-fri:',
        "a day twice",
        "together",
        "- code: office",
    ),
    "calendar that never opens": Broken(
        'week: {mon-fri: "08:00-12:00, 13:00-17:00"}',
        "week: {}",
        "never open",
        "mon-fri",
        "- code: office",
    ),
    "unknown country": Broken("country: US", "country: XX", "country 'XX'", "ISO 3166"),
    "unknown subdivision": Broken("subdivision: KS", "subdivision: KX", "'KX'", "AK, AL"),
    "polygon that is not closed": Broken(
        ", [-98.55, 39.80], [-98.55, 39.70]]",
        ", [-98.55, 39.80], [-98.56, 39.70]]",
        "'east' is not closed",
        "ends where it began",
        "- code: east",
    ),
    "polygon that crosses itself": Broken(
        "[-98.50, 39.80], [-98.55, 39.80], [",
        "[-98.55, 39.80], [-98.50, 39.80], [",
        "'east' crosses itself",
        "never crosses",
        "- code: east",
    ),
    "polygon without an area": Broken(
        "[[-98.55, 39.70], [-98.50, 39.70], [-98.50, 39.80], [-98.55, 39.80], [-98.55, 39.70]]",
        "[[-98.55, 39.70], [-98.55, 39.70], [-98.55, 39.70], [-98.55, 39.70]]",
        "area 'east'",
        "Draw one line",
        "- code: east",
    ),
    "area without an outline": Broken(
        ", box: [-98.60, 39.70, -98.55, 39.80]}", "}", "no outline", "`box` or `polygon`"
    ),
    "unknown placeholder": Broken(
        'en: "Case {number} is', 'en: "Case {nummer} is', "placeholder {nummer}", "'number'"
    ),
    "broken braces": Broken('en: "Case {number} is', 'en: "Case {number is', "braces", "{number}"),
    "placeholder that reaches inside": Broken(
        'en: "Case {number} is', 'en: "Case {number.real} is', "{number.real}", "'number'"
    ),
    "notice that is worded twice": Broken(
        "outcomes:  ",
        "  - {notice: closed, subjects: {en: A, es: A}, texts: {en: A, es: A}}\noutcomes:  ",
        "'closed' is worded already",
        "Keep one",
    ),
    "sensitive service on the web": Broken(
        "    channels: [phone, desk]",
        "    channels: [phone, web]",
        "offered on web",
        "phone, desk",
        "- code: family_help",
    ),
    "sensitive service on all channels": Broken(
        "    channels: [phone, desk]\n",
        "",
        "sensitive service 'family_help'",
        "phone, desk",
        "- code: family_help",
    ),
    "sensitive service that joins reports": Broken(
        "    channels: [phone, desk]",
        "    channels: [phone, desk]\n    match: {radius_m: 5, window_days: 5}",
        "joins reports",
        "Remove `match`",
        "match: {radius_m: 5,",
    ),
    "sensitive service in the fallback queue": Broken(
        "    queue: care ",
        "    queue: front_desk ",
        "goes to the fallback queue",
        "a queue of its own",
        "    queue: front_desk ",
    ),
    "rule behind a wider rule": Broken(
        "  - code: big_holes",
        "  - {code: all_holes, name: All holes, queue: streets, services: [pothole]}\n"
        "  - code: big_holes",
        "'big_holes' is never reached",
        "narrower rule first",
        "- code: big_holes",
    ),
    "rule on channels its services do not have": Broken(
        "  - code: big_holes",
        "  - {code: w, name: Web, queue: streets, services: [family_help], channels: [web]}\n"
        "  - code: big_holes",
        "is never reached",
        "channels",
    ),
    "rule on an answer nobody can give": Broken(
        "answers: {size: [car]}", "answers: {size: [house]}", "no choice 'house'", "car"
    ),
    "rule on a question nobody is asked": Broken(
        "answers: {size: [car]}", "answers: {depth: [car]}", "no question 'depth'", "size"
    ),
    "closing without words": Broken(
        "  invalid: {names: {en: Not a request, es: No es una solicitud}, texts: {en: We could not"
        " read this as a request., es: No pudimos entender esto como una solicitud.}}\n",
        "",
        "no closing text for invalid",
        "`outcomes`",
        "- code: pothole",
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
