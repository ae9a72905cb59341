import type { Freeze } from '@/lib/domain/hours.ts'
import type { Policy } from '@/lib/domain/project.ts'

/** One a line, blank lines apart. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** `2026-12-20 2027-01-03 Christmas`, one a line. */
export const freezesAsText = (freezes: Freeze[]): string =>
  freezes.map(({ from, until, why }) => `${from} ${until} ${why}`).join('\n')

const freezesOf = (text: string): Freeze[] =>
  linesOf(text).map((line) => {
    const [from = '', until = '', ...why] = line.split(/\s+/)
    return { from, until, why: why.join(' ') }
  })

/** The whole policy again, with what the form asks for; whatever it does not ask for stays as it was. */
export function policyFrom(form: FormData, was: Policy): { policy: Policy; capPerDay: number } {
  const text = (name: string) => String(form.get(name) ?? '')
  const number = (name: string) => Number(text(name))
  const hours = {
    ...was.hours,
    zone: text('zone'),
    from: number('from'),
    to: number('to'),
    days: form.getAll('days').map(Number),
    freezes: freezesOf(text('freezes')),
  }
  const policy = {
    ...was,
    hours,
    soakSeconds: number('soakSeconds'),
    watchSeconds: number('watchSeconds'),
    probes: number('probes'),
    approvalHours: number('approvalHours'),
    protect: linesOf(text('protect')),
  }
  return { policy, capPerDay: number('capPerDay') }
}

/** What the server refused, by the field it is about: `policy.hours.from: …; capPerDay: …`. */
export function problemsOf(detail: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const one of detail.split('; ')) {
    const [, path = '', message = ''] = /^([\w.]+): (.*)$/s.exec(one) ?? []
    const parts = path.split('.')
    const at = parts.findIndex((part) => FIELDS.has(part))
    const field = parts[at]
    if (!field) continue
    const line = Number(parts[at + 1]) + 1
    const said = line && LINES.has(field) ? `Line ${line}: ${message}` : message
    found.set(field, [found.get(field), said].filter(Boolean).join('; '))
  }
  return found
}

const FIELDS = new Set(
  'zone from to days freezes soakSeconds watchSeconds probes protect approvalHours capPerDay'.split(' '),
)

/** Fields that hold one thing a line. */
const LINES = new Set(['freezes', 'protect'])
