"""Takes pictures of pages that ``hark311 trial`` wrote: the top of each, without any address.

python tests/faces/trial_pictures.py name=page.html ...
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-sync", "--no-first-run")
WIDTH, HEIGHT = 1280, 760


def main(words: list[str]) -> int:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for name, _equals, path in (word.partition("=") for word in words):
            page.goto(Path(path).resolve().as_uri())
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
            target = PICTURES / f"trial-{name}.webp"
            picture.save(target, "WEBP", quality=62, method=6)
            sys.stdout.write(f"{target.name} {target.stat().st_size} bytes\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
