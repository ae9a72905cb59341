import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestCase } from '../../../domain/testRun.ts'
import { boundedFailure } from '../../../parse/boundedFailure.ts'
import { type CargoRun, parseCargoTest } from '../../../parse/cargoTest.ts'
import { parseRustBuild, parseRustPanic, type RustFailure } from '../../../parse/rustPanic.ts'
import { writeAsked } from '../asked.ts'
import type { Collector } from '../collector.ts'
import { spotsOf } from '../spots.ts'
import { beside, findProgram, placeProgram, toolPath } from '../toolPath.ts'
import { settled, wholeCase } from '../whole.ts'
import { type Crates, readCrates } from './crates.ts'
import { REPORT } from './files.ts'

const ENV = { RUST_BACKTRACE: '1', CARGO_TERM_COLOR: 'never', CARGO_NET_OFFLINE: 'true', CARGO_TERM_QUIET: 'false' }

/** `cargo test`, through a `cargo` of ours that keeps what libtest prints. Coverage is not offered. */
export const rust: Collector = {
  name: 'rust',

  async prepare(run) {
    const PATH = await toolPath(run.folder)
    await writeAsked('cargo', run)
    const real = await findProgram('cargo', PATH, run.folder)
    await placeProgram(run.folder, 'cargo', beside(import.meta, 'wrap'), real)
    return { PATH, ...ENV }
  },

  async collect({ folder, workspace, only }) {
    const names = (await readdir(folder)).filter((name) => name.endsWith(REPORT)).sort()
    if (names.length === 0) return null
    const crates = await readCrates(workspace)
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
    const tests = texts.flatMap((text) => casesOf(parseCargoTest(text), crates))
    return { runner: 'cargo', tests: settled(only, unique(tests)), coverage: null }
  },
}

function casesOf(run: CargoRun, crates: Crates): TestCase[] {
  const failureOf = (failure: RustFailure) =>
    boundedFailure({ ...failure, frames: spotsOf(failure.frames, crates.place) })
  const tests = run.tests.map(({ target, crate, name, state, output }): TestCase => {
    const file = crates.fileOf(target, crate, name)
    const failure = state === 'failed' ? failureOf(parseRustPanic(output)) : null
    return { id: `${file ?? crate} > ${name}`, file, titles: [name], state, ms: null, failure }
  })
  const crashed = run.crashed.map(({ target, crate, output }) =>
    wholeCase([crate, target, '(target)'], failureOf(parseRustPanic(output))),
  )
  const broken =
    run.errors.length === 0 ? [] : [wholeCase(['(build)'], failureOf(parseRustBuild(run.errors.join('\n\n'))))]
  return [...tests, ...crashed, ...broken]
}

/** Two targets may hold a test of one name in one shared file. */
function unique(tests: TestCase[]): TestCase[] {
  const counts = new Map<string, number>()
  return tests.map((test) => {
    const count = (counts.get(test.id) ?? 0) + 1
    counts.set(test.id, count)
    return count === 1 ? test : { ...test, id: `${test.id} (${count})` }
  })
}
