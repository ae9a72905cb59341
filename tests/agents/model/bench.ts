import type { Ground } from '../../../agents/repair/ground.ts'
import { textsOf } from '../../../agents/tools/desk.ts'
import type { Finding } from '../../../lib/domain/hypothesis.ts'
import type { Block, ModelAnswer, ModelRequest } from '../../../lib/domain/model.ts'
import { NOTHING_USED } from '../../../lib/domain/model.ts'
import type { SandboxRun } from '../../../lib/domain/sandbox.ts'
import type { Commit } from '../../../lib/domain/tree.ts'
import type { Model, Sandbox } from '../../../lib/world.ts'
import { failed, passed, run } from '../../policy/runs.ts'

/** A small repository, a sandbox that writes down what it is asked to run, and a model that says what a test wants. */

const FILES: Record<string, string> = {
  'src/last.js': 'export function last(list) {\n  return list[list.length]\n}\n',
  'src/secret.js': "export const token = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'\n",
  'test/last.test.js': "test('last', () => assert.equal(last([1, 2]), 2))\n",
  'package.json': '{"name":"app"}\n',
  '.github/workflows/ci.yml': 'on: push\n',
}
export const COMMIT: Commit = {
  ...{ sha: 'a'.repeat(40), tree: 'b'.repeat(40), parents: [], author: 'Ada', at: '2026-11-01T00:00:00Z' },
  subject: 'Lists: take the last',
}
export const TARGET = failed('test/last.test.js > last', {
  message: 'undefined == 2',
  frames: [{ path: 'src/last.js', line: 2, column: 10, function: 'last' }],
})
export const RUNS = [run([TARGET, passed('test/other.test.js > other')])]

export const FACTS: Finding = {
  ...{ cause: 'code', remedy: 'code-fix', confidence: 0.6, why: 'It fails in src/last.js:2.' },
  where: [{ path: 'src/last.js', line: 2, function: 'last' }],
  ...{ suspect: null, suspectBy: null, hypotheses: [], effort: 'small', author: 'facts' },
}

/** Answers every run as a sandbox whose tests fail, and keeps what was asked of it. */
export function recordingSandbox(): { sandbox: Sandbox; runs: SandboxRun[] } {
  const runs: SandboxRun[] = []
  const answer = JSON.stringify({ kind: 'test', run: RUNS[0] })
  const sandbox: Sandbox = {
    async run(asked) {
      runs.push(asked)
      return { end: 'exited', exit: 0, stdout: answer, stderr: '', truncated: false, egress: 0, ms: 1 }
    },
    install: async () => ({ ok: false, why: 'nothing is installed here', output: '' }),
    adopt: async () => ({ ok: false, why: 'nothing is installed here' }),
    selfTest: async () => ({ ok: true, boundary: 'none', probes: [] }),
  }
  return { sandbox, runs }
}

export function groundOf(sandbox: Sandbox, model: Model | null = null): Ground {
  const files = Object.entries(FILES).map(([path, text]) => ({ path, bytes: Buffer.from(text) }))
  return {
    ...{
      sandbox,
      dependencies: null,
      files,
      texts: textsOf(files),
      entries: [],
      manifest: null,
      judges: [],
      protect: [],
      checks: [],
    },
    history: {
      head: COMMIT.sha,
      commit: async (name) => (COMMIT.sha.startsWith(name) ? COMMIT : null),
      log: async () => [COMMIT],
      blame: async () => COMMIT,
      diff: async () => 'diff',
      since: async () => [],
      files: async () => files,
    },
    command: { command: 'npm test', env: {}, services: [], wallMs: 1000 },
    ...{ goodBase: null, isMeant: () => true, model, attempts: 3, searchMs: 1000 },
  }
}

/** Says one thing after the other, whatever it is asked; the last one again and again. Keeps what it was asked. */
export function saying(
  answers: (Block[] | Extract<ModelAnswer, { ok: false }>['why'])[],
): Model & { asked: ModelRequest[] } {
  const asked: ModelRequest[] = []
  return {
    asked,
    async ask(request) {
      // What was asked then, not what the conversation became.
      asked.push(structuredClone(request))
      const said = answers[Math.min(asked.length, answers.length) - 1]!
      const cost = { tried: [], usage: { ...NOTHING_USED, output: 10 }, usd: 0.01, ms: 1 }
      if (typeof said === 'string') return { ...cost, ok: false, why: said, detail: 'as the test wants it' }
      const calls = said.some(({ type }) => type === 'call')
      return { ...cost, ok: true, model: 'test:model', blocks: said, stop: calls ? 'calls' : 'end' }
    },
  }
}

export const text = (value: unknown): Block[] => [
  { type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) },
]
export const calls = (...wanted: [string, unknown][]): Block[] =>
  wanted.map(([name, input], at) => ({ type: 'call', id: `c${at}`, name, input }))

export const DIAGNOSIS = {
  ...{ cause: 'code', remedy: 'code-fix', confidence: 0.9, why: 'It reads one past the end.' },
  where: [{ path: 'src/last.js', line: 2 }],
  suspectCommit: COMMIT.sha,
  hypotheses: [{ claim: 'The index is one too high.', verdict: 'holds', for: ['line:src/last.js:2'], against: [] }],
  effort: 'small',
}
