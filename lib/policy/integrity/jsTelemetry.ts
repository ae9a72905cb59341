import ts from 'typescript'
import { isAssignment } from './jsErrors.ts'
import { fresh, type Mark, type Remark } from './mark.ts'
import type { Comparer, Side } from './side.ts'
import { keyOf, lineOf, nameOf } from './syntax.ts'

const REPORTS = /(?:^|\.)(?:capture(?:Exception|Message|Event|Error)|recordException|reportError|notifyError)$/
const QUIETS =
  /^(?:beforeSend\w*|(?:traces|profiles|errors?|replays\w*)?sampleRate|tracesSampler|ignoreErrors|ignoreTransactions|denyUrls|allowUrls|dsn|disable(?:Instrumentation|Telemetry)|addEventProcessor)$/i
const INIT = /^Sentry\.(?:init|close|setupExpress\w*)$/
const LOG = /^(?:this\.)?(?:console|log|logger|winston|pino)\.(\w+)$/
const LEVELS = [
  'trace',
  'silly',
  'debug',
  'verbose',
  'log',
  'info',
  'notice',
  'warn',
  'warning',
  'error',
  'critical',
  'fatal',
]
const SILENT =
  /^(?:level=['"`](?:silent|off|none)['"`]|level:['"`](?:silent|off|none)['"`]|silent[:=]true|enabled[:=](?:false|!1))$/

/** Reports that went, settings of the reports that came or went, and log lines that became quieter. */
export const telemetryChanges: Comparer = (before, after) => {
  const [reports, settings] = [marksOf(before, reportKey), marksOf(before, settingKey)]
  const now = marksOf(after, settingKey)
  return [
    ...fresh(marksOf(after, reportKey), reports).map((remark) => ({
      ...remark,
      why: 'It no longer reports an error.',
    })),
    ...fresh(settings, now),
    ...fresh(now, settings),
    ...quieter(before, after),
  ]
}

function marksOf(side: Side, keyed: (node: ts.Node) => string | null): Mark[] {
  return side.nodes.flatMap((node) => {
    const key = keyed(node)
    return key === null ? [] : [{ rule: 'silenced-telemetry' as const, line: lineOf(node), key }]
  })
}

const reportKey = (node: ts.Node): string | null =>
  ts.isCallExpression(node) && REPORTS.test(nameOf(node.expression))
    ? (nameOf(node.expression).split('.').at(-1) ?? '')
    : null

function settingKey(node: ts.Node): string | null {
  if (ts.isCallExpression(node)) {
    const name = nameOf(node.expression)
    return INIT.test(name) || QUIETS.test(name.split('.').at(-1) ?? '') ? keyOf(node) : null
  }
  if (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node) || ts.isShorthandPropertyAssignment(node)) {
    const name = node.name.getText().replace(/['"]/g, '')
    return QUIETS.test(name) || SILENT.test(keyOf(node)) ? keyOf(node) : null
  }
  if (!ts.isBinaryExpression(node) || !isAssignment(node)) return null
  const name = nameOf(node.left)
  const last = name.split('.').at(-1) ?? ''
  const off = SILENT.test(`${last}=${keyOf(node.right)}`)
  return QUIETS.test(last) || off || (LOG.test(name) && LEVELS.includes(last)) ? keyOf(node) : null
}

/** A line that is logged with the same words at a lower level. */
function quieter(before: Side, after: Side): Remark[] {
  const [old, now] = [logsOf(before), logsOf(after)]
  return now.flatMap(({ level, words, line }) => {
    const was = old.filter((log) => log.words === words)
    const lowered = was.length > 0 && was.every((log) => log.level > level)
    return lowered
      ? [{ line, rule: 'silenced-telemetry' as const, why: 'It logs an error more quietly than before.' }]
      : []
  })
}

const logsOf = (side: Side): { level: number; words: string; line: number }[] =>
  side.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node)) return []
    const level = LEVELS.indexOf(LOG.exec(nameOf(node.expression))?.[1] ?? '')
    return level === -1 ? [] : [{ level, words: node.arguments.map(keyOf).join(), line: lineOf(node) }]
  })
