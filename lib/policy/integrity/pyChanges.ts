import { fresh, type Mark, type Remark } from './mark.ts'
import { blockOf, type PyLine, pyConstant } from './pyLines.ts'

const REPORTS = /\b(?:capture_(?:exception|message|event)|record_exception)\(/
const QUIETS =
  /\b(?:before_send\w*|(?:traces_|profiles_)?sample_rate|traces_sampler|ignore_errors|sentry_sdk\.(?:init|flush|set_level))\b|\blogging\.disable\(|\.setLevel\(|\.disabled ?= ?True|\b(?:logger|logging)\.\w+ ?= ?(?!=)/
const CHECKS =
  /auth(?!or(?!i[sz]))|session|permission|\bis_(?:admin|owner|staff|superuser|authenticated)\b|login_required|\bverify|csrf|\bjwt\b|forbidden|\b40[13]\b|signature|\brole\b|compare_digest/i
const LOG = /\b(?:log|logger|logging)\.(debug|info|warning|warn|error|exception|critical)\(/
const LEVELS = ['debug', 'info', 'warn', 'warning', 'error', 'exception', 'critical']

const marksOf = (lines: PyLine[], rule: Mark['rule'], pattern: RegExp, key: (line: PyLine) => string): Mark[] =>
  lines.filter(({ code }) => pattern.test(code)).map((line) => ({ rule, line: line.number, key: key(line) }))

/** What may neither come nor go: reports, their settings, checks of rights, features. */
export function pyChanges(before: PyLine[], after: PyLine[]): Remark[] {
  const whole = (line: PyLine): string => line.code + line.strings.join()
  const both = (rule: Mark['rule'], pattern: RegExp) =>
    [marksOf(before, rule, pattern, whole), marksOf(after, rule, pattern, whole)] as const
  const [oldSettings, newSettings] = both('silenced-telemetry', QUIETS)
  const guards = (lines: PyLine[]): Mark[] =>
    marksOf(lines, 'removed-check', CHECKS, whole).filter(({ key }) =>
      /^(?:if|elif|assert|@|raise)|^[\w.]+\(/.test(key),
    )
  const reports = (lines: PyLine[]) => marksOf(lines, 'silenced-telemetry', REPORTS, () => 'report')
  return [
    ...fresh(reports(after), reports(before)).map((remark) => ({ ...remark, why: 'It no longer reports an error.' })),
    ...fresh(oldSettings, newSettings),
    ...fresh(newSettings, oldSettings),
    ...quieter(before, after),
    ...fresh(guards(after), guards(before)),
    ...features(before, after),
  ]
}

function quieter(before: PyLine[], after: PyLine[]): Remark[] {
  const logs = (lines: PyLine[]) =>
    lines.flatMap(({ code, strings, number }) => {
      const level = LEVELS.indexOf(LOG.exec(code)?.[1] ?? '')
      return level === -1 ? [] : [{ level, words: code.replace(LOG, '') + strings.join(), number }]
    })
  const old = logs(before)
  return logs(after).flatMap(({ level, words, number }) => {
    const was = old.filter((log) => log.words === words)
    const lowered = was.length > 0 && was.every((log) => log.level > level)
    return lowered
      ? [{ line: number, rule: 'silenced-telemetry' as const, why: 'It logs an error more quietly than before.' }]
      : []
  })
}

/** Functions that became a constant or went, and code behind a `return` of the same block. */
function features(before: PyLine[], after: PyLine[]): Remark[] {
  const found: Remark[] = []
  const [old, now] = [functionsOf(before), functionsOf(after)]
  for (const [name, body] of old) {
    const is = now.get(name)
    if (is && works(body) && !works(is))
      found.push({
        line: is[0]?.number ?? 0,
        rule: 'feature-removed',
        why: 'It leaves a function that does nothing any more.',
      })
  }
  const shown = (functions: Map<string, PyLine[]>) =>
    [...functions.keys()].filter((name) => !/^_|^test/.test(name)).length
  if (shown(now) < shown(old))
    found.push({ line: 0, rule: 'feature-removed', why: 'It takes away a function that others can call.' })
  const dead = (lines: PyLine[]): Mark[] =>
    lines.flatMap((line, i) => {
      const next = lines[i + 1]
      const unreached =
        /^(?:return|raise)\b/.test(line.code) &&
        next?.indent === line.indent &&
        !/^(?:case|except|elif|else|finally)\b/.test(next.code)
      const never =
        /^(?:el)?if (?:False|0|not True|True)\b ?(?:and|:)|^(?:el)?if .*\band False\b|^(?:el)?if .*\bor True\b/.test(
          line.code,
        )
      return unreached || never
        ? [
            {
              rule: 'feature-removed' as const,
              line: line.number,
              key: never ? line.code : (next?.code ?? ''),
              why: 'It leaves code behind that is never reached.',
            },
          ]
        : []
    })
  return [...found, ...fresh(dead(before), dead(after))]
}

function functionsOf(lines: PyLine[]): Map<string, PyLine[]> {
  const found = new Map<string, PyLine[]>()
  lines.forEach((line, index) => {
    const name = /^(?:async )?def (\w+)/.exec(line.code)?.[1]
    if (name) found.set(found.has(name) ? `${name}+${index}` : name, blockOf(lines, index))
  })
  return found
}

const works = (body: PyLine[]): boolean =>
  body.some(({ code }) => {
    const value = /^return (.+)$/.exec(code)?.[1]
    return value ? !pyConstant(value) : !/^(?:pass|\.\.\.|return|''|raise\b.*)$/.test(code)
  })
