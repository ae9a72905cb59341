import type { Sql } from 'postgres'

/** A worker that can be killed: from then on nothing it asks for is done, and nothing it waits for comes. */
export interface Mortal {
  sql: Sql
  died: Promise<'killed'>
  die(): void
  /** Statements it asked for, fragments too. */
  asked(): number
}

const KILLED = new Error('killed')
const never = () => new Promise<never>(() => undefined)

/**
 * Dies in place of its n-th statement; what it had done until then stands. A transaction that was open is rolled back, as
 * when its connection ends. Nothing of it goes on: no `catch`, no `finally`.
 */
export function mortal(real: Sql, diesAt: number): Mortal {
  let asked = 0
  let dead = false
  let kill: (how: 'killed') => void = () => undefined
  const died = new Promise<'killed'>((resolve) => {
    kill = resolve
  })
  const die = () => {
    dead = true
    kill('killed')
  }
  const wrapped = <T extends object>(sql: T): T =>
    new Proxy(sql, {
      apply(target, self, given) {
        asked += 1
        if (asked === diesAt) die()
        return dead ? never() : Reflect.apply(target as never, self, given)
      },
      get(target, name) {
        if (name !== 'begin') return Reflect.get(target, name)
        return (work: (tx: object) => Promise<unknown>) => {
          const inside = (tx: object) => Promise.race([work(wrapped(tx)), died.then(() => Promise.reject(KILLED))])
          const done = (target as unknown as Sql).begin(inside as never)
          return done.then(
            (value) => (dead ? never() : value),
            (error: unknown) => (dead ? never() : Promise.reject(error)),
          )
        }
      },
    })
  return { sql: wrapped(real), died, die, asked: () => asked }
}
