"""What the manifests of a Python project say, as requirements of pip's. Nothing of the project is run."""
import glob
import os
import re

from python_tables import load, lock_lines, pipfile, poetry, setup_cfg, setup_py

TESTS = ("test", "tests", "testing", "test-requires", "dev", "develop", "development")
BASE = ("requirements.txt", "requirements/base.txt", "requirements/requirements.txt", "requirements/prod.txt")
LOCAL = re.compile(r"^(?:\.{0,2}/|\.{1,2}(?:\[|$|/)|file:)")
EXTRAS = re.compile(r"^[^\[]*\[([^\]]*)\]")


def first(table, names=TESTS):
    """The first of some names a table has, however it is spelled."""
    plain = {re.sub(r"[-_.]+", "-", key).lower(): key for key in table}
    return next((plain[name] for name in names if name in plain), None)


class Manifests:
    def __init__(self, folder):
        self.folder = folder
        self.wanted = []
        self.seen = set()
        self.extras = set()
        self.packaged = False
        self.pyproject = load(self.path("pyproject.toml"))
        self.project = self.pyproject.get("project", {})

    def path(self, *names):
        return os.path.normpath(os.path.join(self.folder, *names))

    def has(self, name):
        return os.path.isfile(self.path(name))

    def add(self, *lines):
        self.wanted += [line for line in lines if line not in self.wanted]

    def lines(self):
        """Sums are asked of all or of none: what a table names has none."""
        plain = [line for line in self.wanted if not line.startswith("-")]
        if all("--hash" in line for line in plain):
            return self.wanted
        return [re.sub(r"\s+--hash[= ]\S+", "", line) for line in self.wanted]

    def requirements(self, name):
        """A requirements file and what it includes, without the project itself."""
        self.requirements_at(self.path(name))

    def requirements_at(self, path):
        if path in self.seen:
            return
        self.seen.add(path)
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            text = re.sub(r"\\\r?\n", " ", file.read())
        for line in text.splitlines():
            line = re.sub(r"(^|\s)#.*$", "", line).strip()
            option = re.match(r"^(-r|--requirement|-c|--constraint|-e|--editable)[= ]?\s*(.*)$", line)
            beside = os.path.join(os.path.dirname(path), option.group(2)) if option else ""
            if option is None:
                self.requirement(line, os.path.dirname(path))
            elif option.group(1) in ("-r", "--requirement"):
                self.requirements_at(os.path.normpath(beside))
            elif option.group(1) in ("-c", "--constraint"):
                self.add(f"-c {os.path.abspath(beside)}")
            else:
                self.requirement(option.group(2), os.path.dirname(path))

    def constraint(self, name):
        self.add(f"-c {os.path.abspath(self.path(name))}")

    def requirement(self, line, beside=None):
        """One requirement. A folder of the repository is read as the project it holds."""
        if not LOCAL.match(line):
            return self.add(line) if line else None
        place = re.sub(r"\[.*$", "", line).replace("file:", "") or "."
        extras = EXTRAS.match(line)
        names = [name.strip() for name in extras.group(1).split(",")] if extras else []
        at = os.path.normpath(os.path.join(self.folder if beside is None else beside, place))
        if at == os.path.normpath(self.folder):
            return self.own(names)
        other = Manifests(at)
        other.own(names)
        return self.add(*other.wanted)

    def own(self, extras):
        """What the project itself needs, by its tables, and what it needs for some of its extras."""
        self.packaged = True
        self.add(*self.project.get("dependencies", []))
        optional = dict(self.project.get("optional-dependencies", {}))
        dynamic = self.pyproject.get("tool", {}).get("setuptools", {}).get("dynamic", {})
        for name in self.files_of(dynamic.get("dependencies")):
            self.requirements(name)
        for table in (setup_cfg(self.path("setup.cfg")), setup_py(self.path("setup.py"))):
            self.add(*table["install"], *table["tests"])
            optional.update({key: lines for key, lines in table["extras"].items() if key not in optional})
        main, groups, more = poetry(self.pyproject)
        self.add(*main)
        optional.update(more)
        for name in (name for name in extras if name not in self.extras):
            self.extras.add(name)
            found = first(optional, (re.sub(r"[-_.]+", "-", name).lower(),))
            for line in optional.get(found, []):
                # An extra may name others of the same project.
                own = re.match(rf"^{re.escape(self.project.get('name', ' '))}\[([^\]]*)\]", line, re.IGNORECASE)
                self.own([one.strip() for one in own.group(1).split(",")]) if own else self.add(line)
            for file in self.files_of(dynamic.get("optional-dependencies", {}).get(name)):
                self.requirements(file)
        return optional, groups, dynamic

    @staticmethod
    def files_of(value):
        named = (value or {}).get("file", []) if isinstance(value, dict) else []
        return [named] if isinstance(named, str) else named

    def group(self, name, above=()):
        groups = self.pyproject.get("dependency-groups", {})
        for line in groups.get(first(groups, (re.sub(r"[-_.]+", "-", name).lower(),)), []):
            if isinstance(line, str):
                self.requirement(line)
            elif isinstance(line, dict) and line.get("include-group") not in (None, name, *above):
                self.group(line["include-group"], (*above, name))

    def everything(self):
        """What tests need: the project, its own test extra and group, and its requirements files."""
        if self.project or self.has("setup.py") or self.has("setup.cfg") or "poetry" in self.pyproject.get("tool", {}):
            optional, groups, dynamic = self.own([])
            extra = first({**optional, **dynamic.get("optional-dependencies", {})})
            if extra:
                self.own([extra])
            chosen = first(groups)
            self.add(*groups.get(chosen, []))
        named = first(self.pyproject.get("dependency-groups", {}))
        if named:
            self.group(named)
        self.add(*pipfile(self.path("Pipfile")))
        for name in self.files():
            self.requirements(name)

    def files(self):
        """Requirements files: what the program needs, and the first kind that is named after tests."""
        found = [name for name in BASE if self.has(name)]
        for kind in TESTS:
            patterns = (f"requirements[-_.]{kind}.txt", f"{kind}[-_.]requirements.txt", f"requirements/{kind}.txt")
            of_kind = [name for one in patterns for name in sorted(glob.glob(self.path(one)))]
            if of_kind:
                return found + [os.path.relpath(name, self.folder) for name in of_kind]
        return found

    def locked(self):
        names = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock")
        return next((lock_lines(self.path(name)) for name in names if self.has(name)), [])

    def link(self, place):
        """As an editable install would: the folder on the path, and what `importlib.metadata` tells of the project."""
        if not self.packaged:
            return
        (site,) = glob.glob(os.path.join(place, "lib/python*/site-packages"))
        root = os.path.abspath(self.folder)
        with open(os.path.join(site, "project.pth"), "w", encoding="utf-8") as file:
            file.write(f"{root}\n{os.path.join(root, 'src')}\n")
        table = self.project or self.pyproject.get("tool", {}).get("poetry", {})
        name = table.get("name") or setup_cfg(self.path("setup.cfg"))["name"] or setup_py(self.path("setup.py"))["name"]
        if not name or not re.match(r"^[\w.-]+$", name):
            return
        plain = re.sub(r"[-_.]+", "_", name)
        version = str(table.get("version") or "0.0.0")
        if glob.glob(os.path.join(site, f"{plain}-*.dist-info")) or "/" in version:
            return
        info = os.path.join(site, f"{plain}-{version}.dist-info")
        os.mkdir(info)
        with open(os.path.join(info, "METADATA"), "w", encoding="utf-8") as file:
            file.write(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        points = {"console_scripts": self.project.get("scripts", {}), **self.project.get("entry-points", {})}
        with open(os.path.join(info, "entry_points.txt"), "w", encoding="utf-8") as file:
            for group, entries in points.items():
                file.write(f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items()))
