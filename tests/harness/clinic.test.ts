import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Manifest } from '../../lib/domain/manifest.ts'
import type { RecipeAnswer } from '../../lib/domain/repair.ts'
import { harness, replayed, request, runProgram } from './tiny.ts'

/** The sample app with its real SDK: red, minimised, repaired by the recipe, green. */

const ROOT = resolve(import.meta.dirname, '../..')
const CLINIC = join(ROOT, 'examples/clinic')

async function copyOfClinic(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ns-recipes-clinic-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await cp(CLINIC, folder, {
    recursive: true,
    filter: (path) => !/\/(?:node_modules|data)(?:\/|$)/.test(path.slice(CLINIC.length)),
  })
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

async function sources(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(join(folder, 'src'), { recursive: true })).filter((name) => /\.[jt]s$/.test(name))
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [`src/${name}`, await readFile(join(folder, 'src', name), 'utf8')])),
  )
}

/** Where the launch handler first reads the practice it has looked up. */
function launchCrash(text: string): { line: number; column: number } {
  const from = text.indexOf('findPractice(db, practiceId)')
  const at = text.indexOf('practice.id', from) + 'practice.'.length
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

test('the launch fault is red, its fixture is small, and the recipe turns it green', async () => {
  const folder = await copyOfClinic()
  const manifest = Manifest.parse(JSON.parse(await readFile(join(folder, 'nightshift.json'), 'utf8')))
  const { start, health, prepare, env } = manifest
  const files = await sources(folder)
  const common = { app: { start, health, prepare, env }, tracked: Object.keys(files) }
  const given = request('/api/campaigns/launch', { practiceId: 'p-97', note: 'for Mary Smith' }, { 'x-user-id': 'u-3' })
  const smoke = [request('/healthz'), request('/api/campaigns/launch', { practiceId: 'p-1' })]

  const red = await replayed(folder, [given], { ...common, smoke })
  expect(red.answers).toMatchObject([{ status: 500, errors: [{ type: 'TypeError', network: false }] }])
  const fingerprint = red.answers[0]?.fingerprints[0]

  const small = await harness(folder, {
    kind: 'minimise',
    ...common,
    request: given,
    fingerprint,
    keepHeaders: [],
    budgetMs: 20_000,
  })
  if (small.kind !== 'minimise') throw new Error(JSON.stringify(small))
  expect(small).toMatchObject({
    request: { headers: { 'content-type': 'application/json' }, body: '{"practiceId":"p-99"}' },
    kept: [],
  })

  const path = 'src/routes/campaigns.ts'
  const [message] = red.answers[0]?.errors.map((error) => error.message) ?? []
  const crash = { path, ...launchCrash(files[path] ?? ''), function: 'launchCampaign', type: 'TypeError', message }
  const { stdout } = await runProgram('repair', folder, JSON.stringify({ crash, frames: [crash], files }))
  const answer = (JSON.parse(stdout) as RecipeAnswer[]).find((one) => one.ok)
  if (!answer?.ok) throw new Error(`No recipe proposes anything: ${stdout}`)
  for (const edit of answer.proposal.edits) await writeFile(join(folder, edit.path), edit.text)

  const green = await replayed(folder, [small.request], { ...common, smoke })
  expect(green.answers).toMatchObject([{ status: 404, fingerprints: [], errors: [] }])
  expect(green.smoke.map(({ status, body }) => ({ status, body }))).toEqual(
    red.smoke.map(({ status, body }) => ({ status, body })),
  )
})
