import type { PyLine } from './pyLines.ts'

/** Modules the rules know things of by name. */
const MODULES =
  /^(?:os|sys|subprocess|builtins|inspect|traceback|importlib|urllib|http|socket|smtplib|time|datetime|pytest|_pytest|unittest|asyncio|ctypes|pickle|marshal|base64|codecs|atexit|signal|faulthandler|threading|contextlib|shutil|math|json|random|decimal)(?:\.|$)/
/** What a name may stand for: a part of such a module, what runs text or ends the run, a day. */
const ALIASED =
  /^(?:(?:os|sys|subprocess|builtins|inspect|importlib|ctypes|socket|pytest|_pytest|unittest|urllib)(?:\.\w+)*|eval|exec|compile|exit|quit|__import__|time\.time\(\)|(?:datetime\.)?(?:datetime|date)(?:\.(?:now|today|utcnow)\([^()]*\)|\( ?20\d\d[\d, ]*\)))$/
const LOADED =
  /((?:\bimportlib\.|(?<![\w.]))(?:import_module|__import__)\( ?|\bgetattr\( ?(?:os|sys|builtins|__builtins__|subprocess|importlib), ?)?''( ?\))?/g

/**
 * Lines in which each name is written as what it stands for, whatever a file calls it: `from os import system as go` and
 * then `go(x)` reads `os.system(x)`.
 */
export function pyResolved(lines: PyLine[]): PyLine[] {
  const loaded = lines.map(withLoaded)
  const names = importedIn(loaded)
  const first = loaded.map((line) => withNames(line, names))
  for (const { code } of first) {
    const [, name, value] = /^(\w+) = (.+)$/.exec(code) ?? []
    if (name && value && ALIASED.test(value)) names.set(name, value)
  }
  return first.map((line) => withNames(line, names))
}

function importedIn(lines: PyLine[]): Map<string, string> {
  const names = new Map([['__builtins__', 'builtins']])
  const take = (piece: string, prefix: string) => {
    const [, name = '', as] = /^ ?([\w.]+)(?: as (\w+))? ?$/.exec(piece) ?? []
    const alias = as ?? (prefix && name)
    if (alias && MODULES.test(prefix + name)) names.set(alias, prefix + name)
  }
  for (const { code } of lines) {
    for (const piece of /^import (.+)$/.exec(code)?.[1]?.split(',') ?? []) take(piece, '')
    const [, module, listed] = /^from ([\w.]+) import \(?([^()]+)\)?$/.exec(code) ?? []
    for (const piece of listed?.split(',') ?? []) take(piece, `${module}.`)
  }
  return names
}

function withNames(line: PyLine, names: Map<string, string>): PyLine {
  if (/^(?:import|from) /.test(line.code)) return line
  const code = line.code.replace(/(?<![\w.]|def |class )[A-Za-z_]\w*\b(?! ?=(?!=))/g, (name) => names.get(name) ?? name)
  return { ...line, code }
}

/** `__import__("os")` is `os`, and `getattr(os, "system")` is `os.system`. */
function withLoaded(line: PyLine): PyLine {
  const strings: string[] = []
  let at = 0
  const code = line.code.replace(LOADED, (whole, head: string | undefined, end: string | undefined) => {
    const value = line.strings[at++] ?? ''
    if (head && end && /^[A-Za-z_][\w.]*$/.test(value))
      return head.startsWith('getattr') ? `${/\( ?(\w+)/.exec(head)?.[1]}.${value}` : value
    strings.push(value)
    return whole
  })
  return { ...line, code, strings: [...strings, ...line.strings.slice(at)] }
}
