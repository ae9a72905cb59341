import pytest
from settings.options import BadSetting, Options

TEXT = """
debug = yes   # for now
[server]
port = 8080
host = local
tls = off
"""


def test_values():
    options = Options.read(TEXT)
    assert options.text("server.host") == "local"
    assert options.number("server.port") == 8080
    assert options.flag("debug") is True
    assert options.flag("server.tls") is False


def test_environment_wins():
    assert Options.read(TEXT, {"SERVER_PORT": "1"}).number("server.port") == 1


def test_a_flag_that_is_not_set():
    assert Options.read(TEXT).flag("server.trace") is False


def test_defaults():
    options = Options.read(TEXT)
    assert options.number("server.backlog", 5) == 5
    assert options.text("server.name", "x") == "x"


def test_bad():
    with pytest.raises(BadSetting):
        Options.read("debug")
    with pytest.raises(BadSetting):
        Options.read("debug = perhaps").flag("debug")


def test_names():
    assert Options.read(TEXT).names("server") == ["server.host", "server.port", "server.tls"]
