import { parseArgs } from 'node:util'
import { RENAMED } from './history/rename.ts'
import { FAULTS, type Fault, isFault } from './traffic/faults.ts'
import { type Counts, noCounts, send } from './traffic/send.ts'
import { type Visit, visitsFrom } from './traffic/visits.ts'

type Target = 'production' | 'staging'

interface Options {
  /** Address of each target. */
  targets: Record<Target, string>
  /** The same seed sends the same requests. */
  seed: number
  /** Requests a second to production; staging gets a quarter of them. */
  perSecond: number
  /** Words of a renamed app: see `history/rename.ts`. */
  rename?: Record<string, string>
  /** Faults that people meet; the launch alone where none are named. */
  faults?: readonly Fault[]
  /** Called with a sentence now and then. */
  log?: (sentence: string) => void
}

export interface Traffic {
  counts: Record<Target, Counts>
  /** Sends nothing more and waits for what is under way. */
  stop(): Promise<void>
}

const STAGING_SHARE = 1 / 4
/** Requests under way at most for each target; a slow app is not flooded. */
const UNDER_WAY = 32
const LOG_EVERY_MS = 30_000

/** Sends the sample app the requests of an ordinary day until it is stopped. */
export function startTraffic({ targets, seed, perSecond, rename, faults, log }: Options): Traffic {
  const production = stream(targets.production, perSecond, visitsFrom(seed, rename, faults))
  const staging = stream(targets.staging, perSecond * STAGING_SHARE, visitsFrom(seed + 1, rename, faults))
  const counts = { production: production.counts, staging: staging.counts }
  const logging = setInterval(() => log?.(sentenceOf(counts)), LOG_EVERY_MS)
  return {
    counts,
    async stop() {
      clearInterval(logging)
      await Promise.all([production.stop(), staging.stop()])
    },
  }
}

function stream(base: string, perSecond: number, visits: Generator<Visit, never>) {
  const counts = noCounts()
  const underWay = new Set<Promise<void>>()
  const ticking = setInterval(() => {
    if (underWay.size >= UNDER_WAY) return
    const sending = send(base, visits.next().value, counts).finally(() => underWay.delete(sending))
    underWay.add(sending)
  }, 1000 / perSecond)
  const stop = async () => {
    clearInterval(ticking)
    await Promise.all(underWay)
  }
  return { counts, stop }
}

function sentenceOf(counts: Record<Target, Counts>): string {
  const parts = Object.entries(counts).map(([target, { sent, answers, refused }]) => {
    const answered = Object.entries(answers).map(([status, count]) => `${count} × ${status}`)
    return `${target}: ${sent} sent, ${[...answered, `${refused} refused`].join(', ')}`
  })
  return parts.join('; ')
}

/** `all`, or some of them, parted by commas. */
function faultsOf(text: string): Fault[] {
  return text === 'all' ? [...FAULTS] : text.split(',').filter(isFault)
}

/** `renamed`, or the words themselves as JSON. */
function wordsOf(text: string): Record<string, string> {
  if (text === 'renamed') return RENAMED
  const words: unknown = JSON.parse(text)
  return Object.fromEntries(Object.entries(Object(words)).map(([word, other]) => [word, String(other)]))
}

function main(): void {
  const { values } = parseArgs({
    options: {
      production: { type: 'string' },
      staging: { type: 'string' },
      seed: { type: 'string', default: '7' },
      rate: { type: 'string', default: '12' },
      rename: { type: 'string' },
      faults: { type: 'string' },
    },
  })
  const { production, staging } = values
  const perSecond = Number(values.rate)
  if (!production || !staging || !(perSecond > 0)) {
    console.error(
      'usage: node examples/traffic.ts --production URL --staging URL [--seed 7] [--rate 12] [--rename renamed] [--faults all]',
    )
    process.exit(2)
  }
  const traffic = startTraffic({
    targets: { production, staging },
    seed: Number(values.seed),
    perSecond,
    rename: values.rename === undefined ? undefined : wordsOf(values.rename),
    faults: values.faults === undefined ? undefined : faultsOf(values.faults),
    log: console.log,
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => traffic.stop().then(() => process.exit(0)))
  }
}

if (import.meta.main) main()
