"""*A value of the wrong kind*: where the message itself says which kind was wanted."""

import ast
import re

from answer import proposal


def conversions(recipe, crash):
    if crash.type not in ("TypeError", "ValueError"):
        return
    for pattern, repair in _SAID:
        found = re.search(pattern, crash.message)
        if found:
            for edits, summary, why in repair(crash, *found.groups()):
                yield proposal(recipe, crash.source, edits, summary, [why])


def _wrapped(crash, node, name):
    text = crash.source.get(node)
    return [(crash.source.start(node), crash.source.end(node), "%s(%s)" % (name, text))]


def _textual(node):
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _joined(crash, other, *_):
    """`"total: " + count`: what is added to a text is shown as text."""
    for node in crash.nodes(ast.BinOp):
        text = any(_textual(one) for part in (node.left, node.right) for one in ast.walk(part))
        if isinstance(node.op, ast.Add) and text and not _textual(node.right):
            yield _wrapped(crash, node.right, "str"), "Adds it as text.", "the text it is added to says that text is meant"
        if isinstance(node.op, ast.Add) and text and not _textual(node.left) and not isinstance(node.left, ast.BinOp):
            yield _wrapped(crash, node.left, "str"), "Adds it as text.", "the text it is added to says that text is meant"


def _join(crash, *_):
    for node in crash.nodes(ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "join" and len(node.args) == 1:
            edits = [(crash.source.start(node.args[0]), crash.source.end(node.args[0]), "map(str, %s)" % crash.source.get(node.args[0]))]
            yield edits, "Joins the parts as text.", "join makes a text, so its parts are meant as text"


def _ranged(crash, *_):
    """`for i in count`."""
    for node in crash.nodes((ast.For, ast.ListComp, ast.GeneratorExp)):
        loop = node if isinstance(node, ast.For) else node.generators[0]
        yield _wrapped(crash, loop.iter, "range"), "Counts up to it.", "a loop over a number counts up to it"


def _hashable(crash, kind):
    """A list as a key."""
    wanted = {"list": "tuple", "set": "frozenset"}.get(kind)
    for node in crash.nodes((ast.Subscript, ast.Call)) if wanted else ():
        keys = [node.slice] if isinstance(node, ast.Subscript) else node.args if getattr(node.func, "attr", "") == "add" else []
        for key in keys:
            if isinstance(key, (ast.Name, ast.Attribute, ast.Call)):
                yield _wrapped(crash, key, wanted), "Uses a %s as the key." % wanted, "%s is the %s that may be a key" % (wanted, kind)


def _called(crash, *_):
    """`prices(item)` for `prices[item]`."""
    for node in crash.nodes(ast.Call):
        if len(node.args) == 1 and not node.keywords:
            start, end = crash.source.end(node.func), crash.source.end(node)
            text = crash.source.text[start:end]
            if text.startswith("(") and text.endswith(")"):
                edits = [(start, start + 1, "["), (end - 1, end, "]")]
                yield edits, "Looks it up instead of calling it.", "what is called holds elements"


def _subscripted(crash, *_):
    """`values[x]` where `values` is a function."""
    for node in crash.nodes(ast.Subscript):
        if not isinstance(node.slice, ast.Slice):
            start, end = crash.source.end(node.value), crash.source.end(node)
            if crash.source.text[start : start + 1] == "[":
                edits = [(start, start + 1, "("), (end - 1, end, ")")]
                yield edits, "Calls it instead of looking in it.", "a function is there to be called"
        end = crash.source.end(node.value)
        yield [(end, end, "()")], "Calls it first.", "what is looked in is what it returns"


def _pairs(crash, *_):
    """`for key, value in table`."""
    for node in crash.nodes((ast.For, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)):
        loop = node if isinstance(node, ast.For) else node.generators[0]
        if isinstance(loop.target, ast.Tuple) and len(loop.target.elts) == 2 and isinstance(loop.iter, (ast.Name, ast.Attribute)):
            end = crash.source.end(loop.iter)
            yield [(end, end, ".items()")], "Goes through keys and values.", "two names are bound, so pairs are meant"
            edits = [(crash.source.start(loop.iter), end, "enumerate(%s)" % crash.source.get(loop.iter))]
            yield edits, "Counts the elements.", "two names are bound, so each element and its number are meant"


def _numbered(crash, *_):
    """`items["0"]`: an index or a count that was read as text or divided."""
    for node in crash.nodes((ast.Subscript, ast.Call)):
        parts = [node.slice] if isinstance(node, ast.Subscript) else node.args if getattr(node.func, "id", "") == "range" else []
        for part in parts:
            divided = [one for one in ast.walk(part) if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Div)]
            if divided:
                gap = (crash.source.end(divided[0].left), crash.source.start(divided[0].right))
                at = crash.source.text.index("/", *gap)
                yield [(at, at + 1, "//")], "Divides to a whole number.", "a place or a count is a whole number"
            elif not isinstance(part, (ast.Slice, ast.Tuple)):
                yield _wrapped(crash, part, "int"), "Takes it as a whole number.", "a place in a list is a whole number"


_SAID = [
    (r"can only concatenate str \(not \"(\w+)\"\) to str", _joined),
    (r"unsupported operand type\(s\) for \+: '(\w+)' and 'str'", _joined),
    (r"sequence item \d+: expected str instance, (\w+) found", _join),
    (r"'int' object is not iterable", _ranged),
    (r"unhashable type: '(\w+)'", _hashable),
    (r"'(?:dict|list|tuple)' object is not callable", _called),
    (r"'(?:function|method|builtin_function_or_method)' object is not subscriptable", _subscripted),
    (r"(?:not enough|too many) values to unpack|cannot unpack non-iterable", _pairs),
    (r"indices must be integers|'(?:float|str)' object cannot be interpreted as an integer", _numbered),
]
