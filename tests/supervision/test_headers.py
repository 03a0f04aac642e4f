import pytest
from django.test import Client


@pytest.mark.django_db
def test_every_answer_carries_a_strict_policy(client: Client) -> None:
    for address in ("/admin/login/", "/nowhere/", "/language/"):
        answer = client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("browser", "language"),
    [("", "zh-hans"), ("en-GB,en", "en"), ("zh-CN", "zh-hans"), ("zh-TW", "zh-hans"), ("fr", "zh-hans")],
)
def test_the_browser_chooses_the_language_and_else_it_is_chinese(client: Client, browser: str, language: str) -> None:
    answer = client.get("/admin/login/", headers={"accept-language": browser})
    assert answer.headers["Content-Language"] == language


@pytest.mark.django_db
def test_the_switch_outlasts_the_browsers_choice(client: Client) -> None:
    client.post("/language/", {"language": "en", "next": "/"})
    assert client.get("/admin/login/", headers={"accept-language": "zh-CN"}).headers["Content-Language"] == "en"
