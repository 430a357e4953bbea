"""Does every kind of answer carry the headers that confine a browser?"""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.platform.urls_with_faults")]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "report-uri /csp-report/",
    "report-to csp",
}
ALWAYS = {
    "Reporting-Endpoints": 'csp="/csp-report/"',
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@pytest.fixture
def client(client):
    client.raise_request_exception = False
    return client


def assert_confined(response):
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: response[name] for name in ALWAYS} == ALWAYS
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/health/live", 200), ("/admin/", 302), ("/no-such-page/", 404), ("/fails/", 500)],
)
def test_answers_are_confined_and_not_kept(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert_confined(response)
    assert "no-store" in response["Cache-Control"]


def test_a_wrong_host_is_refused_with_the_headers(client):
    response = client.get("/health/live", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert_confined(response)


def test_a_forged_form_is_refused_with_the_headers(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/fails/", {"patient": "x"})
    assert response.status_code == 403
    assert_confined(response)


def test_static_files_may_be_kept(client):
    response = client.get("/static/admin/css/base.css")
    response.close()
    assert response.status_code == 200
    assert_confined(response)
    assert "no-store" not in response["Cache-Control"]


def test_over_https_the_browser_is_told_to_stay_there(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    response = client.get("/health/live", secure=True)
    assert response["Strict-Transport-Security"].startswith("max-age=31536000")
    assert client.get("/admin/")["Location"].startswith("https://")
    assert client.get("/health/live").status_code == 200  # probes ask inside the network


def test_errors_tell_nothing_of_the_inside(client):
    body = client.get("/fails/").content.decode()
    assert "ValueError" not in body
    assert "Traceback" not in body
