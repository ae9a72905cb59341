import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Repair } from '../../bench/recipes/repair.ts'
import { projectsIn } from '../../bench/repairs/project.ts'
import { runProject } from '../../bench/repairs/run.ts'

const root = mkdtempSync(join(tmpdir(), 'bench-projects-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const check = (value: number, wanted: number) =>
  `import assert from 'node:assert'\nimport { twice } from '../twice.js'\nassert.equal(twice(${value}), ${wanted})\n`
const FILES = {
  command: 'for one in test/*.test.js; do node "$one" || exit 1; done\n',
  'package.json': '{"type":"module"}',
  'twice.js': 'export const twice = (n) => n + 2\n',
  'test/one.test.js': check(3, 6),
  'truth/twice.js': 'export const twice = (n) => n * 2\n',
  'held-out/two.test.js': check(5, 10),
}
write('js/twice', FILES)
write('js/broken', { ...FILES, 'truth/twice.js': 'export const twice = () => 6\n' })
write('js/green', { ...FILES, 'twice.js': FILES['truth/twice.js'] })

function write(name: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, name, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

const project = (name: string) => projectsIn(root).find((one) => one.name === name)!
const proves =
  (patched: Record<string, string>): Repair =>
  async () => ({
    ...{ outcome: 'proven', patched, why: '', ms: 1500 },
    metadata: { attempts: [{}], cost: { tokens: { input: 2, output: 3 } }, stages: { read: 1200 } },
  })

test('a held-out test without a folder belongs beside the others', () => {
  expect(projectsIn(root).map(({ name }) => name)).toEqual(['js/broken', 'js/green', 'js/twice'])
  expect(Object.keys(project('js/twice').heldOut)).toEqual(['test/two.test.js'])
})

test('the repair sees neither the truth nor what is held out', async () => {
  const look: Repair = async (folder) => {
    const seen = readdirSync(folder, { recursive: true }).map(String)
    expect(seen.filter((path) => !path.startsWith('.git')).sort()).toEqual([
      ...['package.json', 'test', 'test/one.test.js', 'twice.js'],
    ])
    expect(readFileSync(join(folder, 'twice.js'), 'utf8')).toBe(FILES['twice.js'])
    return { outcome: 'refused', patched: {}, why: 'looked', ms: 0, metadata: null }
  }
  expect(await runProject(project('js/twice'), look, [])).toMatchObject({ outcome: 'refused', why: 'looked' })
})

test('what was held out judges, and what a patch did to the tests does not', async () => {
  const right = await runProject(project('js/twice'), proves({ 'twice.js': FILES['truth/twice.js'] }), [])
  expect(right).toMatchObject({ outcome: 'proven', escaped: false, exact: true, attempts: 1, tokens: 5, seconds: 1.5 })
  const cheat = proves({ 'twice.js': 'export const twice = () => 6\n', 'test/two.test.js': '' })
  expect(await runProject(project('js/twice'), cheat, [])).toMatchObject({ escaped: true, exact: false })
})

test.each([
  ['js/broken', 'the true fix does not pass'],
  ['js/green', 'its tests pass as it stands'],
])('%s is no case', async (name, why) => {
  const one = await runProject(project(name), proves({}), [])
  expect(one.outcome).toBe('broken')
  expect(one.why).toContain(why)
})
