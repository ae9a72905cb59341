import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import type { Random } from './random.ts'

/**
 * What every public address meets in an hour and what is nobody's fault: crawlers and scanners, callers who hang up,
 * addresses and bodies that make no sense, and the errors of other people's browsers.
 */

export interface Noise {
  /** Address of the app. */
  app: string
  /** `http://<key>@host/<prefix>/<number>`, where browsers report to. */
  dsn: string
  /** The commit browsers run. */
  release: string
}

/** Bytes of a request, and how much of it is sent before the caller hangs up; null reads the answer. */
interface Raw {
  bytes: string
  cut: number | null
}

const SCANNED = [
  '/wp-login.php',
  '/.env',
  '/.git/config',
  '/phpmyadmin/',
  '/cgi-bin/test',
  '/favicon.ico',
  '/robots.txt',
]
const ODD = ['/%ff%fe', '/api/../../etc/passwd', '/api/patients/%00', `/${'a'.repeat(3000)}`, '/?q=<script>', '//']
const GONE = ['/api/practices/p-99', '/api/patients/pt-999', '/api/campaigns/c-77', '/api/clinicians/cl-88']
const NONSENSE = ['{', 'null', '[]', '"text"', '{"practiceId":7}', '{}', '\u0000\u0001']

const request = (line: string, body = '', agent = 'crawler/1.0 (+http://crawler.example)'): string =>
  `${line} HTTP/1.1\r\nhost: clinic.example\r\nuser-agent: ${agent}\r\nconnection: close\r\n` +
  (body === '' ? '\r\n' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)

/** One piece of noise; `browser` is an error that a page reports. */
export function noiseFrom(random: Random): Raw | 'browser' {
  const kind = random.next()
  if (kind < 0.25)
    return { bytes: request(`${random.pick(['GET', 'HEAD', 'POST'])} ${pick(random, SCANNED)}`), cut: null }
  if (kind < 0.35)
    return { bytes: request(`${random.pick(['GET', 'OPTIONS', 'TRACE'])} ${pick(random, ODD)}`), cut: null }
  if (kind < 0.55) return { bytes: request(`GET ${pick(random, GONE)}`), cut: null }
  if (kind < 0.7) return { bytes: request('POST /api/campaigns/launch', pick(random, NONSENSE)), cut: null }
  if (kind < 0.85) {
    const whole = request('POST /api/campaigns/launch', '{"practiceId":"p-1","channel":"email"}')
    return { bytes: whole, cut: Math.floor(random.next() * whole.length) }
  }
  return 'browser'
}

const pick = (random: Random, from: string[]): string => from[Math.floor(random.next() * from.length)]!

/** Sends it and forgets the answer; nothing here fails because the other side did. */
export function makeNoise(noise: Noise, random: Random): Promise<void> {
  const one = noiseFrom(random)
  return one === 'browser' ? report(noise, random) : shout(noise.app, one)
}

function shout(app: string, { bytes, cut }: Raw): Promise<void> {
  const { hostname, port } = new URL(app)
  return new Promise((done) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(cut === null ? bytes : bytes.slice(0, cut))
      if (cut !== null) setTimeout(() => socket.destroy(), 20)
    })
    socket.setTimeout(5000, () => socket.destroy())
    socket
      .on('error', () => undefined)
      .on('close', () => done())
      .resume()
  })
}

interface Reported {
  type: string
  value: string
  level?: string
  handled: boolean
  file?: string
}

/** What pages report: none of it is this code's fault, and the last two were caught by the page itself. */
const REPORTED: Reported[] = [
  { type: 'Error', value: 'ResizeObserver loop limit exceeded', handled: false },
  { type: 'Error', value: 'Script error.', handled: false },
  { type: 'AbortError', value: 'The user aborted a request.', handled: false },
  {
    type: 'TypeError',
    value: "Cannot read properties of null (reading 'tab')",
    handled: false,
    file: 'chrome-extension://abc/inject.js',
  },
  { type: 'Error', value: 'The chart was drawn without its legend', handled: true, level: 'warning' },
  { type: 'QuotaExceededError', value: 'The preferences of this page could not be kept', handled: true },
]

async function report({ dsn, release, app }: Noise, random: Random): Promise<void> {
  const url = new URL(dsn)
  const { type, value, level = 'error', handled, file } = REPORTED[Math.floor(random.next() * REPORTED.length)]!
  const id = randomUUID().replaceAll('-', '')
  const frames = file ? [{ filename: file, function: 'inject', lineno: 1, colno: 1, in_app: true }] : []
  const exception = { values: [{ type, value, mechanism: { type: 'generic', handled }, stacktrace: { frames } }] }
  const event = {
    ...{ event_id: id, platform: 'javascript', level, environment: 'production', release, exception },
    request: { url: `${app}/desk`, headers: { 'User-Agent': 'Mozilla/5.0' } },
  }
  const lines = [{ event_id: id }, { type: 'event' }, event].map((part) => JSON.stringify(part))
  const path = url.pathname.replace(/\/(\d+)$/, '/api/$1/envelope/')
  await fetch(`${url.origin}${path}?sentry_key=${url.username}`, { method: 'POST', body: lines.join('\n') }).catch(
    () => undefined,
  )
}
