import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { baseEnv, exactly, npmEnv, terminalEnv } from './env.ts'

interface Report {
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

export interface Tally {
  passed: number
  failed: number
  /** Tests that did not run; they are never a success. */
  other: number
}

/** Sums over all projects. A file that failed without a failing test (it could not be loaded) counts as one. */
export function tally(report: Report): Tally {
  const sum: Tally = { passed: 0, failed: 0, other: 0 }
  for (const { status, assertionResults } of report.testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed').length
    const passed = assertionResults.filter((test) => test.status === 'passed').length
    sum.passed += passed
    sum.failed += failed === 0 && status === 'failed' ? 1 : failed
    sum.other += assertionResults.length - passed - failed
  }
  return sum
}

/** The last line people and CI read. */
export function lastLine({ passed, failed, other }: Tally): string {
  return `${passed} passed, ${failed} failed${other > 0 ? `, ${other} not run` : ''}`
}

async function main(): Promise<number> {
  const checkout = resolve(import.meta.dirname, '..')
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-report-'))
  const file = join(folder, 'report.json')
  try {
    const status = await vitest(checkout, ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
    const text = await readFile(file, 'utf8').catch(() => null)
    // Without a report vitest itself broke, and that is no success either.
    const sum = text === null ? { passed: 0, failed: 1, other: 0 } : tally(JSON.parse(text) as Report)
    console.log(lastLine(sum))
    return status === 0 && sum.failed === 0 && sum.passed > 0 ? 0 : 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function vitest(checkout: string, argv: string[]): Promise<number> {
  const base = baseEnv()
  // Tests start `node` by name too: it must be the one that runs them.
  const env = {
    ...base,
    ...npmEnv(),
    ...terminalEnv(),
    PATH: [dirname(process.execPath), base.PATH].join(delimiter),
    // Hundreds of them load the same modules.
    NODE_COMPILE_CACHE: join(checkout, 'node_modules/.cache/compile'),
  }
  const program = join(checkout, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [program, ...argv, ...process.argv.slice(2)], {
    cwd: checkout,
    env: exactly(env),
    stdio: 'inherit',
  })
  // Ctrl-C reaches vitest from the terminal; it cleans up, and then we say what there is to say.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (status) => done(status ?? 1))
  })
}

if (import.meta.main) process.exitCode = await main()
