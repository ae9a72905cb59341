import { blockOf, type PyLine } from './pyLines.ts'
import { type PyMark, pyMark } from './pyMarks.ts'
import type { Rule } from './rules.ts'

interface Pattern {
  rule: Rule
  code: RegExp
  /** Must also match one of the line's strings. */
  quoted?: RegExp
  /** Must also match one of its strings, or the code: a file is opened to be written. */
  writes?: true
  inTests?: false
}

/** Statements by what they are, matched on code without strings, names resolved. */
const PATTERNS: Pattern[] = [
  {
    rule: 'test-aware',
    code: /\bsys\.modules\b|\bos\.(?:environ|getenv)\b|\benviron\b/g,
    quoted: /^(?:pytest|unittest|_pytest|PYTEST\w*|CI|TESTING|TEST|GITHUB_ACTIONS|TOX\w*)$/,
    inTests: false,
  },
  { rule: 'test-aware', code: /\bsys\.argv\b/g, quoted: /^(?:py\.?test|unittest)$/, inTests: false },
  {
    rule: 'test-aware',
    code: /\b(?:env|ENV|environ\w*|mode|settings\.\w+)\b.*(?:==|!=)|\bgetenv\(.*(?:==|!=)|\.get\(.*(?:==|!=)/g,
    quoted: /^test(?:ing)?$/,
    inTests: false,
  },
  {
    rule: 'test-aware',
    code: /\binspect\.(?:stack|currentframe|getouterframes)\(|\bsys\._getframe\(|\btraceback\.(?:extract_stack|format_stack|walk_stack)\(|(?<![\w.])(?:_?pytest|unittest|nose)\b(?! ?=(?!=))/g,
    inTests: false,
  },
  {
    rule: 'patches-runtime',
    code: /\bbuiltins(?:\.\w+|\[''\]) ?=(?!=)|\bsetattr\( ?(?:builtins|sys|os|unittest|pytest|json|datetime|time|random|math)\b|^(?:(?:time|random|datetime|json|math|decimal|unittest|pytest)\.[\w.]+|os\.(?!environ)\w+|sys\.(?:modules|stdout|stderr|exit)\b.*?|\w+\.__(?:eq|ne)__|\w+\.__class__) ?=(?!=)|\bsys\.settrace\(|\bgc\.get_objects\(|\bctypes\b/g,
  },
  {
    rule: 'patches-runtime',
    code: /def __(?:eq|ne)__\(.*\) ?(?:->.*)?: return (?:True|False)$|\b__(?:eq|ne)__ ?= ?lambda\b.*: ?(?:True|False)$|lambda self, other: True/g,
  },
  // Ending with a failure, or with what a call gives, forges nothing.
  {
    rule: 'forges-report',
    code: /(?:(?<![\w.])(?:sys\.exit|quit|exit)|(?<![\w.])SystemExit)\((?! ?(?:[1-9]|''|f''|[\w.]+\())|^raise SystemExit$|\bos\.(?:_exit|abort|killp?g?)\(|\bsignal\.raise_signal\(|\bfaulthandler\._|\batexit\.register\(/g,
    inTests: false,
  },
  { rule: 'forges-report', code: /\bos\._exit\(|\bpytest\.exit\(|\batexit\.register\(/g },
  {
    rule: 'forges-report',
    code: /(?<![\w.])open\(|\bwrite_(?:text|bytes)\(/g,
    quoted: /(?:junit|report|results?|coverage)[\w.-]*\.(?:xml|json|txt)$|(?:^|\/)(?:conftest|sitecustomize)\.py$/i,
    writes: true,
  },
  { rule: 'forges-report', code: /\b(?:write|print)\(/g, quoted: /^=+ \d+ passed|^ok \d/i },
  {
    rule: 'starts-process',
    code: /\bsubprocess\b|\bos\.(?:system|popen|exec\w*|spawn\w*|fork)\(|\bpty\.|\bmultiprocessing\.(?!cpu_count\b)|\bcreate_subprocess_/g,
  },
  {
    rule: 'hidden-text',
    code: /(?<!\bdef )(?<![\w.])(?:builtins\.)?(?:eval|exec|compile)\(|\bmarshal\.|\bpickle\.loads?\(|\bb64decode\(|\bcodecs\.decode\(|\bgetattr\( ?builtins\b/g,
  },
  {
    rule: 'remote-code',
    code: /\b__import__\((?!'' ?[),])|\bimportlib\.import_module\((?!'' ?[),])|\bexec_module\(|\bspec_from_file_location\(|\bpip\.main\(/g,
  },
  {
    rule: 'tls-off',
    code: /\bverify ?= ?False|\b_create_unverified_context\b|\bCERT_NONE\b|\bcheck_hostname ?= ?False|\bdisable_warnings\(/g,
  },
  {
    rule: 'time-bomb',
    code: /(?:\btime\.time\(\)|\b(?:datetime\.)?(?:datetime|date)\.(?:now|today|utcnow)\(.*?\))(?:\.\w+(?:\(\))?)? ?[<>]=? ?(?:\d{9,}|20\d\d\b|(?:datetime\.)?(?:datetime|date)\( ?20\d\d)/g,
  },
  // An annotation is no check: what is refused is a comment that switches one off.
  { rule: 'wider-type', code: /(?:(?::|->|\[|,|\|) ?|\bcast\( ?)(?:typing\.)?Any\b(?! ?=? ?import)/g, inTests: false },
  {
    rule: 'outbound',
    code: /\b(?:requests|httpx|aiohttp|urllib\.request|urllib3|socket|smtplib|ftplib|http\.client|dns|websockets?)\b/g,
    inTests: false,
  },
  { rule: 'environment', code: /\bos\.(?:environ|getenv|putenv)\b/g, inTests: false },
  {
    rule: 'files',
    code: /(?<![\w.])open\(|\bshutil\.|\bPath\(.*\)\.(?:write|read|unlink)|\bos\.(?:remove|unlink|rename|makedirs)\(/g,
    inTests: false,
  },
  {
    rule: 'weaker-security',
    code: /\bmark_safe\(|\|safe\b|\bautoescape ?= ?False|\bcsrf_exempt\b|\bCORS_ALLOW_ALL\w* ?= ?True|\b(?:httponly|secure) ?= ?False|\bDEBUG ?= ?True|\bshell ?= ?True|\byaml\.load\(/gi,
  },
]
const WRITES = /^[rb+]*[wax][bt+]*$/

/** Lines of code that are marks by themselves. */
export function pyCodeMarks(lines: PyLine[], test: boolean): PyMark[] {
  return lines.flatMap((line, index) => [
    ...PATTERNS.filter(({ inTests }) => !test || inTests !== false).flatMap((pattern) => marksIn(pattern, line)),
    ...(isAlwaysEqual(lines, index) ? [pyMark('patches-runtime', line, '__eq__')] : []),
  ])
}

function marksIn({ rule, code, quoted, writes }: Pattern, line: PyLine): PyMark[] {
  const strings = quoted ? line.strings.filter((string) => quoted.test(string)) : []
  if (quoted && strings.length === 0) return []
  if (writes && !/\bwrite_/.test(line.code) && !line.strings.some((string) => WRITES.test(string))) return []
  return [...line.code.matchAll(code)].map(([found]) => pyMark(rule, line, `${found} ${strings.join()}`))
}

/** `def __eq__(…)` whose body says one thing of whatever it is given. */
function isAlwaysEqual(lines: PyLine[], index: number): boolean {
  if (!/^def __(?:eq|ne)__\(/.test(lines[index]!.code)) return false
  const body = blockOf(lines, index).filter(({ code }) => code !== "''")
  const [only] = body
  return (
    body.length === 1 &&
    only!.number > lines[index]!.number &&
    /^return (?:True|False|bool\([01]\)|[01]|not (?:True|False))$/.test(only!.code)
  )
}

const KNOWN_MODULES =
  /^(?:abc|argparse|ast|asyncio|base64|bisect|builtins|calendar|collections|contextlib|copy|concurrent|configparser|contextvars|csv|dataclasses|datetime|decimal|difflib|enum|fractions|functools|gc|glob|hashlib|heapq|hmac|html|http|importlib|inspect|io|ipaddress|itertools|json|locale|logging|math|mimetypes|multiprocessing|numbers|operator|os|pathlib|pickle|platform|pprint|queue|random|re|secrets|shutil|shlex|signal|socket|sqlite3|ssl|statistics|string|struct|subprocess|sys|tempfile|textwrap|threading|time|traceback|types|typing|unicodedata|unittest|urllib|uuid|warnings|weakref|xml|zipfile|zlib|zoneinfo|__future__)$/

/** Imports of packages; a relative one and the standard library come with what is there. */
export const pyImportMarks = (lines: PyLine[]): PyMark[] =>
  lines.flatMap((line) => {
    const module = /^from (\w+)/.exec(line.code)?.[1]
    const modules = module ? [module] : (/^import (.+)$/.exec(line.code)?.[1]?.match(/(?<=^|, ?)\w+/g) ?? [])
    return modules.filter((one) => !KNOWN_MODULES.test(one)).map((one) => pyMark('dependency', line, one))
  })
