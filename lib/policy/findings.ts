import { AREAS, type Area, type Finding, ill, type Look, noted, well } from '../domain/finding.ts'
import type { SourceReading } from '../domain/source.ts'

export type Verdict = 'ok' | 'fails' | 'note'

const WORST: Verdict[] = ['fails', 'note', 'ok']

/** By area, in the order of setting up; within one what fails first. Nothing is lost. */
export function byArea(looks: Look[]): { area: Area; state: Verdict; looks: Look[] }[] {
  return AREAS.flatMap((area) => {
    const here = looks.filter((look) => look.area === area)
    if (here.length === 0) return []
    const rank = ({ state }: Look) => WORST.indexOf(state)
    return [{ area, state: verdictOf(here), looks: here.toSorted((a, b) => rank(a) - rank(b)) }]
  })
}

export const verdictOf = (looks: Pick<Finding, 'state'>[]): Verdict =>
  WORST.find((state) => looks.some((look) => look.state === state)) ?? 'ok'

/** One sentence for the whole: how many things fail, and how many could be better. */
export function inSum(looks: Pick<Finding, 'state'>[]): string {
  const count = (state: Verdict) => looks.filter((look) => look.state === state).length
  const [fails, notes] = [count('fails'), count('note')]
  if (fails > 0) return `${fails} of the ${looks.length} things looked at ${fails === 1 ? 'fails' : 'fail'}.`
  return notes > 0 ? `Everything works; ${notes} could be better.` : 'Everything is well.'
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Clocks of free plans come once a day; whoever is later than that does not come. */
const LOST_MS = 26 * HOUR
/** What a watcher that is called every few minutes never reaches. */
const RARE_MS = 15 * MINUTE

/** Whether anything drives an agent. `at`: when it was last called, by a clock or by a ring. */
export function drivenFinding(agent: string, at: Date | null, now: Date): Finding {
  const todo = `Have /api/cron/${agent} called every minute with CRON_SECRET as its bearer, or start nightshift worker.`
  if (at === null) return ill(agent, 'nothing has ever called it', todo)
  const ms = now.getTime() - at.getTime()
  if (ms > LOST_MS) return ill(agent, `nothing has called it for ${ago(ms)}`, todo)
  return ms > RARE_MS ? noted(agent, `last called ${ago(ms)} ago`, todo) : well(agent, `last called ${ago(ms)} ago`)
}

/** What arrived at a door from those it is for; `made`: whether the door is open at all. */
export function hintFinding(name: string, at: Date | null, now: Date): Finding {
  return at === null
    ? noted(
        name,
        'nothing has come yet',
        'Nothing to do if it is new; otherwise look there at what was sent and how it was answered.',
      )
    : well(name, `last heard ${ago(now.getTime() - at.getTime())} ago`)
}

export function successFinding(name: string, at: Date | null, now: Date): Finding {
  return at === null ? noted(name, 'not yet') : well(name, `${ago(now.getTime() - at.getTime())} ago`)
}

export function sourceFinding({ kind, state, why, readUntil }: SourceReading, now: Date): Finding {
  const read = readUntil ? `read until ${ago(now.getTime() - readUntil.getTime())} ago` : 'not read to its end yet'
  if (state === 'ok') return well(`last read of ${kind}`, read)
  const said = `${why ?? state}; ${read}`
  return state === 'limited' || state === 'unreachable'
    ? noted(`last read of ${kind}`, said, 'Nothing to do: it is asked again.')
    : ill(`last read of ${kind}`, said, 'See what is said of its token.')
}

/** `12 s`, `4 min`, `3 h`, `12 days`. */
export function ago(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / 1000))} s`
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`
  return ms < 48 * HOUR ? `${Math.round(ms / HOUR)} h` : `${Math.round(ms / 24 / HOUR)} days`
}
