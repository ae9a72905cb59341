import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collecting, Collector } from '../collector.ts'
import { linesIn } from './coverage.ts'
import { istanbulIn } from './istanbul.ts'
import { jsonReports } from './jsonReports.ts'
import { rowsIn } from './rows.ts'
import { shim } from './shim.ts'

const PRELOAD = join(import.meta.dirname, '../preload')

/**
 * Runners of Node, watched by a module that every Node process of the run loads first. It is named in NODE_OPTIONS, and
 * again by a `node` of ours earlier on the PATH, since test scripts often set NODE_OPTIONS themselves.
 */
export const node: Collector = {
  name: 'node',
  async prepare(run) {
    const settings = join(run.folder, 'node-tests.json')
    await writeFile(settings, JSON.stringify({ ...run, patterns: patternsOf(run) }))
    const options = [`--require=${join(PRELOAD, 'start.cjs')}`, ...optionsOf(run)].join(' ')
    const bin = join(run.folder, 'bin')
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'node'), shim(options, join(PRELOAD, 'start.cjs'), filesOf(run)))
    await chmod(join(bin, 'node'), 0o755)
    return {
      ...{ PATH: bin, NODE_OPTIONS: options, NIGHTSHIFT_NODE_TESTS: settings },
      ...(run.coverage ? { NODE_V8_COVERAGE: join(run.folder, 'v8') } : {}),
    }
  },
  async collect(run) {
    const told = await rowsIn(run)
    const json = await jsonReports(run)
    const tests = [...told.tests, ...json.tests]
    const counted = run.coverage ? await linesIn(join(run.folder, 'v8'), run.workspace) : null
    // Who compiles what it runs knows the lines better than V8.
    const compiled = run.coverage ? await istanbulIn(run.folder, run.workspace) : null
    const coverage = counted || compiled ? { ...counted, ...compiled } : null
    const runner = told.runner ?? json.runner
    // Other families have no coverage of Node's, but a runner we do not know may be one of Node's.
    return tests.length === 0 && !coverage ? null : { runner: runner ?? 'command', tests, coverage }
  },
}

/**
 * What Node's own coverage leaves out by itself, as long as nothing is named; and ours, which would lower a threshold. The
 * TypeScript patterns are there since this Node strips types.
 */
const UNCOUNTED = [`${PRELOAD}/**`, '**/{test,test/**/*,test-*,*[._-]test}.{js,mjs,cjs,ts,mts,cts}']

const optionsOf = (run: Collecting): string[] => [
  ...UNCOUNTED.map((glob) => `--test-coverage-exclude=${glob}`),
  ...patternsOf(run).map((pattern) => `--test-name-pattern=${pattern}`),
]

/** The names of the wanted tests; none where all run, or where whole files are wanted. */
function patternsOf({ only }: Collecting): string[] {
  const names = only?.flatMap(({ titles }) => (titles.length > 0 ? [titles.at(-1)!] : [])) ?? []
  return only && names.length === only.length ? names.map(pattern) : []
}

/** In NODE_OPTIONS a space parts options and a quote is escaped; a pattern needs neither. */
const pattern = (name: string): string => `^${name.replace(/[^\w-]/g, '.')}$`

/** The wanted files; null where all run, or where one wanted test has none. */
function filesOf({ only, workspace }: Collecting): string[] | null {
  const files = only?.flatMap(({ file }) => (file === null ? [] : join(workspace, file))) ?? []
  return only && files.length === only.length ? [...new Set(files)] : null
}
