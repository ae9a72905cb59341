import type { Freeze, Hours } from '@/lib/domain/hours.ts'
import type { Policy } from '@/lib/domain/project.ts'
import { LEVEL_NAMES } from './levels.ts'
import { many } from './numbers.ts'

/** A policy as it was written down, perhaps by a newer or an older Nightshift: what is not known here is shown too. */
export type Written = Partial<Omit<Policy, 'hours'>> & { hours?: Partial<Hours> }

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

const SHORT = DAYS.map((day) => day.slice(0, 3))

/** `Mon–Fri`, `Mon, Wed`, `every day`; a number that is no day is said as it is. */
export function daysInWords(days: number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  if (sorted.length === 0) return 'no day'
  if (sorted.length === 7) return 'every day'
  const name = (day: number) => SHORT[day - 1] ?? String(day)
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)]
  const run = sorted.length > 2 && last - first === sorted.length - 1
  return run ? `${name(first)}–${name(last)}` : sorted.map(name).join(', ')
}

export const hourOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** `10 min`, `90 s`, `1 h 30 min`. */
export function secondsInWords(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) return `${seconds} s`
  const [hours, minutes] = [Math.floor(seconds / 3600), (seconds % 3600) / 60]
  return [...(hours ? [`${hours} h`] : []), ...(minutes ? [`${minutes} min`] : [])].join(' ')
}

export const freezeInWords = ({ from, until, why }: Freeze): string => `${from} to ${until}: ${why}`

/** Lists without anything in them. */
const NO_FREEZES = 'none'
const NO_PATHS = 'nothing besides the floor'

/** Every setting by its name, in words. */
export function policyInWords(policy: Written, capPerDay: number): [name: string, words: string[]][] {
  const { hours, soakSeconds, watchSeconds, probes, protect, approvalHours, spend, ...others } = policy
  const { zone, from, to, days, freezes, ...otherHours } = hours ?? {}
  const open =
    days && from !== undefined && to !== undefined && `${hourOf(from)}–${hourOf(to)}, ${daysInWords(days)}, ${zone}`
  return [
    ['Production hours', open ? [open] : []],
    ['Freezes', freezes === undefined ? [] : freezes.length > 0 ? freezes.map(freezeInWords) : [NO_FREEZES]],
    ['Soak', soakSeconds === undefined ? [] : [`${secondsInWords(soakSeconds)} on staging`]],
    ['Probes', probes === undefined ? [] : [`at least ${probes} in a soak`]],
    ['Watch', watchSeconds === undefined ? [] : [`${secondsInWords(watchSeconds)} in production`]],
    ['Promotions', [`at most ${capPerDay} a day`]],
    ['Approvals', approvalHours === undefined ? [] : [`hold for ${many(approvalHours, 'hour')}`]],
    [
      'Models',
      spend === undefined ? [] : [`at most $${spend.issue} an issue, $${spend.day} a day, $${spend.month} a month`],
    ],
    ['Protected', protect && protect.length > 0 ? protect : [NO_PATHS]],
    ...Object.entries({ ...others, ...otherHours }).map(([name, value]): [string, string[]] => [
      name,
      [JSON.stringify(value)],
    ]),
  ]
}

export interface Version {
  level: number
  capPerDay: number
  policy: unknown
}

/** What changed from one version to the next, a phrase each. */
export function changesInWords(before: Version, after: Version): string[] {
  const level = (n: number) => `level ${n} (${LEVEL_NAMES[n as 1 | 2 | 3] ?? 'unknown'})`
  const was = new Map(policyInWords(before.policy as Written, before.capPerDay))
  const is = new Map(policyInWords(after.policy as Written, after.capPerDay))
  const names = [...new Set([...is.keys(), ...was.keys()])]
  const changes = names.flatMap((name) => changed(name, was.get(name) ?? [], is.get(name) ?? []))
  return before.level === after.level ? changes : [`${level(before.level)} → ${level(after.level)}`, ...changes]
}

/** Of a list, what came and what went; of anything else, from what to what. */
function changed(name: string, before: string[], after: string[]): string[] {
  const [was, is] = [before, after].map((words) => words.filter((word) => word !== NO_FREEZES && word !== NO_PATHS))
  if (!was || !is || was.join('\n') === is.join('\n')) return []
  if (!LISTS.has(name)) return [`${name}: ${was[0] ?? 'not set'} → ${is[0] ?? 'not set'}`]
  const added = is.filter((one) => !was.includes(one)).map((one) => `+ ${one}`)
  const removed = was.filter((one) => !is.includes(one)).map((one) => `− ${one}`)
  return [`${name}: ${[...added, ...removed].join(', ') || 'in another order'}`]
}

const LISTS = new Set(['Freezes', 'Protected'])
