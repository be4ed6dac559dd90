"""Nothing leads back to itself: escalation, pathways, conditions of questions."""

from collections.abc import Mapping, Sequence

from hark311.catalog.pack.marks import Word
from hark311.catalog.pack.pack_format import Pack
from hark311.catalog.pack.reading import Reading

Graph = Mapping[str, Sequence[Word]]
"""Codes, and the references that lead away from each."""


def check_cycles(pack: Pack, reading: Reading) -> None:
    """Note each chain that comes back to where it began."""
    queues = {
        str(queue.code): [queue.escalates_to] if queue.escalates_to else [] for queue in pack.queues
    }
    _note(queues, "the escalation of queues", reading)
    pathways = {
        str(pathway.code): [choice.next for choice in pathway.choices if choice.next]
        for pathway in pack.pathways
    }
    _note(pathways, "the pathways", reading)
    _check_reach(pack, pathways, reading)
    for service in pack.services:
        questions = {
            str(question.code): [question.when.question] if question.when else []
            for question in service.questions
        }
        _note(questions, f"the conditions of questions of {str(service.code)!r}", reading)


def _note(graph: Graph, what: str, reading: Reading) -> None:
    for closing, cycle in find_cycles(graph):
        reading.fault(
            closing.at,
            f"There is a circle in {what}: {' → '.join(cycle)}.",
            "Let one of them end the chain.",
        )


def find_cycles(graph: Graph) -> list[tuple[Word, list[str]]]:
    """One cycle for each reference that leads back to a code on the way to it.

    The reference comes with the codes of its circle, the first repeated at the end.
    """
    found: list[tuple[Word, list[str]]] = []
    done: set[str] = set()
    for start in graph:
        way: list[str] = [start]
        left = [list(reversed(graph[start]))]
        while way:
            if start in done or not left[-1]:
                done.add(way.pop())
                left.pop()
                continue
            word = left[-1].pop()
            if word in way:
                found.append((word, [*way[way.index(word) :], str(word)]))
            elif word in graph and word not in done:
                way.append(str(word))
                left.append(list(reversed(graph[word])))
    return found


def _check_reach(pack: Pack, graph: Graph, reading: Reading) -> None:
    """Note pathways that no choice leads to; the first is the start."""
    reached = {str(word) for words in graph.values() for word in words}
    for pathway in pack.pathways[1:]:
        if pathway.code not in reached:
            reading.fault(
                pathway.code.at,
                f"No choice leads to the pathway {str(pathway.code)!r}.",
                "Point a choice's `next` at it, or remove it.",
            )
