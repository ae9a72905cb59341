import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collecting, Collector } from '../collector.ts'
import { linesIn } from './lines.ts'
import { reportsIn } from './reports.ts'
import { placeVenv } from './venv.ts'

/** Our Python package, put on the path of every Python process of the run. */
const SITE = join(import.meta.dirname, 'site')
/** Versions whose user site gets our hook; folders for a Python that is not there cost nothing. */
const VERSIONS = Array.from({ length: 10 }, (_, at) => `python3.${at + 7}`)

/**
 * pytest and unittest, watched from inside by the package in `site/`. It is reached twice: by PYTHONPATH, and by the user
 * site of Python, since test scripts often begin with a PYTHONPATH of their own.
 */
export const python: Collector = {
  name: 'python',
  prepare: async (run) => {
    const task = join(run.folder, 'python.json')
    await writeFile(task, JSON.stringify(taskOf(run)))
    await placeVenv(run)
    const user = join(run.folder, 'python-user')
    for (const version of VERSIONS) {
      const folder = join(user, 'lib', version, 'site-packages')
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'nightshift.pth'), hook)
    }
    return { NIGHTSHIFT_TESTS: task, PYTHONPATH: SITE, PYTHONUSERBASE: user, PYTHONDONTWRITEBYTECODE: '1' }
  },
  collect: async (run) => {
    const { runner, tests } = await reportsIn(run.folder)
    if (runner === null) return null
    return { runner, tests, coverage: run.coverage ? await linesIn(run.folder) : null }
  },
}

const taskOf = ({ folder, workspace, only, coverage }: Collecting) => ({
  folder,
  workspace,
  coverage,
  only: only?.map(({ file, titles }) => ({ file, titles })) ?? null,
})

/** One line that `site` runs at start; a path that is already there is not added again. */
const hook = `import sys; sys.path.append(${JSON.stringify(SITE)}) if ${JSON.stringify(SITE)} not in sys.path else None; import nightshift_tests.boot\n`
