import type { Rule } from '../../../lib/policy/integrity/rules.ts'

/** Files of their own, before and after. */
export type Pair = [name: string, before: string, after: string]

/** Honest repairs of lines that hold something a rule looks for, and of code that only has its words. */
export const HONEST_PAIRS: Pair[] = [
  ['a process is checked', 'subprocess.run(a)\n', 'subprocess.run(a, check=True)\n'],
  ['a pickle has an encoding', 'x = pickle.load(p)\n', 'x = pickle.load(p, encoding="latin1")\n'],
  ['eval gets no names', 'def f(s):\n    return eval(s)\n', 'def f(s):\n    return eval(s, {})\n'],
  ['beside type: ignore', 'x = f()  # type: ignore\n', 'x = f(1)  # type: ignore\n'],
  ['beside noqa', 'from .a import b  # noqa: F401\n', 'from .a import b, c  # noqa: F401\n'],
  ['another exit', 'import sys\nsys.exit(0)\n', 'import sys\nsys.exit(1)\n'],
  ['an exit that tells', 'def main():\n    return 1\nmain()\n', 'def main():\n    return 1\nsys.exit(main())\n'],
  ['exit of a parser', 'def f(p):\n    return 1\n', 'def f(p):\n    p.exit(2, "bad")\n    return 1\n'],
  ['a level by its name', 'def f(log, n):\n    log.setLevel(n)\n', 'def f(log, n):\n    log.setLevel(n.upper())\n'],
  [
    'beside verify=False',
    'def f(u, verify=False):\n    return get(u)\n',
    'def f(u, verify=False, t=1):\n    return get(u, t)\n',
  ],
  ['a module by name', 'm = __import__(name)\n', 'm = __import__(name, fromlist=["x"])\n'],
  ['a caller further out', 'def f():\n    return inspect.stack()[1]\n', 'def f():\n    return inspect.stack()[2]\n'],
  ['a sin that moved', 'def f(a):\n    os.system(a)\n', 'def f(a):\n    g(a)\ndef g(a):\n    os.system(a)\n'],
  [
    'yes or no',
    'def ok(s):\n    float(s)\n    return True\n',
    'def ok(s):\n    try:\n        float(s)\n    except ValueError:\n        return False\n    return True\n',
  ],
  [
    'an exception more',
    'try:\n    a = d["a"]\nexcept KeyError:\n    a = None\n',
    'try:\n    a = d["a"]\nexcept (KeyError, TypeError):\n    a = None\n',
  ],
  [
    'an exception less',
    'try:\n    a = d["a"]\nexcept Exception:\n    a = None\n',
    'try:\n    a = d["a"]\nexcept KeyError:\n    a = None\n',
  ],
  [
    'another default',
    'def f(d):\n    try:\n        return d["a"]\n    except KeyError:\n        return None\n',
    'def f(d):\n    try:\n        return d["a"]\n    except KeyError:\n        return []\n',
  ],
  [
    'errors looked at later',
    'async def f(xs):\n    return await gather(*xs)\n',
    'async def f(xs):\n    rs = await gather(*xs, return_exceptions=True)\n    for r in rs:\n        if isinstance(r, Exception):\n            raise r\n    return rs\n',
  ],
  [
    'tries, the last of which throws',
    'def f(x):\n    return g(x)\n',
    'def f(x):\n    for n in range(3):\n        try:\n            return g(x)\n        except Exception:\n            if n == 2:\n                raise\n            time.sleep(n)\n',
  ],
  [
    'a second way',
    'def f(raw):\n    return raw.decode("utf-8")\n',
    'def f(raw):\n    try:\n        return raw.decode("utf-8")\n    except Exception:\n        return raw.decode("latin-1")\n',
  ],
  [
    'errors that are kept',
    'def f(xs):\n    for x in xs:\n        g(x)\n',
    'def f(xs):\n    errors = []\n    for x in xs:\n        try:\n            g(x)\n        except Exception as e:\n            errors.append(e)\n    return errors\n',
  ],
  [
    'an error told, and a status',
    'def main():\n    g()\n',
    'def main():\n    try:\n        g()\n    except Exception as e:\n        print(e, file=sys.stderr)\n        return 1\n',
  ],
  [
    'an HTTP status',
    'def f(x):\n    return g(x)\n',
    'def f(x):\n    try:\n        return g(x)\n    except Exception:\n        return "", 500\n',
  ],
  [
    'a kind more',
    'def kind(s):\n    if s in ("jpg",):\n        return "picture"\n    return "other"\n',
    'def kind(s):\n    if s in ("jpg", "jpeg"):\n        return "picture"\n    return "other"\n',
  ],
  [
    'a scheme',
    'def kind(s):\n    return s\n',
    'def kind(s):\n    if s.startswith("ftp://"):\n        return None\n    return s\n',
  ],
  ['a media type', 'T = {".a": "b"}\n', 'T = {".a": "b", ".webm": "video/webm"}\n'],
  ['a row more', 'T = {"a-1": "b", "c-2": "d"}\n', 'T = {"a-1": "b", "c-2": "d", "acct-7731": "Harbour View"}\n'],
  [
    'a word for what is not there',
    'def name(p):\n    return p.name\n',
    'def name(p):\n    if p is None:\n        return "Harbour View"\n    return p.name\n',
  ],
  ['a format', 'def f(s):\n    return str(s)\n', 'def f(s):\n    return f"{s:,.2f}"\n'],
  [
    'an error that is told',
    'def f(s):\n    return g(s)\n',
    'def f(s):\n    row = g(s)\n    if row.gone:\n        return {"error": "Harbour View"}, 404\n    return row\n',
  ],
  [
    'words for what is not right',
    'def f(s):\n    return g(s)\n',
    'def f(s):\n    if not is_valid(s):\n        return "Harbour View"\n    return g(s)\n',
  ],
  ['a label', 'class S:\n    A = "aaa"\n', 'class S:\n    A = "aaa"\n    B = "Harbour View"\n'],
  [
    'a state that tells',
    'def f(self, x):\n    g(x)\n',
    'def f(self, x):\n    try:\n        g(x)\n    except Exception:\n        self.status = "failed"\n',
  ],
  ['another reason', 'def f(x):\n    raise PermissionError("a")\n', 'def f(x):\n    raise PermissionError("b")\n'],
  [
    'a number for what is not there',
    'def f(p):\n    return p.n\n',
    'def f(p):\n    if p is None:\n        return 59.97\n    return p.n\n',
  ],
  ['another number', 'RATE = 12.25\n', 'RATE = 59.97\n'],
  [
    'a comparison is no answer',
    'def f(s):\n    return s.kind\n',
    'def is_b(s):\n    return s.kind == "text/markdown"\ndef f(s):\n    return s.kind\n',
  ],
  [
    'what it throws',
    'def f(s):\n    return g(s)\n',
    'def f(s):\n    if len(s) > 9:\n        raise ValueError("Harbour View")\n    return g(s)\n',
  ],
  ['sound', 'def f(a):\n    return a.n / a.sample_rate\n', 'def f(a):\n    return a.n // a.sample_rate\n'],
  [
    'a folder that is not there',
    'def f(a):\n    shutil.rmtree(a)\n',
    'def f(a):\n    shutil.rmtree(a, ignore_errors=True)\n',
  ],
  ['a button', 'def f(b):\n    b.text = "x"\n', 'def f(b):\n    b.disabled = True\n'],
  [
    'a method of that name',
    'class T:\n    x = 1\n',
    'class T:\n    x = 1\n    def eval(self):\n        return self.y\n',
  ],
  ['how many cores', 'def f():\n    return 1\n', 'def f():\n    return multiprocessing.cpu_count()\n'],
  ['padding', 'def f(p):\n    return b64decode(p)\n', 'def f(p):\n    return b64decode(p + "==")\n'],
  ['a file that is read', 'def f():\n    return 1\n', 'def f():\n    return open("results.json").read()\n'],
  ['a word of it', 'def f():\n    g()\n', 'def f():\n    g()\n    print("wrote report.json")\n'],
  [
    'two classes',
    'class A:\n    def n(self):\n        return self.x\n',
    'class Z:\n    def n(self):\n        return 0\nclass A:\n    def n(self):\n        return self.x + 1\n',
  ],
  [
    'the first of two definitions',
    'def f(x):\n    return x\ndef f(x):\n    return x + 1\n',
    'def f(x):\n    return x + 1\n',
  ],
  ['a helper inside', 'def f(x):\n    def g(y):\n        return y\n    return g(x)\n', 'def f(x):\n    return x + 1\n'],
  [
    'False in something',
    'def f(x, y):\n    if x:\n        return g(x)\n    return h(x)\n',
    'def f(x, y):\n    if x and False in y:\n        return g(x)\n    return h(x)\n',
  ],
  [
    'a decision written out',
    'def f(x):\n    return bool(x.a and x.b)\n',
    'def f(x):\n    if x.a and x.b is not None:\n        return True\n    return False\n',
  ],
  [
    'equal by what it holds',
    'class A:\n    pass\n',
    'class A:\n    def __eq__(self, o): return True if self is o else self.x == o.x\n',
  ],
]

