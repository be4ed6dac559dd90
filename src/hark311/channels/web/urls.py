"""The addresses of residents' pages; each also stands under /es/ and so on."""

from django.urls import path

from hark311.channels.web import (
    account,
    addresses,
    case_list,
    home,
    map_data,
    outbox,
    replying,
    survey,
    tracking,
    which_number,
)
from hark311.channels.web.report import choosing, finding, photos, placing, sending, telling

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("account", account.account, name="account"),
    path("account/addresses", addresses.addresses, name="addresses"),
    path("account/addresses/code", addresses.address_code, name="address_code"),
    path("account/enter", account.enter, name="enter"),
    path("account/preferences", account.preferences, name="preferences"),
    path("account/sign-in", account.sign_in, name="sign_in"),
    path("account/sign-out", account.sign_out, name="sign_out"),
    path("cases", case_list.cases, name="cases"),
    path("demo/outbox", outbox.outbox, name="outbox"),
    path("demo/outbox/<str:name>", outbox.letter, name="letter"),
    path("map", case_list.city_map, name="map"),
    path("map/ground.json", map_data.ground, name="map_ground"),
    path("map/items.json", map_data.items, name="map_items"),
    path("map/near.json", map_data.near, name="map_near"),
    path("report", choosing.what, name="report"),
    path("report/contact", telling.contact, name="report_contact"),
    path("report/details", telling.details, name="report_details"),
    path("report/done/<str:number>", sending.done, name="report_done"),
    path("report/photos", photos.photos, name="report_photos"),
    path("report/photos/<path:key>", photos.photo, name="report_photo"),
    path("report/places", finding.places, name="report_places"),
    path("report/review", sending.review, name="report_review"),
    path("report/same", placing.same, name="report_same"),
    path("report/throw-away", choosing.throw_away, name="report_throw_away"),
    path("report/where", placing.where, name="report_where"),
    path("track", tracking.track, name="track"),
    path("track/<str:number>", tracking.case, name="case"),
    path("track/<str:number>/follow", replying.follow, name="follow"),
    path("track/<str:number>/follow/confirm", replying.confirm_follow, name="confirm_follow"),
    path("track/<str:number>/link", replying.send_link, name="send_link"),
    path("track/<str:number>/pulse", tracking.pulse, name="pulse"),
    path("track/<str:number>/question", replying.question, name="question"),
    path("track/<str:number>/say/<str:kind>", replying.say, name="say"),
    path("track/<str:number>/survey", survey.survey, name="survey"),
    path("track/<str:number>/unfollow", replying.unfollow, name="unfollow"),
    path("which-number", which_number.which_number, name="which_number"),
]
