import { type Hours, wallsOf } from '../domain/hours.ts'
import { type Interval, onTheWall } from './week.ts'
import { endInstant, firstInstant } from './zone.ts'

export interface Frozen extends Interval {
  why: string
}

/**
 * The freezes as instants, earliest first: from the first to the last at which the wall shows a time inside. Where clocks
 * go back that is frozen through rather than guessed at; in an hour that clocks skip there is nothing to freeze.
 */
export function frozenIn({ zone, freezes }: Pick<Hours, 'zone' | 'freezes'>): Frozen[] {
  const instants = freezes.map((freeze) => {
    const { from, until } = wallsOf(freeze)
    return { from: firstInstant(zone, from), until: endInstant(zone, until), why: freeze.why }
  })
  return instants.filter(({ from, until }) => until > from).sort((a, b) => a.from - b.from)
}

/**
 * What freezes leave of the opening that holds `at` or comes next: its first part that ends after `at`. Nothing left
 * (`until` not after `from`) means frozen through, up to `from`.
 */
export function thawed(opening: Interval, frozen: Frozen[], at: number): Interval {
  let { from } = opening
  for (const freeze of frozen) {
    if (freeze.until <= from) continue
    if (freeze.from > Math.max(from, at)) return { from, until: Math.min(freeze.from, opening.until) }
    from = freeze.until
  }
  return { from, until: opening.until }
}

/** The freeze of now, and the one that decides when hours open: of those that lie between, the last to end. */
export function freezeInWords(
  zone: string,
  frozen: Frozen[],
  now: number,
  opens: number,
): { now?: string; later?: string } {
  const lastOf = (some: Frozen[]) => some.reduce<Frozen | null>((a, b) => (a && a.until >= b.until ? a : b), null)
  const between = frozen.filter((freeze) => freeze.until > now && freeze.from < opens)
  const holds = lastOf(between.filter((freeze) => freeze.from <= now))
  const decides = lastOf(between)
  const until = (freeze: Frozen) => `until ${onTheWall(zone, freeze.until)}: ${freeze.why}`
  return {
    now: holds ? `Frozen ${until(holds)}` : undefined,
    later: decides && decides !== holds ? `frozen from ${onTheWall(zone, decides.from)} ${until(decides)}` : undefined,
  }
}
