import { Hours } from '../../lib/domain/hours.ts'
import { hoursWindow } from '../../lib/policy/hours.ts'

/** A year that is not named is 2026. */
const dated = (text: string) => (/^20/.test(text) ? text : `2026-${text}`)

/** `06-01T12:00/06-01T15:00 06-04/06-05`: two freezes, each from/until. */
export const frozen = (text: string, why = 'Stocktaking') =>
  text.split(' ').map((span) => {
    const [from = '', until = ''] = span.split('/').map(dated)
    return { from, until, why }
  })

export const windowAt = (hours: object, now: string) => hoursWindow(Hours.parse(hours), new Date(`${dated(now)}Z`))

/** `open 06-01T08:00 06-01T17:00` */
export function seen(hours: object, now: string): string {
  const { open, from, until } = windowAt(hours, now)
  const ends = [from, until].map((at) => at.toISOString().slice(0, 16))
  return [open ? 'open' : 'shut', ...ends].join(' ').replaceAll('2026-', '')
}
