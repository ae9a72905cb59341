import { expect, test } from 'vitest'
import { alternate } from '../../agents/implementer/abab.ts'
import type { Checkout } from '../../agents/implementer/checkout.ts'
import type { Fixture } from '../../lib/domain/fixture.ts'
import { Manifest } from '../../lib/domain/manifest.ts'
import type { Answer } from '../../lib/domain/replay.ts'
import type { Sandbox } from '../../lib/world.ts'

const base = {
  manifest: Manifest.parse({ test: { run: 'npm test', report: 'tap' }, start: 'node a.js', health: '/h' }),
} as Checkout
const fixture: Fixture = {
  id: 'x',
  route: 'GET /',
  request: { method: 'GET', path: '/', headers: {}, body: null },
  expect: { status: 404 },
}

/** A sandbox in which A fails with these words and B answers. */
function sandbox(over: Partial<Answer>): Sandbox {
  let n = 0
  const good = { status: 404, body: 'no', fingerprints: [], errors: [], ms: 1 }
  return {
    async run() {
      const answer = n++ % 2 === 0 ? { ...good, status: 500, fingerprints: ['f'], ...over } : good
      const stdout = JSON.stringify({ kind: 'replay', answers: [answer], smoke: [], startedMs: 1 })
      return { end: 'exited', exit: 0, stdout, stderr: '', truncated: false, egress: 0, ms: 3 }
    },
  } as Partial<Sandbox> as Sandbox
}

const runs = async (over: Partial<Answer>) => {
  const { runs, why } = await alternate(sandbox(over), base, null, { A: [], B: [] }, fixture, 'f')
  expect(why).toBeNull()
  return runs
}

test('each run keeps what it saw and answered', async () => {
  const [a, b] = await runs({ body: 'Oops', errors: [{ type: 'TypeError', message: 'boom', network: false }] })
  expect(a).toMatchObject({ side: 'A', saw: [{ type: 'TypeError', message: 'boom' }], body: 'Oops' })
  expect(b).toMatchObject({ side: 'B', saw: [], body: 'no' })
})

test('what is kept is short, redacted and storable', async () => {
  const error = { type: 'E', message: 'a\u0000 by ada@example.org', network: false }
  const [a] = await runs({ body: `${'x'.repeat(499)}😀😀`, errors: Array.from({ length: 9 }, () => error) })
  expect(a?.saw).toHaveLength(5)
  expect(a?.saw?.[0]?.message).toBe('a␀ by [email]')
  expect(a?.body).toBe('x'.repeat(499))
})
