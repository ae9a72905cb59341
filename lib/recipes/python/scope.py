"""Names and attributes that could stand where another one stands."""

import ast
import builtins

from source import FUNCTIONS, SCOPES

BUILTINS = frozenset(dir(builtins))


def bound_in(scope):
    """`{name: kind}` a scope binds itself: parameter, variable, function, class or module."""
    found = {}
    if isinstance(scope, (*FUNCTIONS, ast.Lambda)):
        spec = scope.args
        for one in [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]:
            if one is not None:
                found[one.arg] = "parameter"
    todo = list(ast.iter_child_nodes(scope))
    while todo:
        node = todo.pop()
        if isinstance(node, FUNCTIONS):
            found.setdefault(node.name, "function")
        elif isinstance(node, ast.ClassDef):
            found.setdefault(node.name, "class")
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                kind = "module" if isinstance(node, ast.Import) else "imported"
                found.setdefault((alias.asname or alias.name).split(".")[0], kind)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.setdefault(node.id, "variable")
        elif isinstance(node, ast.ExceptHandler) and node.name:
            found.setdefault(node.name, "variable")
        if not isinstance(node, SCOPES):
            todo.extend(ast.iter_child_nodes(node))
    return found


def visible_from(source, node):
    """`{name: kind}` of what can be named at a node, the nearest scope first; classes hide from their methods."""
    found = {}
    for scope in source.ancestors(node):
        if isinstance(scope, SCOPES) and not (isinstance(scope, ast.ClassDef) and found):
            for name, kind in bound_in(scope).items():
                found.setdefault(name, kind)
    return found


def local_names(source, node):
    """`{name: kind}` of the function around a node, in the order of their first line."""
    scope = source.up(node, (*FUNCTIONS, ast.Module))
    return bound_in(scope) if scope is not None else {}


def attributes_of(sources):
    """`{name: how often}` of every attribute the files name, methods and fields apart by how they are used."""
    called, read = {}, {}
    for source in sources:
        calls = {node.func for node in ast.walk(source.tree) if isinstance(node, ast.Call)}
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute):
                into = called if node in calls else read
                into[node.attr] = into.get(node.attr, 0) + 1
    return called, read


def members_of(class_node):
    """`{name: 'method'|'property'|'field'}` of a class: what it defines and what its methods set on `self`."""
    found = {}
    for node in class_node.body:
        if isinstance(node, FUNCTIONS):
            plain = not any("property" in ast.dump(one) for one in node.decorator_list)
            found[node.name] = "method" if plain else "property"
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            if isinstance(target, ast.Name):
                found.setdefault(target.id, "field")
    for node in ast.walk(class_node):
        own = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if own and isinstance(node.value, ast.Name) and node.value.id == "self":
            found.setdefault(node.attr, "field")
    return found


def functions_in(tree):
    """Every function and method of a tree with the class it belongs to, or None."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for child in node.body:
                if isinstance(child, FUNCTIONS):
                    yield child, node
        elif isinstance(node, ast.Module):
            for child in node.body:
                if isinstance(child, FUNCTIONS):
                    yield child, None
