import { afterAll, beforeAll, expect, test } from 'vitest'
import { file, openLab } from '../../sandbox/lab.ts'

const lab = await openLab()
const sandbox = lab.start()
beforeAll(async () => {
  expect(await sandbox.selfTest()).toMatchObject({ ok: true })
})
afterAll(() => lab.close())

/** Runs a command with the collector around it, as the test harness inside the sandbox does. */
const DRIVER = `
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { python } from '/nightshift/lib/harness/tests/python/collector.js'
const run = { folder: mkdtempSync('/tmp/reports-'), workspace: '/workspace', only: null, coverage: true }
const env = { ...process.env, ...(await python.prepare(run)) }
const { stdout, status } = spawnSync('/bin/sh', ['-c', process.argv[2]], { env, encoding: 'utf8' })
console.log(JSON.stringify({ status, ...(await python.collect(run, stdout)) }))
`
const FILES = [
  file('driver.mjs', DRIVER),
  file('add.py', 'def add(a, b):\n    return a - b\n'),
  file('test_add.py', 'import add\n\n\ndef test_add():\n    assert add.add(1, 2) == 3\n'),
]

test.each([
  ['pytest', 'test_add.py > test_add'],
  ['python3 -m pytest -p no:cacheprovider', 'test_add.py > test_add'],
])('inside the sandbox, %s tells its tests and its lines', async (command, id) => {
  const result = await sandbox.run({ files: FILES, argv: ['node', 'driver.mjs', command] })
  expect(JSON.parse(result.stdout), result.stderr).toMatchObject({
    status: 1,
    runner: 'pytest',
    tests: [
      { id, state: 'failed', failure: { expected: '3', actual: '-1', frames: [{ path: 'test_add.py', line: 5 }] } },
    ],
    coverage: { 'add.py': [1, 2, 1], 'test_add.py': [1, 1, 1, 4, 5, 1] },
  })
  expect(result.egress).toBe(0)
})
