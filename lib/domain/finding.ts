/** What is looked at, in the order in which a team sets it up. */
export const AREAS = [
  ...(['database', 'server', 'agents', 'code', 'deploy', 'sandbox', 'sources', 'model', 'notify'] as const),
  ...(['doors', 'clock'] as const),
] as const
export type Area = (typeof AREAS)[number]

/** What somebody who looked has found. Holds no secret, and of what the outside said nothing but its own short reason. */
export interface Finding {
  /** `note`: it works, and less well than it could; or it could not be looked at. */
  state: 'ok' | 'fails' | 'note'
  name: string
  /** What was found. */
  detail: string
  /** What to do, in a sentence, where it is not well. */
  todo?: string
}

/** A finding, and whose it is. */
export interface Look extends Finding {
  area: Area
  /** Slug; null: the whole installation's. */
  project: string | null
}

export const well = (name: string, detail: string): Finding => ({ state: 'ok', name, detail })
export const ill = (name: string, detail: string, todo: string): Finding => ({ state: 'fails', name, detail, todo })
export const noted = (name: string, detail: string, todo?: string): Finding =>
  todo === undefined ? { state: 'note', name, detail } : { state: 'note', name, detail, todo }

/** What a login has and what it should have. `never`: whoever has one of these is refused. */
export interface Scopes {
  has: string[]
  needs: string[]
  never?: string[]
  /** Used where it is there. */
  may?: string[]
}

/** Enough, too little, or too much; what to do names the scopes, and `where` they are set. */
export function scopesFinding(name: string, { has, needs, never = [], may = [] }: Scopes, where: string): Finding {
  const bad = never.filter((one) => has.includes(one))
  if (bad.length > 0)
    return ill(name, `it allows ${list(bad)}, which is refused`, `Take ${list(bad)} away in ${where}.`)
  const missing = needs.filter((one) => !has.includes(one))
  if (missing.length > 0) return ill(name, `it lacks ${list(missing)}`, `Add ${list(missing)} in ${where}.`)
  const more = has.filter((one) => ![...needs, ...may].includes(one))
  return more.length > 0
    ? noted(name, `it allows more than is used: ${list(more)}`, `Take ${list(more)} away in ${where}.`)
    : well(name, `it allows what is needed and no more: ${list(has)}`)
}

const list = (names: string[]): string =>
  names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
