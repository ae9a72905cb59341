import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { randomFrom } from '../../examples/traffic/random.ts'
import { type Night, startNight } from './night.ts'
import { makeSomeNoise, troubledBy } from './noise.ts'

/** Forty seconds here; `npm run story:noise` makes an hour of it. */
let night: Night
afterAll(() => night?.end())

test('scanners, callers who hang up, nonsense and other people’s browsers are no issue above P3 and no branch', async () => {
  night = await startNight({ sample: { traffic: true, faults: 'none', perSecond: 12 } })
  const noise = await makeSomeNoise(night, randomFrom(7))
  await sleep(40_000)
  expect(await noise.stop()).toBeGreaterThan(50)
  await sleep(6000)
  const { grave, branches, issues } = await troubledBy(night)
  expect(grave).toEqual([])
  expect(branches).toEqual([])
  // What pages report did arrive, and was left alone with its reason.
  expect(issues.join('\n')).toMatch(/P4 Error: ResizeObserver loop limit exceeded/)
})
