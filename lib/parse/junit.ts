import { xmlTokens } from './xmlTokens.ts'

/** The report format JUnit's runners share: Surefire, Failsafe, Gradle, pytest and others write it. */

export interface JunitCase {
  /** As the report writes them; empty where it does not. */
  suite: string
  classname: string
  name: string
  file: string | null
  line: number | null
  ms: number | null
  state: 'passed' | 'failed' | 'skipped'
  /** Of the failure or error: its type, message and the text below it; empty for a case that did not fail. */
  type: string
  message: string
  text: string
}

const TEXT_MAX = 32 * 1024 * 1024
const CASES_MAX = 20_000
const BODY_MAX = 64 * 1024

/** @throws never: a report that breaks off gives the cases that stand in it whole. */
export function parseJunit(report: string): JunitCase[] {
  const cases: JunitCase[] = []
  const suites: string[] = []
  let current: JunitCase | null = null
  let inside: string | null = null
  const keep = () => {
    if (current) cases.push(current)
    current = null
  }
  for (const token of xmlTokens(report.slice(0, TEXT_MAX))) {
    if (cases.length >= CASES_MAX) break
    if (token.kind === 'text') {
      if (current && inside !== null && current.text.length < BODY_MAX) current.text += token.text.slice(0, BODY_MAX)
    } else if (token.kind === 'close') {
      if (token.name === 'testcase') keep()
      if (token.name === 'testsuite') suites.pop()
      if (token.name === inside) inside = null
    } else if (token.name === 'testsuite' && !token.closed) suites.push(token.attributes.name ?? '')
    else if (token.name === 'testcase') {
      current = opened(token.attributes, suites.at(-1) ?? '')
      if (token.closed) keep()
    } else if (current && (token.name === 'failure' || token.name === 'error')) {
      // Of several the first is the cause.
      if (current.state !== 'failed') Object.assign(current, failed(token.attributes))
      else continue
      if (!token.closed) inside = token.name
    } else if (current && token.name === 'skipped' && current.state === 'passed') current.state = 'skipped'
  }
  return cases
}

function opened(attributes: Record<string, string>, suite: string): JunitCase {
  const { classname = '', name = '', file, line, time } = attributes
  // Some write thousands with a comma.
  const seconds = Number((time ?? '').replaceAll(',', ''))
  return {
    ...{ suite, classname, name, file: file ?? null, state: 'passed', type: '', message: '', text: '' },
    line: /^\d{1,7}$/.test(line ?? '') ? Number(line) : null,
    ms: time === undefined || !Number.isFinite(seconds) ? null : Math.round(seconds * 1000),
  }
}

const failed = ({ type = '', message = '' }: Record<string, string>) => ({ state: 'failed' as const, type, message })
