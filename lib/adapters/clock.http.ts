import { type Finding, ill, noted, well } from '../domain/finding.ts'

const PATIENCE_MS = 5000
/** Signatures and tokens are dated: Slack takes five minutes either way, GitHub one. */
const FAR_MS = 60_000
const NEAR_MS = 10_000

/** Our clock against somebody else's, by the date of any answer; seconds are what it is exact to. */
export async function clockFinding(name: string, url: string, now: () => number = Date.now): Promise<Finding> {
  const before = now()
  const date = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    (answer) => answer.headers.get('date'),
    () => null,
  )
  const theirs = Date.parse(date ?? '')
  if (!Number.isFinite(theirs)) return noted(name, 'it did not say what time it is')
  // A date is cut to its second.
  return driftFinding(name, theirs + 500 - (before + now()) / 2)
}

export function driftFinding(name: string, ms: number): Finding {
  const off = `${(Math.abs(ms) / 1000).toFixed(0)} s ${ms > 0 ? 'behind' : 'ahead'}`
  const todo = 'Let this machine’s clock be set by the network (NTP).'
  if (Math.abs(ms) >= FAR_MS) return ill(name, `our clock is ${off}`, todo)
  return Math.abs(ms) >= NEAR_MS ? noted(name, `our clock is ${off}`, todo) : well(name, 'the clocks agree')
}
