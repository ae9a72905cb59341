import { readdir } from 'node:fs/promises'
import type { TestCase } from '../../../domain/testRun.ts'
import { boundedFailure } from '../../../parse/boundedFailure.ts'
import { parseJavaBuild, parseJavaStack } from '../../../parse/javaStack.ts'
import { type JunitCase, parseJunit } from '../../../parse/junit.ts'
import { writeAsked } from '../asked.ts'
import type { Collector } from '../collector.ts'
import { inWorkspace, spotsOf } from '../spots.ts'
import { beside, findProgram, placeProgram, toolPath } from '../toolPath.ts'
import { settled, wholeCase } from '../whole.ts'
import { RAN } from './files.ts'
import { readReports, removeReports } from './reports.ts'
import { readSources, type Sources } from './sources.ts'
import { replaceWrappers, restoreWrappers } from './wrappers.ts'

/** Maven and Gradle, by the reports they write in JUnit's format. Coverage is not offered. */
export const java: Collector = {
  name: 'java',

  async prepare(run) {
    const PATH = await toolPath(run.folder)
    await writeAsked('java', run)
    for (const name of ['mvn', 'gradle']) {
      const real = await findProgram(name, PATH, run.folder)
      await placeProgram(run.folder, name, beside(import.meta, 'wrap'), real)
    }
    await removeReports(run.workspace)
    await replaceWrappers(run.folder, run.workspace)
    return { PATH }
  },

  async collect({ folder, workspace, only }, output) {
    await restoreWrappers(folder, workspace)
    if (!(await readdir(folder)).some((name) => name.endsWith(RAN))) return null
    const sources = await readSources(workspace)
    const reports = await readReports(workspace)
    const tests = reports.flatMap(({ path, text }) =>
      parseJunit(text).map((one) => caseOf(one, moduleOf(path), sources)),
    )
    const broken = tests.length === 0 ? buildFailure(output, workspace) : null
    return { runner: 'junit', tests: settled(only, broken ? [broken] : unique(tests)), coverage: null }
  },
}

/** `core/target/surefire-reports/TEST-a.xml` is of `core`. */
const moduleOf = (report: string): string =>
  report.replace(/(?:^|\/)(?:target|build)\/(?:surefire-reports|failsafe-reports|test-results)\/.*$/, '')

function caseOf(one: JunitCase, module: string, sources: Sources): TestCase {
  const type = one.classname || one.suite
  const file = sources.fileOf(type, module)
  const titles = [type, one.name.replace(/\(\)$/, '')]
  const id = [...(file === null ? [] : [file]), ...titles].join(' > ')
  return {
    id,
    file,
    titles,
    state: one.state,
    ms: one.ms,
    failure: one.state === 'failed' ? failureOf(one, module, sources) : null,
  }
}

function failureOf(one: JunitCase, module: string, sources: Sources) {
  const stack = parseJavaStack(one.text)
  const frames = spotsOf(stack.frames, (name) => sources.find(name, module))
  return boundedFailure({ ...stack, type: one.type || stack.type, message: one.message || stack.message, frames })
}

function buildFailure(output: string, workspace: string): TestCase | null {
  const failure = parseJavaBuild(output)
  if (!failure) return null
  const frames = spotsOf(failure.frames, (file) => inWorkspace(file, workspace))
  return wholeCase(['(build)'], boundedFailure({ ...failure, frames }))
}

/** One report a class is usual; a class that ran twice, or a parameter without a name, would share an id. */
function unique(tests: TestCase[]): TestCase[] {
  const counts = new Map<string, number>()
  return tests.map((test) => {
    const count = (counts.get(test.id) ?? 0) + 1
    counts.set(test.id, count)
    return count === 1 ? test : { ...test, id: `${test.id} (${count})` }
  })
}
