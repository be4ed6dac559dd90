"""Measures how many questions find their answer first, in ten languages; no database.

    .venv/bin/python -m tests.bench.answers_found

Reads about 1,500 sentences first, which takes some 25 seconds on a quiet core.
"""

from pathlib import Path

import django
import yaml

django.setup()

from hark311.answers.models import Article  # noqa: E402  # after the setup
from hark311.answers.records import record_of  # noqa: E402
from hark311.answers.shelf import Shelf, made_shelf  # noqa: E402
from hark311.catalog.pack.check import read_pack  # noqa: E402
from hark311.catalog.pack.plain import plain  # noqa: E402
from hark311.language.embedder import Embedder  # noqa: E402
from hark311.language.readers import embedder  # noqa: E402

ROOT = Path(__file__).parents[2]
HELD = ROOT / "tests" / "answers" / "held.yaml"


def shelf_of(folder: Path, model: Embedder) -> Shelf:
    rows = []
    for article in read_pack(folder).answers:
        row = Article(
            code=str(article.code),
            department_id=1,
            titles=plain(article.titles),
            questions=plain(article.questions or {}),
            texts=plain(article.texts),
            services=plain(article.services),
            review_on=article.review_on,
        )
        row.vectors = model.embed(record_of(row).asked()).astype("float16").tobytes()
        row.vectors_by = model.name
        rows.append(row)
    return made_shelf(rows, model)


def main() -> None:
    model = embedder()
    if model is None:
        raise SystemExit("this machine has no language model")
    shelf = shelf_of(ROOT / "cities" / "atlanta", model)
    for part, held in yaml.safe_load(HELD.read_text(encoding="utf-8")).items():
        shares = {}
        for language, asked in held.items():
            firsts = [(code, shelf.scored(words, model)) for code, words in asked.items()]
            top = sum(found[0][0].code == code for code, found in firsts) / len(firsts)
            three = sum(code in {one.code for one, _score in found[:3]} for code, found in firsts)
            shares[language] = top
            print(f"{part:6} {language:8} top 1 {top:.0%}  top 3 {three / len(firsts):.0%}")
        print(f"{part:6} all      top 1 {sum(shares.values()) / len(shares):.1%}")


if __name__ == "__main__":
    main()
