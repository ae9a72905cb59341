import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Manifest } from '../../lib/domain/manifest.ts'
import { type Built, buildClinic } from '../history/build.ts'
import { git } from '../history/git.ts'
import { CLINIC } from '../history/states.ts'
import { temporary } from './app.ts'

async function built(options: { rename?: Record<string, string>; now?: Date } = {}) {
  const into = join(temporary(), 'clinic.git')
  return { into, ...(await buildClinic({ into, ...options })) }
}

const log = (into: string, format: string) => git(into, ['log', '--reverse', `--format=${format}`, 'main']).split('\n')

/** Files of the sample app as they stand here, without what `npm ci` and `npm run seed` put there. */
function filesHere(folder = ''): string[] {
  const names = readdirSync(join(CLINIC, folder)).filter((name) => name !== 'node_modules' && name !== 'data')
  return names.flatMap((name) => {
    const path = join(folder, name)
    return statSync(join(CLINIC, path)).isDirectory() ? filesHere(path) : [path]
  })
}

test('the last tree is the sample app as it stands here, byte for byte', async () => {
  const { into, main } = await built()
  expect(git(into, ['ls-tree', '-r', '--name-only', main]).split('\n').sort()).toEqual(filesHere().sort())
  for (const path of filesHere()) {
    expect(git(into, ['rev-parse', `${main}:${path}`]), path).toBe(
      git(into, ['hash-object', '--no-filters', '--stdin'], readFileSync(join(CLINIC, path), 'utf8')),
    )
  }
})

test('main and staging are equal, and HEAD is main', async () => {
  const { into, main } = await built()
  expect(git(into, ['for-each-ref', '--format=%(refname) %(objectname)']).split('\n')).toEqual([
    `refs/heads/main ${main}`,
    `refs/heads/staging ${main}`,
  ])
  expect(git(into, ['symbolic-ref', 'HEAD'])).toBe('refs/heads/main')
  expect(git(into, ['fsck', '--strict'])).toBe('')
})

test('three people over the four weeks before the given day', async () => {
  const { into, commits } = await built({ now: new Date('2027-03-31T15:00:00Z') })
  expect(commits.length).toBeGreaterThanOrEqual(12)
  expect(new Set(log(into, '%an')).size).toBe(3)
  const dates = log(into, '%aI')
  expect(dates).toEqual([...dates].sort())
  expect(dates).toEqual(log(into, '%cI'))
  expect(dates[0]?.slice(0, 10)).toBe('2027-03-03')
  expect((dates.at(-1) ?? '') < '2027-03-31').toBe(true)
})

test('the same day gives the same commits, another day others', async () => {
  const now = new Date('2026-11-20T23:59:59Z')
  const [first, again, other] = [await built({ now }), await built(), await built({ now: new Date(0) })]
  expect(again.commits).toEqual(first.commits)
  expect(other.main).not.toBe(first.main)
})

test('every commit changes something, and says how the app is run from the third on', async () => {
  const { into, commits } = await built()
  const trees = log(into, '%T')
  expect(new Set(trees).size).toBe(commits.length)
  for (const commit of commits.slice(2)) {
    const manifest = Manifest.parse(JSON.parse(git(into, ['show', `${commit}:nightshift.json`])))
    expect(manifest.start).toBe('node --import ./src/instrument.ts src/server.ts')
  }
})

test('the final contract names a smoke set and one critical route', () => {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(CLINIC, 'nightshift.json'), 'utf8')))
  expect(manifest.smoke.length).toBeGreaterThanOrEqual(6)
  expect(manifest.critical).toEqual(['POST /api/appointments/book'])
  expect(manifest.prepare).toBe('node scripts/seed.ts')
})

/** Each fault's line, and the commit that brought it. */
const ENTERED: [string, string, string][] = [
  ['src/routes/campaigns.ts', 'patientsOf(db, practice.id)', 'Launch a campaign'],
  ['src/routes/rota.ts', '?? loadWeek(params.id)', 'Keep weeks in memory'],
  ['src/routes/patients.ts', 'JSON.parse(await readText(req))', 'Take consents in'],
  ['src/reports/csv.js', 'pounds(invoice.pence)', 'Give amounts in pounds'],
  ['src/routes/appointments.ts', 'const booked = slot.patientId', 'Book a slot'],
  ['src/billing/refunds.ts', 'invoice.pence - invoice.refunded', 'Refund an invoice'],
  ['src/reports/activity.ts', 'practice: practice.name', 'Name the practice in the activity report'],
  ['src/routes/directory.ts', 'await fetch(', 'Look clinicians up in the national directory'],
  ['src/reports/yearly.ts', 'const PAGE = 5\n', 'Read visits in smaller pages'],
  ['src/referrals/letter.ts', 'referral.patientId', 'Write referral letters'],
]

test.each(ENTERED)('%s: %s came with its own commit', async (path, text, subject) => {
  const { into } = await built()
  expect(git(into, ['log', '--format=%s', `-S${text}`, 'main', '--', path])).toBe(subject)
})

test('nothing in the repository speaks of faults', async () => {
  const { into, commits }: Built & { into: string } = await built()
  const telling = /\b(fault|bug|planted|broken|deliberate|on purpose|FIXME|TODO)/i
  expect(log(into, '%B').join('\n')).not.toMatch(telling)
  for (const commit of commits) {
    const texts = git(into, ['grep', '-I', '-h', '-e', '', commit, '--', ':!package-lock.json'])
    expect(texts).not.toMatch(telling)
  }
})

test('a folder that is there is left alone', async () => {
  const { into } = await built()
  await expect(buildClinic({ into })).rejects.toThrow('is there already')
})
