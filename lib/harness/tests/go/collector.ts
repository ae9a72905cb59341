import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Coverage, TestCase, TestFailure } from '../../../domain/testRun.ts'
import { boundedFailure } from '../../../parse/boundedFailure.ts'
import { parseGoCover } from '../../../parse/goCover.ts'
import { type GoRun, type GoTest, parseGoJson } from '../../../parse/goJson.ts'
import { type GoFailure, parseGoBuild, parseGoFailure } from '../../../parse/goPanic.ts'
import { writeAsked } from '../asked.ts'
import type { Collector } from '../collector.ts'
import { spotsOf } from '../spots.ts'
import { beside, findProgram, placeProgram, toolPath } from '../toolPath.ts'
import { settled, wholeCase } from '../whole.ts'
import { PROFILE, REPORT } from './files.ts'
import { type Packages, readPackages } from './packages.ts'

/** There is no network: a vendor folder, the module cache and the standard library are all there is. */
const ENV = {
  ...{ GOPROXY: 'off', GOSUMDB: 'off', GOTOOLCHAIN: 'local', GOTELEMETRY: 'off' },
  // Kept from one run to the next, or each would compile the standard library.
  GOCACHE: join(tmpdir(), 'nightshift-go'),
}

/** `go test`, through a `go` of ours that asks the real one for JSON and a profile. */
export const go: Collector = {
  name: 'go',

  async prepare(run) {
    const PATH = await toolPath(run.folder)
    await writeAsked('go', run)
    await placeProgram(run.folder, 'go', beside(import.meta, 'wrap'), await findProgram('go', PATH, run.folder))
    return { PATH, ...ENV }
  },

  async collect({ folder, workspace, only, coverage }) {
    const names = (await readdir(folder)).sort()
    const reports = await texts(
      folder,
      names.filter((name) => name.endsWith(REPORT)),
    )
    if (reports.length === 0) return null
    const packages = await readPackages(workspace)
    const tests = reports.flatMap((report) => casesOf(parseGoJson(report), packages))
    const profiles = coverage
      ? await texts(
          folder,
          names.filter((name) => name.endsWith(PROFILE)),
        )
      : []
    const covered = profiles.map((text) => parseGoCover(text, packages.fileOf))
    return {
      runner: 'go',
      tests: settled(only, tests),
      coverage: profiles.length === 0 ? null : (Object.assign({}, ...covered) as Coverage),
    }
  },
}

const texts = (folder: string, names: string[]) =>
  Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))

function casesOf(run: GoRun, packages: Packages): TestCase[] {
  const cases = new Map<string, TestCase>()
  const add = (one: TestCase) => cases.has(one.id) || cases.set(one.id, one)
  const names = new Set(run.tests.map((test) => `${test.package} ${test.name}`))
  const parents = new Map<string, GoTest[]>()
  for (const test of run.tests) {
    for (let at = test.name.indexOf('/'); at >= 0; at = test.name.indexOf('/', at + 1)) {
      const parent = `${test.package} ${test.name.slice(0, at)}`
      if (names.has(parent)) parents.set(parent, [...(parents.get(parent) ?? []), test])
    }
  }
  for (const test of run.tests) {
    const children = parents.get(`${test.package} ${test.name}`)
    // A parent fails with its children: alone it is a test only when none of them explains it.
    if (children && (test.state !== 'failed' || children.some(({ state }) => state === 'failed'))) continue
    const folder = packages.folderOf(test.package)
    const titles = titlesOf(test, names)
    const file = folder === null ? null : packages.testFile(folder, titles[0] ?? '')
    const failure = test.state === 'failed' ? boundedOf(parseGoFailure(test.output), folder, packages) : null
    const id = [file ?? test.package, ...titles].join(' > ')
    add({ id, file, titles, state: test.state, ms: test.ms, failure })
  }
  const whole = (name: string, mark: string, failure: GoFailure) =>
    add(wholeCase([name, mark], boundedOf(failure, packages.folderOf(name), packages)))
  for (const { package: name, output } of run.unbuilt) whole(name, '(build)', parseGoBuild(output))
  for (const { package: name, output } of run.failed) {
    const explained = run.tests.some((test) => test.package === name && test.state === 'failed')
    if (!explained) whole(name, '(package)', parseGoFailure(output))
  }
  return [...cases.values()]
}

/** Split where a parent of that name ran: a subtest's own name may hold slashes. */
function titlesOf(test: GoTest, names: Set<string>): string[] {
  const titles: string[] = []
  let from = 0
  for (let at = test.name.indexOf('/'); at >= 0; at = test.name.indexOf('/', at + 1)) {
    if (!names.has(`${test.package} ${test.name.slice(0, at)}`)) continue
    titles.push(test.name.slice(from, at))
    from = at + 1
  }
  return [...titles, test.name.slice(from)]
}

function boundedOf(failure: GoFailure, folder: string | null, packages: Packages): TestFailure {
  return boundedFailure({ ...failure, frames: spotsOf(failure.frames, (file) => packages.place(file, folder)) })
}
