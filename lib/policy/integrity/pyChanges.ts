import type { Remark } from './mark.ts'
import type { PyLine } from './pyLines.ts'
import { LOG_CALL, LOG_DISABLED } from './pyLogs.ts'
import { came, type PyMark, pyMark } from './pyMarks.ts'

const REPORTS = /\b(?:capture_(?:exception|message|event)|record_exception)\(/
const QUIETS =
  /\b(?:before_send\w*|(?:traces|profiles)_sample_rate|traces_sampler|sentry_sdk\.(?:init|flush|set_level))\b|\b(?:logger|logging)\.\w+ ?=(?!=)/
/** Words of other trades too: settings of the reports where a file speaks of those. */
const SHARED_WORDS = /\b(?:sample_rate|ignore_errors)\b/
const TELEMETRY = /sentry|bugsnag|rollbar|honeybadger|opentelemetry|ddtrace|newrelic/i
const LEVELS = ['log', 'debug', 'info', 'warn', 'warning', 'error', 'exception', 'critical']

/** What may neither come nor go in what is reported. */
export function pyChanges(before: PyLine[], after: PyLine[]): Remark[] {
  const [old, now] = [settings(before), settings(after)]
  const reports = (lines: PyLine[]) =>
    lines.flatMap((line) =>
      REPORTS.test(line.code)
        ? [pyMark('silenced-telemetry', line, 'report', 'It no longer reports an error.', 'report')]
        : [],
    )
  return [...came(reports(after), reports(before)), ...came(old, now), ...came(now, old), ...quieter(before, after)]
}

function settings(lines: PyLine[]): PyMark[] {
  const told = lines.some(({ code }) => TELEMETRY.test(code))
  return lines.flatMap((line): PyMark[] => {
    const { code, strings } = line
    const say = (found: string) => [pyMark('silenced-telemetry', line, found)]
    if (QUIETS.test(code) || LOG_DISABLED.test(code) || (told && SHARED_WORDS.test(code)))
      return say(code + strings.join())
    // A level that is computed may be computed otherwise; one that is written out is the setting.
    const level = /\.setLevel\((.*)\)/.exec(code)?.[1]
    return level === undefined
      ? []
      : say(`setLevel ${level.match(/\b(?:[A-Z]{4,}|\d+)\b/g)?.join() ?? ''} ${strings.join()}`)
  })
}

function quieter(before: PyLine[], after: PyLine[]): Remark[] {
  const logs = (lines: PyLine[]) =>
    lines.flatMap(({ code, strings, number }) => {
      const level = LEVELS.indexOf(LOG_CALL.exec(code)?.[1]?.toLowerCase() ?? '')
      return level === -1 ? [] : [{ level, words: code.replace(LOG_CALL, '') + strings.join(), number }]
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
