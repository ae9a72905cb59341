import assert from 'node:assert/strict'
import type { SandboxFile, SandboxRun } from '../../lib/domain/sandbox.ts'
import { Fault } from '../../lib/errors.ts'
import type { Sandbox } from '../../lib/world.ts'

/** What every sandbox adapter promises. Plain functions, so that they also run where no test runner can be read. */
export interface SandboxCase {
  name: string
  /** `sandbox` has passed its self-test; `untested` has not been asked for one. */
  check(sandbox: Sandbox, untested: () => Sandbox): Promise<void>
}

const file = (path: string, text: string, executable = false): SandboxFile => ({
  path,
  bytes: Buffer.from(text),
  executable,
})
const node = (program: string, rest: Partial<SandboxRun> = {}): SandboxRun => ({
  files: [],
  argv: ['node', '-e', program],
  ...rest,
})
const sh = (program: string, rest: Partial<SandboxRun> = {}): SandboxRun => ({
  files: [],
  argv: ['sh', '-c', program],
  ...rest,
})
const code = (wanted: Fault['code']) => (error: unknown) => error instanceof Fault && error.code === wanted

export const sandboxCases: SandboxCase[] = [
  {
    name: 'refuses to run or install before a self-test passed',
    async check(_, untested) {
      const fresh = untested()
      await assert.rejects(fresh.run(sh('true')), code('SANDBOX_UNAVAILABLE'))
      await assert.rejects(fresh.install([], 'npm ci'), code('SANDBOX_UNAVAILABLE'))
      assert.equal((await fresh.selfTest()).ok, true)
      assert.equal((await fresh.run(sh('true'))).exit, 0)
    },
  },
  {
    name: 'contains every probe and names its boundary',
    async check(sandbox) {
      const answer = await sandbox.selfTest({ full: true })
      assert.deepEqual(
        answer.probes.filter((probe) => !probe.contained),
        [],
      )
      assert.equal(answer.ok, true)
      assert.ok(answer.probes.length >= 20)
      assert.match(answer.boundary, /not a virtual machine|virtual machine|microVM/)
    },
  },
  {
    name: 'returns status, both streams and nothing else',
    async check(sandbox) {
      const result = await sandbox.run(sh('echo out; echo err >&2; exit 7'))
      assert.deepEqual(
        { ...result, ms: 0 },
        { end: 'exited', exit: 7, stdout: 'out\n', stderr: 'err\n', truncated: false, egress: 0, ms: 0 },
      )
    },
  },
  {
    name: 'writes the tree, with its modes, into the working folder',
    async check(sandbox) {
      const files = [file('a/b/data.txt', 'text'), file('run.sh', '#!/bin/sh\ncat a/b/data.txt; pwd\n', true)]
      assert.equal((await sandbox.run(sh('./run.sh', { files }))).stdout, 'text/workspace\n')
      assert.equal((await sandbox.run(sh('./a/b/data.txt', { files }))).exit, 126)
      assert.equal((await sandbox.run(sh('echo new > a/b/other; cat a/b/other', { files }))).stdout, 'new\n')
    },
  },
  {
    name: 'refuses paths that leave the workspace',
    async check(sandbox) {
      for (const path of ['../out', '/etc/passwd', 'a/../../out', 'a//b', './a', 'a/.', '', 'a\0b']) {
        await assert.rejects(sandbox.run(sh('true', { files: [file(path, 'x')] })), code('HARNESS_FAILED'), path)
      }
      await assert.rejects(sandbox.run(sh('true', { files: [file('a', '1'), file('a', '2')] })), code('HARNESS_FAILED'))
      await assert.rejects(
        sandbox.run(sh('true', { files: [file('a', '1'), file('a/b', '2')] })),
        code('HARNESS_FAILED'),
      )
    },
  },
  {
    name: 'passes stdin and exactly the named environment',
    async check(sandbox) {
      const echoed = await sandbox.run(sh('cat', { stdin: 'typed in' }))
      assert.equal(echoed.stdout, 'typed in')
      const { stdout } = await sandbox.run(node('console.log(JSON.stringify(process.env))', { env: { PORT: '3000' } }))
      const { PATH, HOME, TMPDIR, PWD, ...rest } = JSON.parse(stdout)
      assert.deepEqual(rest, { CI: '1', LANG: 'C.UTF-8', PORT: '3000' })
      assert.deepEqual(
        [typeof PATH, typeof HOME, TMPDIR, PWD ?? '/workspace'],
        ['string', 'string', '/tmp', '/workspace'],
      )
      await assert.rejects(sandbox.run(sh('true', { env: { 'BAD=NAME': 'x' } })))
    },
  },
  {
    name: 'runs node, npm, sh and full paths, and no other word',
    async check(sandbox) {
      assert.match((await sandbox.run({ files: [], argv: ['node', '--version'] })).stdout, /^v2[2-9]\./)
      assert.match((await sandbox.run({ files: [], argv: ['npm', '--version'] })).stdout, /^\d+\./)
      assert.equal((await sandbox.run({ files: [], argv: ['/bin/echo', '$HOME;`id`'] })).stdout, '$HOME;`id`\n')
      await assert.rejects(sandbox.run({ files: [], argv: ['bash', '-c', 'true'] }), code('HARNESS_FAILED'))
      await assert.rejects(sandbox.run({ files: [], argv: [] }), code('HARNESS_FAILED'))
    },
  },
  {
    name: 'runs a test suite through npm without an attempt to reach anything',
    async check(sandbox) {
      const files = [
        file('package.json', '{"name":"app","scripts":{"test":"node --test"}}'),
        file('app.test.js', "require('node:test')('adds', () => require('node:assert').equal(1 + 1, 2))"),
      ]
      const result = await sandbox.run({ files, argv: ['npm', 'test'] })
      assert.deepEqual([result.end, result.exit, result.egress], ['exited', 0, 0], result.stderr)
    },
  },
  {
    name: 'counts attempts to reach another host, and none on its own loopback',
    async check(sandbox) {
      const own = `const s = require('node:http').createServer((_, r) => r.end('ok')).listen(0, async () => {
        for (const host of ['127.0.0.1', 'localhost']) await fetch('http://' + host + ':' + s.address().port)
        s.close(); s.closeAllConnections() })`
      const quiet = await sandbox.run(node(own))
      assert.deepEqual([quiet.exit, quiet.egress], [0, 0], quiet.stderr)
      const attempts = {
        tcp: "require('node:net').connect(443, '198.51.100.1').on('error', () => {})",
        tcp6: "require('node:net').connect(443, '2001:db8::1').on('error', () => {})",
        udp: "const s = require('node:dgram').createSocket('udp4'); s.send('x', 53, '198.51.100.1', () => s.close())",
        name: "require('node:dns').lookup('packages.example', () => {})",
      }
      for (const [kind, program] of Object.entries(attempts)) {
        const { egress, exit } = await sandbox.run(node(program))
        assert.ok(egress > 0 && exit === 0, `${kind}: ${egress} counted, status ${exit}`)
      }
    },
  },
  {
    name: 'stops what takes too long, and everything it started',
    async check(sandbox) {
      const result = await sandbox.run(sh('echo begun; sleep 50 & sleep 60', { limits: { wallMs: 3_000 } }))
      assert.deepEqual([result.end, result.exit, result.stdout], ['timed-out', null, 'begun\n'])
      const busy = await sandbox.run(node('for (;;);', { limits: { cpuSeconds: 1, wallMs: 60_000 } }))
      assert.deepEqual([busy.end, busy.exit], ['timed-out', null])
    },
  },
  {
    name: 'says when memory ran out',
    async check(sandbox) {
      const program = 'const all = []; for (;;) all.push(new Array(1000).fill({}))'
      const result = await sandbox.run(node(program, { limits: { memoryBytes: 256 * 1024 ** 2 } }))
      assert.deepEqual([result.end, result.exit], ['out-of-memory', null], result.stderr.slice(0, 300))
    },
  },
  {
    name: 'says when a program was killed',
    async check(sandbox) {
      const result = await sandbox.run(sh('kill -9 $$'))
      assert.deepEqual([result.end, result.exit], ['killed', null])
    },
  },
  {
    name: 'keeps the first bytes of each stream and says that there were more',
    async check(sandbox) {
      const program = "process.stdout.write('o'.repeat(5000)); process.stderr.write('e'.repeat(10))"
      const result = await sandbox.run(node(program, { limits: { outputBytes: 1000 } }))
      assert.deepEqual([result.stdout.length, result.stderr.length, result.truncated], [1000, 10, true])
      assert.deepEqual([result.end, result.exit], ['exited', 0])
    },
  },
  {
    name: 'shows two consecutive runs nothing of each other',
    async check(sandbox) {
      const plant = `for d in /workspace /tmp "$HOME" /dev/shm; do echo left > "$d/left-behind"; done
        node -e 'require("node:net").createServer().listen(4321)' & exit 0`
      assert.equal((await sandbox.run(sh(plant))).exit, 0)
      const search = `find / -name left-behind -not -path '/proc/*' 2>/dev/null
        node -e 'require("node:net").connect(4321,"127.0.0.1").on("connect",()=>console.log("port")).on("error",()=>{})'
        ls -A /workspace`
      assert.equal((await sandbox.run(sh(search))).stdout, '')
    },
  },
  {
    name: 'runs several at once, each on its own',
    async check(sandbox) {
      const runs = [1, 2, 3, 4].map((number) =>
        sandbox.run(
          sh('cat name > /tmp/name; sleep 0.3; cat /tmp/name; ls /tmp', { files: [file('name', `${number} `)] }),
        ),
      )
      const results = await Promise.all(runs)
      assert.deepEqual(
        results.map(({ stdout }) => stdout),
        ['1 name\n', '2 name\n', '3 name\n', '4 name\n'],
      )
    },
  },
  {
    name: 'refuses a dependency set it does not have',
    async check(sandbox) {
      for (const key of ['0'.repeat(64), '../../../etc', '..', 'a']) {
        await assert.rejects(sandbox.run(sh('true', { dependencies: key })), code('NOT_FOUND'), key)
      }
    },
  },
]
