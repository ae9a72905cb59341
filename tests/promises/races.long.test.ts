import { afterAll, expect, inject, test } from 'vitest'
import { type Arena, openArena } from './arena.ts'
import * as checks from './checks.ts'

const FULL = inject('size') === 'full'
const ROUNDS = FULL ? 300 : 12
const open: Arena[] = []
afterAll(() => Promise.all(open.map((arena) => arena.close())))

const CHECKS = Object.entries(checks) as [string, checks.Check][]

/** Directly, and through a pooler in transaction mode with five connections, as hosted PostgreSQL is reached. */
test.each(['directly', 'through a pooler'])('%s: no promise is broken, however many race', async (how) => {
  const arena = await openArena(how !== 'directly')
  open.push(arena)
  for (const [name, check] of CHECKS) {
    const checked = await check(arena, ROUNDS)
    if (FULL) console.log(JSON.stringify({ how, name, rounds: ROUNDS, ...checked }))
    expect({ name, violations: checked.violations }).toEqual({ name, violations: 0 })
  }
})
