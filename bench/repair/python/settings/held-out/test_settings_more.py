from settings.options import Options


def test_the_default_of_a_flag_counts():
    assert Options({}).flag("debug", default=True) is True
    assert Options({}).flag("debug", True) is True
    assert Options({"debug": "no"}).flag("debug", True) is False
