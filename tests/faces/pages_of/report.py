"""The pages that ask for a report, one step at a time."""

import re
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.channels.web.walk import Walker
from tests.faces.town import AWKWARD, FacePage, Seen, Town, found, seen_by

from hark311.platform.media_pool import pool

_FAR = {"lat": "39.7312", "lon": "-98.5871"}


def _with_service(town: Town) -> Walker:
    walker = town.walker().go("/report?service=pothole")
    return walker.send(description="A deep hole in the road by the school.", service="pothole")


def _at_details(town: Town) -> Walker:
    walker = _with_service(town).send(address="by the field", **_FAR)
    return walker.send(joins="none") if "/same" in walker.url else walker


def _photo(color: str = "gray", *, gps: bool = False) -> SimpleUploadedFile:
    made, exif = BytesIO(), Image.Exif()
    if gps:
        place = {1: "N", 2: (39.0, 45.0, 10.0), 3: "W", 4: (98.0, 33.0, 0.0)}
        exif.get_ifd(0x8825).update(place)
    Image.new("RGB", (640, 480), color).save(made, "JPEG", exif=exif)
    return SimpleUploadedFile(f"{color}.jpg", made.getvalue())


def words(town: Town) -> Seen:
    walker = town.walker().go("/report").send(description="deep hole in the road", press="find")
    return seen_by(walker)


def where(town: Town) -> Seen:
    return seen_by(_with_service(town))


def where_to_choose(town: Town) -> Seen:
    return seen_by(_with_service(town).send(address="mill"))


def same(town: Town) -> Seen:
    for words_ in (AWKWARD, "A hole as deep as a bucket."):
        town.report(service_code="pothole", description=words_)
    return seen_by(_with_service(town).send(address="12 Main Street", lat="39.75", lon="-98.55"))


def details(town: Town) -> Seen:
    return seen_by(_at_details(town))


def details_with_photos(town: Town) -> Seen:
    walker = _at_details(town)
    walker.send(pictures=[_photo("gray", gps=True), _photo("teal")], press="add")
    pool.close()
    return seen_by(walker, walker.url.partition("#")[0])


def contact(town: Town) -> Seen:
    return seen_by(_at_details(town).send(q__size="plate"))


def review(town: Town) -> Seen:
    walker = _at_details(town).send(q__size="plate", pictures=[_photo("olive")])
    pool.close()
    return seen_by(walker.send(email="ada@people.test", name="Ada Poe"))


def done(town: Town) -> Seen:
    walker = _at_details(town).send(q__size="plate").send(email="ada@people.test").send()
    return seen_by(walker, re.sub(r"\?.*", "", walker.url))


PAGES = (
    FacePage("report/what", found("/report")),
    FacePage("report/what_with_service", found("/report?service=pothole")),
    FacePage("report/what_with_words", words),
    FacePage("report/where", where),
    FacePage("report/where_to_choose", where_to_choose),
    FacePage("report/same", same, but_not=(("grade", "the words of residents"),)),
    FacePage("report/details", details),
    FacePage("report/details_with_photos", details_with_photos),
    FacePage("report/contact", contact),
    FacePage("report/review", review),
    FacePage("report/done", done),
)
