import ts from 'typescript'
import { fresh, type Mark, type Remark } from './mark.ts'
import { nameOf } from './names.ts'
import type { Comparer, Side } from './side.ts'
import { isAssignment, keyOf, lineOf } from './syntax.ts'

const REPORTS = /(?:^|\.)(?:capture(?:Exception|Message|Event|Error)|recordException|reportError|notifyError)$/
const QUIETS =
  /^(?:beforeSend\w*|(?:traces|profiles|errors?|replays\w*)sampleRate|tracesSampler|ignoreErrors|ignoreTransactions|denyUrls|allowUrls|disable(?:Instrumentation|Telemetry)|addEventProcessor)$/i
/** Names that also mean other things: a sound has a sample rate, a database a DSN. */
const PERHAPS = /^(?:sampleRate|dsn)$/
/** Words of a file that reports or logs. */
const REPORTING =
  /sentry|opentelemetry|\botel\b|bugsnag|rollbar|datadog|dd-trace|newrelic|honeybadger|telemetry|\bpino\b|winston|bunyan|logger/i
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
  const reporting = [before, after].some(({ text }) => REPORTING.test(text))
  const settingsOf = (side: Side) => marksOf(side, (node) => settingKey(node, reporting))
  const [reports, settings] = [marksOf(before, reportKey), settingsOf(before)]
  const now = settingsOf(after)
  return [
    ...fresh(marksOf(after, reportKey), reports).map((remark) => ({
      ...remark,
      why: 'It no longer reports an error.',
    })),
    ...fresh(settings, now),
    ...fresh(now, settings),
    ...quieter(before, after, reporting),
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

/** @param reporting the file has to do with reports, so that names of many meanings mean those. */
function settingKey(node: ts.Node, reporting: boolean): string | null {
  const quiets = (name: string): boolean => QUIETS.test(name) || (reporting && PERHAPS.test(name))
  const silent = (text: string): boolean => reporting && SILENT.test(text)
  if (ts.isCallExpression(node)) {
    const name = nameOf(node.expression)
    return INIT.test(name) || quiets(name.split('.').at(-1) ?? '') ? keyOf(node) : null
  }
  if (ts.isPropertyAssignment(node) || ts.isMethodDeclaration(node) || ts.isShorthandPropertyAssignment(node)) {
    const name = node.name.getText().replace(/['"]/g, '')
    return quiets(name) || silent(keyOf(node)) ? keyOf(node) : null
  }
  if (!ts.isBinaryExpression(node) || !isAssignment(node)) return null
  const name = nameOf(node.left)
  const last = name.split('.').at(-1) ?? ''
  const off = silent(`${last}=${keyOf(node.right)}`)
  return quiets(last) || off || (LOG.test(name) && LEVELS.includes(last)) ? keyOf(node) : null
}

/** A line that is logged with the same words at a lower level. The console alone is no report. */
function quieter(before: Side, after: Side, reporting: boolean): Remark[] {
  if (!reporting) return []
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