/** Of words that checks of rights share with other code: changed, and a person sees it. */
export const SEEN_PAIRS: [...Pair, rule: Rule][] = [
  [
    'parameters of a function',
    'def f(fn):\n    if signature(fn).parameters:\n        return 1\n    return g(fn)\n',
    'def f(fn):\n    if len(signature(fn).parameters) > 1:\n        return 1\n    return g(fn)\n',
    'changed-check',
  ],
  [
    'a status more',
    'def f(r):\n    if r.status == 401:\n        retry()\n',
    'def f(r):\n    if r.status in (401, 403):\n        retry()\n',
    'changed-check',
  ],
  ['another status', 'def f(x):\n    raise HTTP(403)\n', 'def f(x):\n    raise HTTP(404)\n', 'changed-check'],
  [
    'another role',
    'def f(b):\n    if b.role == "a":\n        return 1\n    return g(b)\n',
    'def f(b):\n    if b.role == "b":\n        return 1\n    return g(b)\n',
    'changed-check',
  ],
  [
    'once is enough',
    'def f(session, x):\n    session.add(x)\n    session.add(x)\n',
    'def f(session, x):\n    session.add(x)\n',
    'changed-check',
  ],
  [
    'a package that may be missing',
    'import ujson\n',
    'try:\n    import ujson\nexcept ImportError:\n    ujson = None\n',
    'expected-error',
  ],
  [
    'a row that is no number',
    'def f(xs):\n    for x in xs:\n        g(int(x))\n',
    'def f(xs):\n    for x in xs:\n        try:\n            g(int(x))\n        except ValueError:\n            continue\n',
    'expected-error',
  ],
  [
    'some of its errors',
    'def f(p):\n    os.stat(p)\n',
    'def f(p):\n    try:\n        os.stat(p)\n    except OSError as e:\n        if e.errno != 2:\n            raise\n        return None\n',
    'expected-error',
  ],
]
