import type { Sql } from 'postgres'

/** A worker that dies at one of its points: right before or right after a write to the database or a call that changes something. */
export interface Mortal {
  /** Labels so far. */
  points: string[]
  /** Nobody of it does anything any more, until the next worker. */
  dead: boolean
  sql(real: Sql): Sql
  port<T extends object>(real: T, name: string, calls: (keyof T & string)[]): T
}

export class Killed extends Error {}

const WRITES = /(claim_effect|settle_effect|approve_by_review|revoke_reviews|note)\(|(insert into \w+|update \w+)/i

/** `point`: which of them, from 1; null never. */
export function mortal(point: number | null): Mortal {
  const self: Mortal = {
    ...{ points: [], dead: false },
    sql: (real) =>
      new Proxy(real, {
        apply(target, that, args: [TemplateStringsArray, ...unknown[]]) {
          const query = Reflect.apply(target, that, args) as object & { then: (...to: unknown[]) => unknown }
          const [, call, write] = WRITES.exec(args[0].join?.('') ?? '') ?? []
          const label = call ?? write
          if (self.dead) throw new Killed('dead')
          return label ? around(query, label) : query
        },
        get(target, name) {
          const real = Reflect.get(target, name) as unknown
          if (name !== 'begin') return real
          return async (...args: unknown[]) => {
            at('begin before')
            const answer = await (real as (...args: unknown[]) => Promise<unknown>).apply(target, args)
            at('begin after')
            return answer
          }
        },
      }),
    port(real, name, calls) {
      const wrapped = { ...real }
      for (const call of calls) {
        const done = real[call] as (...args: unknown[]) => Promise<unknown>
        const instead = async (...args: unknown[]) => {
          at(`${name}.${call} before`)
          const answer = await done.apply(real, args)
          at(`${name}.${call} after`)
          return answer
        }
        Object.assign(wrapped, { [call]: instead })
      }
      return wrapped
    },
  }
  function at(label: string): void {
    if (!self.dead) self.points.push(label)
    if (self.points.length === point) self.dead = true
    if (self.dead) throw new Killed(label)
  }
  /** A query is sent when somebody waits for it. */
  function around<Q extends { then: (...to: unknown[]) => unknown }>(query: Q, label: string): Q {
    const send = query.then.bind(query)
    const waited = (yes?: unknown, no?: unknown) =>
      (async () => {
        at(`${label} before`)
        const rows = await new Promise((resolve, reject) => send(resolve, reject))
        at(`${label} after`)
        return rows
      })().then(yes as never, no as never)
    Reflect.defineProperty(query, 'then', { value: waited })
    return query
  }
  return self
}
