"""Installs what a Python project needs for its tests into `.venv`, from its manifests alone.

`python.py <folder> <words of pip install>`; without words it takes what the manifests say. The project itself is never
built, which would run it: its folder is put on the path instead, and its name and version beside the packages. Packages
of the system count as installed. What was resolved is written to `.pins.txt`, and held to where that is there already.
"""
import os
import shlex
import subprocess
import sys
import venv

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from python_manifests import Manifests  # noqa: E402

WANTED = "/tmp/wanted.txt"
LOCKED = "/tmp/locked.txt"
PINS = ".pins.txt"
PYTHON = ".venv/bin/python"
VALUED = ("-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--group", "--src", "--root-user-action")


def asked(words, manifests):
    """Takes the words of a `pip install`; what it names of the project is looked up in the manifests."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        option, _, value = word.partition("=")
        if option in ("-r", "--requirement"):
            manifests.requirements(value or (rest.pop(0) if rest else ""))
        elif option in ("-c", "--constraint"):
            manifests.constraint(value or (rest.pop(0) if rest else ""))
        elif option in ("-e", "--editable"):
            manifests.requirement(value or (rest.pop(0) if rest else ""))
        elif option == "--group":
            manifests.group(value or (rest.pop(0) if rest else ""))
        elif option in VALUED and not value:
            rest[:1] = []
        elif not word.startswith("-"):
            manifests.requirement(word)


def write(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in lines))


def pip(*words):
    return subprocess.run([PYTHON, "-m", "pip", *words], check=False).returncode


def pip_is_there():
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    for words in (["-c", "import pip"], ["-m", "ensurepip"]):
        if subprocess.run([PYTHON, *words], check=False, **quiet).returncode == 0:
            return True
    return False


def install(manifests):
    lines = manifests.lines()
    write(WANTED, lines)
    held = ["-c", PINS] if os.path.exists(PINS) else []
    if not lines:
        return 0
    if not pip_is_there():
        print("Neither pip nor ensurepip is there: install python3-pip or python3-venv.", file=sys.stderr)
        return 1
    plain = ["install", "--only-binary", ":all:", "-r", WANTED, *held]
    locked = [] if held else manifests.locked()
    if locked:
        write(LOCKED, locked)
        # A lock may be of another system or another Python; what it says is worth a first try and no more.
        if pip(*plain, "-c", LOCKED) == 0:
            return 0
    return pip(*plain)


def freeze():
    with open(PINS, "wb") as file:
        return subprocess.run([PYTHON, "-m", "pip", "freeze", "--local"], stdout=file, check=False).returncode


def main(folder, *words):
    manifests = Manifests(folder)
    if words:
        asked(words, manifests)
    else:
        manifests.everything()
    venv.create(".venv", system_site_packages=True, symlinks=True)
    status = install(manifests)
    if status == 0 and manifests.lines():
        status = freeze()
    if status == 0:
        manifests.link(".venv")
    return status


if __name__ == "__main__":
    print("+ pip install " + " ".join(map(shlex.quote, sys.argv[2:])), flush=True)
    sys.exit(main(*sys.argv[1:]))
