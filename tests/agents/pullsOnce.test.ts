import { expect, test } from 'vitest'
import { counted, RIGHT } from './pullsOnce.ts'

const lost = { kind: 'lost' } as const

test('where every first answer to a change is lost, there is one of everything', async () => {
  const on = [/POST .*\/pulls$/, /PUT .*\/merge$/, /POST .*refs$/, /POST .*comments$/, /POST .*deployments$/]
  const { is } = await counted({ watch: 'badly', point: null, faults: on.map((one) => [one, lost]) })
  expect(is).toEqual(RIGHT.badly)
})
