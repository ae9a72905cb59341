"""Tables of the tools Python projects are kept with, read as requirements of pip's."""
import ast
import configparser
import json
import os
import re


def load(path):
    """A TOML file; empty where there is none, or where it cannot be read."""
    try:
        import tomllib
    except ImportError:
        try:
            import tomli as tomllib
        except ImportError:
            from pip._vendor import tomli as tomllib
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except (OSError, ValueError):
        return {}


def bounds(spec):
    """Poetry's `^1.2` and `~1.2` in pip's words."""
    spec = spec.strip()
    if spec in ("", "*") or "||" in spec:
        return ""
    if "," in spec:
        return ",".join(filter(None, map(bounds, spec.split(","))))
    if spec[0] in "^~" and not spec.startswith("~="):
        parts = [int(part) for part in re.findall(r"\d+", spec)][:3]
        if not parts:
            return ""
        at = next((at for at, part in enumerate(parts) if part), len(parts) - 1) if spec[0] == "^" else 1
        at = min(at, len(parts) - 1)
        return f">={spec[1:].strip()},<{'.'.join(map(str, [*parts[:at], parts[at] + 1]))}"
    return spec.replace(" ", "") if spec[0] in "<>=!~" else f"=={spec}"


def line_of(name, value):
    """One entry of a table; None where it is not of a registry, or only wanted on demand."""
    if isinstance(value, list):
        value = value[0] if value else "*"
    if isinstance(value, str):
        return name + bounds(value)
    if not isinstance(value, dict) or value.get("optional") or not {"git", "path", "url", "file"}.isdisjoint(value):
        return None
    extras = f"[{','.join(value['extras'])}]" if value.get("extras") else ""
    marker = f" ; {value['markers']}" if value.get("markers") else ""
    return name + extras + bounds(str(value.get("version", "*"))) + marker


def lines_of(table):
    lines = [line_of(name, value) for name, value in table.items() if name.lower() != "python"]
    return [line for line in lines if line]


def poetry(pyproject):
    """Dependencies, groups by name, and extras by name."""
    table = pyproject.get("tool", {}).get("poetry", {})
    main = table.get("dependencies", {})
    groups = {name: lines_of(group.get("dependencies", {})) for name, group in table.get("group", {}).items()}
    if "dev-dependencies" in table:
        groups.setdefault("dev", []).extend(lines_of(table["dev-dependencies"]))
    asked = {name: {**value, "optional": False} if isinstance(value, dict) else value for name, value in main.items()}
    extras = {
        extra: [line for name in names if name in asked and (line := line_of(name, asked[name]))]
        for extra, names in table.get("extras", {}).items()
    }
    return lines_of(main), groups, extras


def pipfile(path):
    table = load(path)
    return lines_of(table.get("packages", {})) + lines_of(table.get("dev-packages", {}))


NOTHING = {"name": None, "install": [], "tests": [], "extras": {}}


def setup_cfg(path):
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return NOTHING

    def listed(section, key):
        text = parser.get(section, key, fallback="")
        lines = (re.sub(r"(^|\s)#.*$", "", line).strip() for line in text.splitlines())
        return [line for line in lines if line and not line.startswith("file:")]

    section = "options.extras_require"
    extras = {key: listed(section, key) for key in (parser.options(section) if parser.has_section(section) else [])}
    name = parser.get("metadata", "name", fallback=None)
    install = listed("options", "install_requires")
    return {"name": name, "install": install, "tests": listed("options", "tests_require"), "extras": extras}


def setup_py(path):
    """Arguments of `setup` that stand there as they are, or under a name; the file is read and never run."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            tree = ast.parse(file.read())
    except (OSError, SyntaxError, ValueError):
        return NOTHING
    names = {}

    def value(node):
        if isinstance(node, ast.Name):
            return names.get(node.id)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = value(node.left), value(node.right)
            return left + right if isinstance(left, list) and isinstance(right, list) else left or right
        if isinstance(node, ast.List):
            return [one for one in map(value, node.elts) if isinstance(one, str)]
        if isinstance(node, ast.Dict):
            return {value(key): value(one) for key, one in zip(node.keys, node.values) if key is not None}
        try:
            return ast.literal_eval(node)
        except (ValueError, TypeError):
            return None

    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            names[node.targets[0].id] = value(node.value)
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "setup":
            found = {keyword.arg: value(keyword.value) for keyword in node.keywords}

    def texts(one):
        lines = one.splitlines() if isinstance(one, str) else one if isinstance(one, (list, tuple)) else []
        return [line for line in lines if isinstance(line, str) and line.strip()]

    extras = found.get("extras_require")
    extras = extras if isinstance(extras, dict) else {}
    return {
        "name": found.get("name") if isinstance(found.get("name"), str) else None,
        "install": texts(found.get("install_requires")),
        "tests": texts(found.get("tests_require")),
        "extras": {key: texts(lines) for key, lines in extras.items() if isinstance(key, str)},
    }


def lock_lines(path):
    """Versions a lockfile names, as constraints; a package it has in several versions is left to pip."""
    versions = {}
    if os.path.basename(path) == "Pipfile.lock":
        try:
            with open(path, encoding="utf-8") as file:
                lock = json.load(file)
        except (OSError, ValueError):
            return []
        for kind in ("default", "develop"):
            for name, entry in lock.get(kind, {}).items():
                if str(entry.get("version", "")).startswith("=="):
                    versions.setdefault(name, set()).add(entry["version"][2:])
    else:
        for entry in load(path).get("package", []):
            source = entry.get("source", {})
            # Only what came from a registry: others are the project itself, or a folder, or a commit.
            if "version" in entry and (not source or "registry" in source or source.get("type") == "legacy"):
                versions.setdefault(entry["name"], set()).add(entry["version"])
    return [f"{name}=={next(iter(found))}" for name, found in sorted(versions.items()) if len(found) == 1]
