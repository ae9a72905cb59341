import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetchDebian } from './debian.ts'
import { cacheFolder, type Fetched, fetchNpm, keyOf } from './fetch.ts'
import type { Split, Suite } from './package.ts'
import { PACKAGES } from './packages.ts'
import { PYTHON } from './pythonPackages.ts'
import { givenTests } from './split.ts'
import { layOut, runCommand } from './suite.ts'

/** A suite that takes longer is left out: every case runs it several times. */
const SLOWEST_SECONDS = 45

interface Wanted {
  name: string
  fetch(): Fetched
  about: {
    runner: string
    language: Suite['language']
    command: string
    sources: string[]
    tests: RegExp
    split: Split
  }
}

const wanted = (): Wanted[] => [
  ...PACKAGES.map((one) => ({
    name: one.name,
    fetch: () => fetchNpm(one),
    about: { ...one, language: 'js' as const },
  })),
  ...PYTHON.map((one) => ({
    name: one.name,
    fetch: (): Fetched =>
      one.debian ? fetchDebian(one.debian) : { tree: join(import.meta.dirname, 'python', one.name), modules: null },
    about: {
      ...one,
      language: 'python' as const,
      runner: 'pytest',
      command: 'python3 -m pytest -q -p no:cacheprovider',
    },
  })),
]

export const NAMES: readonly string[] = [...PACKAGES, ...PYTHON].map(({ name }) => name)

/** Every package whose suite is green here, whole and as it is given; the others are named to `tell` with the reason. */
export async function suites(tell: (line: string) => void, only: string | null = null): Promise<Suite[]> {
  const ready: Suite[] = []
  for (const { name, fetch, about } of wanted()) {
    if (only !== null && name !== only) continue
    try {
      ready.push(await verified(suiteOf(name, fetch(), about)))
    } catch (error) {
      tell(`left out: ${name}: ${error instanceof Error ? error.message.trim().slice(-500) : error}`)
    }
  }
  return ready
}

function suiteOf(name: string, { tree, modules }: Fetched, about: Wanted['about']): Suite {
  const files = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
    .filter((path) => !/(^|\/)(node_modules|__pycache__)\//.test(path))
    .sort()
  const tests = files.filter((path) => about.tests.test(path))
  const isSource = (path: string) =>
    about.sources.some((one) => (one.endsWith('/') ? path.startsWith(one) : path === one)) &&
    /\.(?:[cm]?js|ts|py)$/.test(path) &&
    !/\.d\.ts$/.test(path)
  const texts = Object.fromEntries(tests.map((path) => [path, readFileSync(join(tree, path), 'utf8')]))
  return {
    ...{ name, runner: about.runner, language: about.language, tree, modules, command: about.command, tests },
    asked: about.language === 'js' ? 'npm test' : 'python3 -m pytest -q',
    sources: files.filter((path) => isSource(path) && !tests.includes(path)),
    given: givenTests(texts, about.split, about.language),
    seconds: SLOWEST_SECONDS,
  }
}

/** Seen green once a machine: what was seen is kept beside the package, by everything that it depends on. */
async function verified(suite: Suite): Promise<Suite> {
  const seen = join(cacheFolder(), 'seen')
  const file = join(seen, keyOf(suite.name, [suite, process.version]))
  try {
    return { ...suite, seconds: JSON.parse(readFileSync(file, 'utf8')).seconds }
  } catch {
    // Not seen yet.
  }
  const folder = join(cacheFolder(), 'work', `${process.pid}-verify`)
  let seconds = 0
  for (const [which, overlay] of [
    ['given', suite.given],
    ['whole', {}],
  ] as const) {
    layOut(suite, folder, overlay)
    const ran = await runCommand(folder, suite.command, SLOWEST_SECONDS * 1000)
    if (!ran.green) throw new Error(`the ${which} suite is not green here: ${ran.output.slice(-300)}`)
    seconds = ran.ms / 1000
  }
  mkdirSync(seen, { recursive: true })
  writeFileSync(file, JSON.stringify({ seconds }))
  return { ...suite, seconds }
}
