import { expect, inject, test } from 'vitest'
import { openArena } from './arena.ts'
import * as guards from './guards.ts'
import { MUTANTS, mutate } from './mutants.ts'

const FULL = inject('size') === 'full'

test('every refusal comes with its reason', async () => {
  const arena = await openArena(false)
  const broken: string[] = []
  for (const [name, guard] of Object.entries(guards)) if ((await guard(arena, 1)).violations > 0) broken.push(name)
  await arena.close()
  expect(broken).toEqual([])
})

test('each guard that is taken out is noticed', async () => {
  const missed: string[] = []
  const arena = await openArena(false)
  for (const mutant of MUTANTS) {
    const mend = await mutate(arena, mutant)
    // A gate without its guard may also fall over; that is noticed too.
    const noticed = await mutant.check(arena, mutant.rounds ?? 12).then(
      ({ violations }) => violations > 0,
      () => true,
    )
    if (!noticed) missed.push(mutant.name)
    await mend()
  }
  await arena.close()
  if (FULL) console.log(JSON.stringify({ name: 'mutants', of: MUTANTS.length, caught: MUTANTS.length - missed.length }))
  expect(missed).toEqual([])
})
