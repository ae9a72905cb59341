import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildClinic } from '../history/build.ts'
import { git } from '../history/git.ts'
import { RENAMED, renameText } from '../history/rename.ts'
import { CLINIC } from '../history/states.ts'
import { copyOf, run, startApp, temporary } from './app.ts'
import { crashOf, startCollector } from './collector.ts'

const TEXTS: [string, string][] = [
  ['const practice = findPractice(db, practiceId)', 'const surgery = findSurgery(db, surgeryId)'],
  ['/api/campaigns/launch', '/api/mailings/dispatch'],
  ['PRACTICES.entries()', 'SURGERIES.entries()'],
  ['interface Practice {', 'interface Surgery {'],
  ['malpractice, launching, relaunch', 'malpractice, launching, relaunch'],
  ['launched launches', 'dispatched dispatches'],
]

test.each(TEXTS)('%s becomes %s', (text, renamed) => {
  expect(renameText(text, RENAMED)).toBe(renamed)
})

test('a mapping of a whole name goes before its parts, and no words change nothing', () => {
  expect(renameText('practiceId practice', { practiceId: 'key', practice: 'surgery' })).toBe('key surgery')
  expect(renameText('practiceId constructor toString')).toBe('practiceId constructor toString')
  expect(renameText('constructor toString', RENAMED)).toBe('constructor toString')
})

describe('the renamed clinic', () => {
  const repository = join(temporary(), 'clinic.git')
  let folder: string

  beforeAll(async () => {
    const { main } = await buildClinic({ into: repository, rename: RENAMED })
    folder = copyOf(repository, main)
  })

  test('has other file names, messages and contents, and the same dependencies', () => {
    const paths = git(repository, ['ls-tree', '-r', '--name-only', 'main'])
    expect(paths).toContain('src/routes/mailings.ts')
    expect(paths).not.toMatch(/campaign|practice|launch/)
    expect(git(repository, ['log', '--format=%s', 'main'])).toContain('Dispatch a mailing')
    expect(git(repository, ['grep', '-h', '-i', '-o', '-E', 'campaign|practice|mailing', 'main'])).toMatch(
      /^(mailing\s*)+$/i,
    )
    expect(readFileSync(join(folder, 'package-lock.json'))).toEqual(readFileSync(join(CLINIC, 'package-lock.json')))
  })

  test('passes its suite and its typecheck', () => {
    const { stdout } = run(folder, 'npm test')
    expect(stdout).toMatch(/^# fail 0$/m)
    expect(stdout).toMatch(/^ok \d+ - a dispatch writes to the patients who agreed to it$/m)
    expect(run(folder, 'node_modules/.bin/tsc --noEmit')).toMatchObject({ status: 0, stdout: '' })
  })

  test('fails at the same place under its new names', async () => {
    const collector = await startCollector()
    const app = await startApp(folder, { SENTRY_DSN: collector.dsn })
    expect((await app.post('/api/mailings/dispatch', '{"surgeryId":"p-1"}')).status).toBe(200)
    expect((await app.post('/api/mailings/dispatch', '{"surgeryId":"p-97"}')).status).toBe(500)
    expect(crashOf(await collector.event(0))).toMatchObject({
      path: 'src/routes/mailings.ts',
      function: 'dispatchMailing',
    })
    expect(await app.stop()).toBe(0)
    collector.stop()
  })
})
