"""Each answer tells the browser what a page may not do; large requests are not read."""


def test_a_page_may_run_nothing_that_stands_in_it(client):
    rules = client.get("/healthz").headers["Content-Security-Policy"]

    assert "default-src 'none'" in rules
    assert "script-src 'self';" in rules
    assert "unsafe" not in rules


def test_a_page_may_listen_to_the_live_address_of_its_host(client, settings):
    settings.PORT, settings.ALLOWED_HOSTS = 8400, ["*"]
    answer = client.get("/healthz", headers={"host": "311.town.test:8400"})

    assert (
        "connect-src 'self' http://311.town.test:8401;" in answer.headers["Content-Security-Policy"]
    )


def test_a_proxy_may_carry_the_live_address(client, settings):
    settings.LIVE_URL = "https://live.town.test/"
    rules = client.get("/healthz").headers["Content-Security-Policy"]

    assert "connect-src 'self' https://live.town.test;" in rules


def test_pictures_come_from_the_host_of_the_tiles_where_one_is_named(client, settings):
    own = client.get("/healthz").headers["Content-Security-Policy"]
    settings.TILES_URL = "https://tiles.town.test/{z}/{x}/{y}.png"
    rules = client.get("/healthz").headers["Content-Security-Policy"]

    assert "img-src 'self' data: blob:;" in own
    assert "img-src 'self' data: blob: https://tiles.town.test;" in rules


def test_the_usual_protections_are_on(client):
    headers = client.get("/healthz").headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_request_that_says_it_is_too_large_is_refused(client, settings):
    settings.MAX_REQUEST_MB = 1
    answer = client.post("/healthz", b"x" * (1024 * 1024 + 1), "application/octet-stream")

    assert (answer.status_code, answer.content) == (413, b"At most 1 MB can be sent at once\n")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_length_that_is_no_number_is_refused(client):
    assert client.get("/healthz", CONTENT_LENGTH="-1").status_code == 400


def test_pages_are_not_answered_under_foreign_names(client):
    assert client.get("/static/none", headers={"host": "evil.test"}).status_code in {400, 404}


def test_a_length_beyond_all_numbers_is_refused(client):
    assert client.get("/healthz", CONTENT_LENGTH="9" * 5000).status_code == 413
    assert client.get("/healthz", CONTENT_LENGTH="²").status_code == 400
