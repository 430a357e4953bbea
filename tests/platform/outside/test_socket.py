"""Does the app server take over the socket that systemd holds, so that requests wait while it starts?"""


def test_who_asks_while_it_starts_waits_and_is_answered(web):
    assert web.first_answer.status == 200
    assert f"Listening at: http://127.0.0.1:{web.port} " in web.log.read_text()
