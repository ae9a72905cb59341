import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openBuilds } from '../builds.ts'
import { type Instances, openInstances } from '../instances.ts'
import { ROLL_BYTES } from '../output.ts'
import type { Patience } from '../platform.ts'
import { appFiles } from './app.ts'
import { until } from './harness.ts'
import { openWorkbench, type Workbench } from './machine.ts'
import { processesWith } from './processes.ts'

const TIME = { timeout: 30_000 }
const open: { bench: Workbench; instances: Instances }[] = []
afterEach(async () => {
  for (const { bench, instances } of open.splice(0)) {
    await Promise.all(instances.ids().map((id) => instances.stop(id)))
    bench.end()
  }
})

async function start(patience: Partial<Patience> = {}) {
  const bench = await openWorkbench(patience)
  const instances = openInstances(bench.machine)
  open.push({ bench, instances })
  const ready: string[] = []
  const enqueue = openBuilds(bench.machine, instances, (id) => ready.push(id))
  const settled = (id: string) =>
    until(
      async () => bench.build(id),
      (build) => build.state !== 'building',
    )
  return { bench, instances, ready, enqueue, settled }
}

test.each([
  ['install', 400, { install: 'sleep 60' }, /^install did not end within 0\.4 s/],
  ['build', 400, { build: 'sleep 60' }, /^build did not end within 0\.4 s/],
  ['prepare', 400, { prepare: 'sleep 60' }, /^prepare did not end within 0\.4 s/],
  ['health', 400, { start: 'sleep 60' }, /^the health check \/healthz gave no answer/],
  // Long enough for the app to answer once, also on a busy machine.
  ['health', 4000, { health: '/fail' }, /^the health check \/fail gave status 500/],
])('%s has a limit, and what exceeds it is ended: %s ms, %j', TIME, async (step, limit, manifest, why) => {
  const { bench, enqueue, settled, instances } = await start({ [step]: limit })
  const id = bench.add(bench.repository.commit(appFiles('slow', manifest)))
  enqueue(id)
  expect(await settled(id)).toMatchObject({ state: 'failed', why: expect.stringMatching(why) })
  expect(instances.phase(id)).toBe('stopped')
  await until(
    async () => existsSync(join(bench.machine.folders.builds, id)),
    (there) => !there,
  )
})

test('builds two at a time, in the order they came', TIME, async () => {
  const { bench, enqueue, settled, ready } = await start()
  const sha = bench.repository.commit(appFiles('app', { build: 'sleep 0.3' }))
  const ids = [bench.add(sha), bench.add(sha), bench.add(sha)]
  for (const id of ids) enqueue(id)
  const copies = () => readdirSync(bench.machine.folders.builds).sort()
  await until(
    async () => copies(),
    (names) => names.length === 2,
  )
  expect(copies()).toEqual(ids.slice(0, 2))
  await settled(ids[2] ?? '')
  expect([...ready].sort()).toEqual(ids)
  expect(ready[2]).toBe(ids[2])
  expect(bench.logged().filter((line) => line.startsWith('deployment.ready'))).toHaveLength(3)
})

test('what a command leaves running ends with it', TIME, async () => {
  const { bench, enqueue, settled } = await start()
  const nap = `9${process.pid}`
  const build = `setsid sleep ${nap} >/dev/null 2>&1 & sleep 0.1`
  const id = bench.add(bench.repository.commit(appFiles('app', { build })))
  enqueue(id)
  expect(await settled(id)).toMatchObject({ state: 'ready' })
  expect(processesWith(`sleep\0${nap}`)).toEqual([])
})

test('an app that floods its output fills two small files and no more', TIME, async () => {
  const { bench, enqueue, settled } = await start()
  const prepare = `head -c ${ROLL_BYTES * 5} /dev/zero | tr '\\0' x`
  const id = bench.add(bench.repository.commit(appFiles('loud', { prepare })))
  enqueue(id)
  expect(await settled(id)).toMatchObject({ state: 'ready' })
  const files = readdirSync(bench.machine.folders.output)
  expect(files.sort()).toEqual([`${id}.log`, `${id}.log.1`])
  for (const file of files) {
    expect(statSync(join(bench.machine.folders.output, file)).size).toBeLessThanOrEqual(ROLL_BYTES)
  }
})

test('asked twice an app starts once; stopped and started it keeps its port', TIME, async () => {
  const { bench, enqueue, settled, instances } = await start()
  const id = bench.add(bench.repository.commit(appFiles('app')))
  enqueue(id)
  const { port } = await settled(id)
  await instances.stop(id)
  expect([instances.phase(id), instances.port(id), instances.ids()]).toEqual(['stopped', null, []])
  const both = [instances.start(id, 'promotion'), instances.start(id, 'promotion')]
  expect(await Promise.all(both)).toEqual([null, null])
  expect([instances.phase(id), instances.port(id)]).toEqual(['up', port])
  expect(bench.logged().filter((line) => line.startsWith('app.restarted'))).toHaveLength(1)
})

test('one that is being started is not stopped under whoever waits for it', TIME, async () => {
  const { bench, enqueue, settled, instances } = await start()
  const id = bench.add(bench.repository.commit(appFiles('app', { start: 'sleep 0.2; exec node server.mjs' })))
  enqueue(id)
  await settled(id)
  await instances.stop(id)
  const started = instances.start(id, 'promotion')
  await instances.stop(id)
  expect(await started).toBeNull()
  expect(instances.phase(id)).toBe('up')
})

test("at the platform's own start an app that does not come up is tried again", TIME, async () => {
  const { bench, enqueue, settled, instances } = await start()
  const command =
    'test -e second || { touch second; exec node server.mjs; }; test -e third && exec node server.mjs; touch third; exit 1'
  const id = bench.add(bench.repository.commit(appFiles('app', { start: command })))
  enqueue(id)
  await settled(id)
  await instances.stop(id)
  expect(await instances.start(id, 'platform-start')).toContain('ended before it answered')
  // until it is up nothing may be sent to its port, which may be another's by then, and nothing starts it twice
  expect([instances.phase(id), instances.port(id)]).toEqual(['restarting', null])
  expect(await instances.start(id, 'promotion')).toBe('it crashed and is being restarted')
  await until(
    async () => instances.phase(id),
    (phase) => phase === 'up',
  )
  expect(bench.logged().at(-1)).toBe(`app.restarted ${id}`)
})

test('the missing folder of a build is a reason, not a crash of the platform', TIME, async () => {
  const { bench, instances } = await start()
  const id = bench.add(bench.repository.commit(appFiles('app')))
  bench.machine.store.save((state) => void Object.assign(state.apps.shop?.builds[0] ?? {}, { start: 'true' }))
  expect(await instances.start(id, 'promotion')).toMatch(/could not be launched|ended before/)
  expect(instances.ids()).toEqual([])
})
