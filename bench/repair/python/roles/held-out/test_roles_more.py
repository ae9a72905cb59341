from roles.access import Roles


def test_a_diamond_is_walked_once_and_breadth_first():
    roles = Roles()
    roles.define("base", denials=["burn"])
    roles.define("left", parents=["base"], grants=["turn"])
    roles.define("right", parents=["base"], grants=["burn"])
    roles.define("top", parents=["left", "right"])
    assert roles.lineage("top") == ["top", "left", "right", "base"]
    assert not roles.allowed("top", "burn")
    assert roles.actions("top") == {"turn"}
