import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Collected } from '../../lib/harness/tests/collector.ts'
import type { Sandbox } from '../../lib/world.ts'
import { states } from '../harness/collecting.ts'
import { GO, JAVA, RUST } from '../harness/projects.ts'
import { installed, works } from '../harness/toolchains.ts'
import { file, openLab } from './lab.ts'

/** What the test harness does around a command, inside: prepare, run, collect. */
const DRIVER = `
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
const [name, command] = process.argv.slice(2)
const collector = (await import('/nightshift/lib/harness/tests/' + name + '/collector.js'))[name]
const run = { folder: '/tmp/report', workspace: '/workspace', only: null, coverage: true }
mkdirSync(run.folder)
const env = { ...process.env, ...(await collector.prepare(run)) }
const { status, stdout } = spawnSync('/bin/sh', ['-c', command + ' 2>&1'], { env, encoding: 'utf8' })
console.log(JSON.stringify({ status, output: stdout, collected: await collector.collect(run, stdout) }))
`
const ALL: [string, string, string, string, Record<string, string>, Record<string, string>][] = [
  [
    'Go',
    'go',
    'go',
    'go test ./...',
    GO,
    {
      'pkg/cart/cart_test.go > TestTotal': 'failed',
      'pkg/cart/cart_test.go > TestTable > one_item': 'passed',
      'pkg/cart/cart_test.go > TestTable > a/b': 'skipped',
      'pkg/cart/cart_test.go > TestFine': 'passed',
      'pkg/cart/cart_test.go > TestZFirst': 'failed',
    },
  ],
  [
    'Rust',
    'cargo',
    'rust',
    'cargo test',
    RUST,
    {
      'src/lib.rs > tests::adds': 'failed',
      'src/lib.rs > tests::fine': 'passed',
      'src/lib.rs > tests::later': 'skipped',
      'src/price.rs > price::tests::first_of_none': 'failed',
      'tests/outside.rs > outside': 'passed',
    },
  ],
  [
    'Java',
    'mvn',
    'java',
    './mvnw test',
    JAVA,
    {
      'src/test/java/shop/CartTest.java > shop.CartTest > totals': 'failed',
      'src/test/java/shop/CartTest.java > shop.CartTest > names': 'failed',
      'src/test/java/shop/CartTest.java > shop.CartTest > fine': 'passed',
      'src/test/java/shop/CartTest.java > shop.CartTest > later': 'skipped',
    },
  ],
]

describe('the tools of other languages, in the sandbox', { timeout: 300_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let sandbox: Sandbox
  let toolchain: string
  beforeAll(async () => {
    // Readable by any uid, as an operator's own toolchain would be.
    toolchain = await mkdtemp(join(tmpdir(), 'ns-toolchain-'))
    await mkdir(join(toolchain, 'bin'))
    await writeFile(join(toolchain, 'bin/gradle'), '#!/bin/sh\necho "our gradle: $*"\n')
    const { execFileSync } = await import('node:child_process')
    execFileSync('/bin/chmod', ['-R', 'a+rX,u+x', toolchain])
    execFileSync('/bin/chmod', ['a+x', join(toolchain, 'bin/gradle')])
    lab = await openLab({ toolchains: [toolchain] })
    sandbox = lab.start()
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 120_000)
  afterAll(async () => {
    await lab.close()
    await rm(toolchain, { recursive: true, force: true })
  })

  const drive = async (name: string, command: string, files: Record<string, string>) => {
    const run = await sandbox.run({
      files: [
        ...Object.entries(files).map(([path, text]) => file(path, text, text.startsWith('#!'))),
        file('.driver.mjs', DRIVER),
      ],
      argv: ['node', '.driver.mjs', name, command],
      limits: { wallMs: 240_000, cpuSeconds: 240, memoryBytes: 3 * 1024 ** 3 },
    })
    expect(run).toMatchObject({ end: 'exited', exit: 0 })
    const answer = JSON.parse(run.stdout) as { status: number; output: string; collected: Collected | null }
    return { ...answer, egress: run.egress }
  }

  it.for(ALL)('%s', async ([_language, program, name, command, files, expected], { skip }) => {
    if (installed(program)) skip(!works(program))
    const { status, output, collected, egress } = await drive(name, command, files)
    // A machine without the toolchain has to say so, and says nothing of the tests.
    if (!installed(program)) return expect([status, output]).toEqual([127, expect.stringContaining('is not installed')])
    expect(output).not.toMatch(/cannot find|No such file/)
    expect(states(collected?.tests)).toEqual(expected)
    expect(egress).toBe(0)
  })

  it('an operator may show a toolchain of their own', async () => {
    const { status, output } = await drive('java', 'gradle test', {})
    expect([status, output]).toEqual([0, 'our gradle: test --offline --continue --console=plain\n'])
  })
})
