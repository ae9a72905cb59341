import type { Mark } from './mark.ts'
import type { PyLine } from './pyLines.ts'
import type { Rule } from './rules.ts'

/** Statements by what they are, matched on code without strings. `quoted` must also match one of its strings. */
const PATTERNS: { rule: Rule; code: RegExp; quoted?: RegExp; inTests?: false }[] = [
  {
    rule: 'test-aware',
    code: /\bsys\.modules\b|\bos\.(?:environ|getenv)\b|\benviron\b/,
    quoted: /^(?:pytest|unittest|_pytest|PYTEST\w*|CI|TESTING|TEST|GITHUB_ACTIONS|TOX\w*)$/,
    inTests: false,
  },
  {
    rule: 'test-aware',
    code: /\b(?:env|ENV|environ\w*|mode|settings\.\w+)\b.*(?:==|!=)|\bgetenv\(.*(?:==|!=)|\.get\(.*(?:==|!=)/,
    quoted: /^test(?:ing)?$/,
    inTests: false,
  },
  {
    rule: 'test-aware',
    code: /\binspect\.(?:stack|currentframe|getouterframes)\(|\bsys\._getframe\(|\btraceback\.(?:extract_stack|format_stack|walk_stack)\(|^(?:import|from) (?:pytest|unittest|_pytest|nose)\b/,
    inTests: false,
  },
  {
    rule: 'patches-runtime',
    code: /\bbuiltins\.\w+ ?=(?!=)|\bsetattr\( ?(?:builtins|sys|os|unittest|pytest|json|datetime|time|random)\b|^(?:time\.time|random\.random|datetime\.\w+|json\.\w+|os\.(?!environ)\w+|sys\.(?:modules|stdout|stderr|exit)\b.*?|unittest\.[\w.]+|pytest\.\w+|\w+\.__eq__|\w+\.__class__) ?= ?[^=]|\bsys\.settrace\(|\bgc\.get_objects\(|\bctypes\b/,
  },
  { rule: 'patches-runtime', code: /def __eq__\(.*\) ?(?:->.*)?: return True|lambda self, other: True/ },
  {
    rule: 'forges-report',
    code: /\bsys\.exit\(|\bos\._exit\(|\bos\.(?:abort|kill)\(|^(?:raise )?SystemExit\b|\bquit\(|\bexit\(|\batexit\.register\(/,
    inTests: false,
  },
  { rule: 'forges-report', code: /\bos\._exit\(|\bpytest\.exit\(|\batexit\.register\(/ },
  {
    rule: 'forges-report',
    code: /\b(?:open|write_text|write|print)\(/,
    quoted: /(?:junit|report|results?|coverage)[\w.-]*\.(?:xml|json|txt)$|^=+ \d+ passed|^ok \d/i,
  },
  {
    rule: 'starts-process',
    code: /\bsubprocess\b|\bos\.(?:system|popen|exec\w*|spawn\w*|fork)\(|\bpty\.|\bmultiprocessing\b/,
  },
  {
    rule: 'hidden-text',
    code: /(?<![\w.])(?:eval|exec|compile)\(|\bmarshal\.|\bpickle\.loads?\(|\bb64decode\(|\bcodecs\.decode\(|\bgetattr\( ?(?:builtins|__builtins__)/,
  },
  {
    rule: 'remote-code',
    code: /\b__import__\((?!'')|\bimportlib\.import_module\((?!'')|\bexec_module\(|\bspec_from_file_location\(|\bpip\.main\(/,
  },
  {
    rule: 'tls-off',
    code: /\bverify ?= ?False|\b_create_unverified_context\b|\bCERT_NONE\b|\bcheck_hostname ?= ?False|\bdisable_warnings\(/,
  },
  {
    rule: 'time-bomb',
    code: /(?:\btime\.time\(\)|\b(?:datetime\.)?(?:datetime|date)\.(?:now|today|utcnow)\(.*?\))(?:\.\w+(?:\(\))?)? ?[<>]=? ?(?:\d{9,}|20\d\d\b|(?:datetime\.)?(?:datetime|date)\( ?20\d\d)/,
  },
  { rule: 'type-escape', code: /(?::|->|\[|,) ?Any\b(?! ?=? ?import)|\bcast\( ?Any\b/ },
  {
    rule: 'outbound',
    code: /\b(?:requests|httpx|aiohttp|urllib\.request|urllib3|socket|smtplib|ftplib|http\.client|dns|websockets?)\b/,
    inTests: false,
  },
  { rule: 'environment', code: /\bos\.(?:environ|getenv|putenv)\b/, inTests: false },
  {
    rule: 'files',
    code: /(?<![\w.])open\(|\bshutil\.|\bPath\(.*\)\.(?:write|read|unlink)|\bos\.(?:remove|unlink|rename|makedirs)\(/,
    inTests: false,
  },
  {
    rule: 'weaker-security',
    code: /\bmark_safe\(|\|safe\b|\bautoescape ?= ?False|\bcsrf_exempt\b|\bCORS_ALLOW_ALL\w* ?= ?True|\b(?:httponly|secure) ?= ?False|\bDEBUG ?= ?True|\bshell ?= ?True|\byaml\.load\(/i,
  },
]

/** Lines of code that are marks by themselves. */
export function pyCodeMarks(lines: PyLine[], test: boolean): Mark[] {
  return lines.flatMap((line) =>
    PATTERNS.filter(({ code, quoted, inTests }) => {
      if (test && inTests === false) return false
      return code.test(line.code) && (!quoted || line.strings.some((string) => quoted.test(string)))
    }).map(({ rule }): Mark => ({ rule, line: line.number, key: `${line.code} ${line.strings.join()}` })),
  )
}

const KNOWN_MODULES =
  /^(?:abc|argparse|ast|asyncio|base64|bisect|calendar|collections|contextlib|copy|csv|dataclasses|datetime|decimal|difflib|enum|fractions|functools|gc|glob|hashlib|heapq|hmac|html|importlib|inspect|io|ipaddress|itertools|json|locale|logging|math|mimetypes|numbers|operator|os|pathlib|pickle|platform|pprint|queue|random|re|secrets|shutil|signal|statistics|string|struct|sys|tempfile|textwrap|threading|time|traceback|types|typing|unicodedata|unittest|urllib|uuid|warnings|weakref|xml|zipfile|zlib|zoneinfo|__future__)$/

/** Imports of packages; a relative one and the standard library come with what is there. */
export const pyImportMarks = (lines: PyLine[]): Mark[] =>
  lines.flatMap((line) => {
    const module = /^(?:from|import) (\w+)/.exec(line.code)?.[1]
    return module && !KNOWN_MODULES.test(module)
      ? [{ rule: 'dependency' as const, line: line.number, key: module }]
      : []
  })
