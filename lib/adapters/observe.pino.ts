import pino, { type DestinationStream } from 'pino'
import { redactText } from '../parse/redactText.ts'
import { cutText } from '../parse/visible.ts'
import type { About } from '../world/observer.ts'

export type Level = 'info' | 'warn' | 'error'
export type Say = (level: Level, words: string, about?: About, error?: unknown) => void

const WORDS = 500
const STACK = 4000

/** What may stand in a line: an error may quote what it could not read, so its words go through the one redaction pass. */
const clean = (text: string, most = WORDS) => cutText(redactText(text), most)

/**
 * One JSON line each on standard output, which whoever runs the process collects. In the process itself: functions end
 * before a thread that writes for them has written.
 */
export function pinoLines(level: string, to: DestinationStream = pino.destination({ dest: 1, sync: true })): Say {
  const log = pino(
    {
      level,
      base: null,
      messageKey: 'msg',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  )
  return (at, words, about = {}, error) => {
    const fields = Object.entries(about).map(([name, value]) => [
      name,
      typeof value === 'string' ? clean(value) : value,
    ])
    log[at]({ ...Object.fromEntries(fields), ...(error === undefined ? {} : { error: errorOf(error) }) }, clean(words))
  }
}

/** Type, words and place; nothing else an error may carry, which is where libraries put requests with their headers. */
export function errorOf(error: unknown): { type: string; message: string; stack?: string; code?: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: clean(String(error)) }
  const code = (error as { code?: unknown }).code
  return {
    type: error.name,
    message: clean(error.message),
    ...(typeof code === 'string' ? { code: clean(code, 60) } : {}),
    ...(error.stack ? { stack: clean(error.stack, STACK) } : {}),
  }
}
