"""Keeps what each article means beside it, so that a search reads one text only."""

import numpy as np

from hark311.answers.models import Article
from hark311.answers.records import record_of
from hark311.language.embedder import Embedder, Matrix
from hark311.language.readers import embedder

_KEPT = np.float16


def learn_some(at_most: int = 5) -> int:
    """Read a few articles that no model has read, of any city; return how many. For a loop."""
    model = embedder()
    if model is None:
        return 0
    rows = Article.objects.filter(is_current=True).exclude(vectors_by=model.name)
    missing = list(rows.order_by("-often", "pk")[:at_most])
    for row in missing:
        read_article(row, model)
    return len(missing)


def read_article(row: Article, model: Embedder) -> None:
    """Put what one article means into its row."""
    row.vectors = model.embed(record_of(row).asked()).astype(_KEPT).tobytes()
    row.vectors_by = model.name
    row.save(update_fields=["vectors", "vectors_by"])


def matrix_of(row: Article, model: Embedder) -> Matrix:
    """What is kept of an article's meaning; no rows if another model, or none, has read it."""
    if row.vectors is None or row.vectors_by != model.name:
        return np.zeros((0, model.size), dtype=np.float32)
    return np.frombuffer(bytes(row.vectors), dtype=_KEPT).astype(np.float32).reshape(-1, model.size)
