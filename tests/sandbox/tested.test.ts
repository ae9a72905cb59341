import { expect, test } from 'vitest'
import { testedFirst } from '../../lib/adapters/sandbox/tested.ts'
import type { SandboxRun, SelfTest } from '../../lib/domain/sandbox.ts'
import type { Sandbox } from '../../lib/world.ts'

const RUN: SandboxRun = { files: [], argv: ['true'] }

/** A sandbox that says in which order it was asked. */
function asked(ok = true) {
  const order: string[] = []
  const said = (what: string) => async () => {
    order.push(what)
    return what as never
  }
  const inner: Sandbox = {
    ...{ run: said('run'), install: said('install'), adopt: said('adopt') },
    detached: { start: said('start'), look: said('look'), drop: said('drop') },
    async selfTest() {
      order.push('test')
      const probes: SelfTest['probes'] = []
      return ok
        ? { ok, boundary: 'here', probes }
        : { ok: false, boundary: 'here', probes, why: 'no namespaces.', remedy: 'Allow them.' }
    },
  }
  const learnt: SelfTest[] = []
  return { order, learnt, sandbox: testedFirst(inner, async (test) => void learnt.push(test)) }
}

test('the first run is tested first, the second is not, whoever comes at the same time', async () => {
  const { order, learnt, sandbox } = asked()
  await Promise.all([
    sandbox.run(RUN),
    sandbox.run(RUN),
    sandbox.install([], 'npm ci'),
    sandbox.detached?.start('a', RUN),
  ])
  await sandbox.run(RUN)
  expect([order[0], order.filter((one) => one === 'test')]).toEqual(['test', ['test']])
  expect(learnt).toHaveLength(1)
})

test('a start that tested it is enough; whoever asks is answered anew', async () => {
  const { order, sandbox } = asked()
  await sandbox.selfTest()
  await sandbox.run(RUN)
  expect(order).toEqual(['test', 'run'])
  await sandbox.selfTest()
  expect(order).toEqual(['test', 'run', 'test'])
})

test('what was learnt is told, also of one that failed, and nobody waits for whoever writes it down', async () => {
  const { learnt, sandbox } = asked(false)
  await sandbox.run(RUN)
  expect(learnt).toMatchObject([{ ok: false, why: 'no namespaces.' }])
  const forgetful = testedFirst(asked().sandbox, () => Promise.reject(new Error('the database is away')))
  expect((await forgetful.selfTest()).ok).toBe(true)
})

test('looking after what runs already needs no test', async () => {
  const { order, sandbox } = asked()
  await sandbox.detached?.look('a', 0)
  await sandbox.detached?.drop('a')
  expect(order).toEqual(['look', 'drop'])
})
