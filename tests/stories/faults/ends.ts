import { renameText } from '../../../examples/history/rename.ts'
import type { Fault } from '../../../examples/traffic/faults.ts'
import { branchOf, type Fix, type Proven } from '../../../lib/domain/fix.ts'
import type { Level } from '../../../lib/domain/project.ts'
import type { Release } from '../../../lib/domain/release.ts'
import { stageOf } from '../../../lib/policy/stage.ts'
import type { StageName } from '../../../lib/policy/stageFacts.ts'
import { projectBySlug } from '../../../lib/store/projects.ts'
import { releasesOf } from '../../../lib/store/releases.ts'
import { type Story, story } from '../../../lib/store/story.ts'
import type { Night } from '../night.ts'

/** What was seen of one fault: the rows, what people see of it, and git as an outsider sees it. */
export interface Seen {
  told: Story
  releases: Release[]
  stage: StageName
  branches: string[]
  /** Path → text of the fixtures on the production branch. */
  fixtures: Map<string, string>
}

interface Expected {
  /** Why it is not (yet) the right end; null when it is. */
  wrong(seen: Seen): string | null
}

/** As in the sample before it is renamed. */
export const ROUTES: Record<Fault, string> = {
  launch: 'POST /api/campaigns/launch',
  await: 'GET /api/practices/:id/rooms',
  body: 'POST /api/patients/consents',
  import: 'GET /api/reports/invoices',
  critical: 'POST /api/appointments/book',
  billing: 'POST /api/billing/refund',
  breaks: 'GET /api/reports/activity',
  upstream: 'GET /api/directory/:id',
  slow: 'GET /api/reports/yearly',
  consequence: 'GET /api/referrals/:id/letter',
}

/** The ten ends, each told from rows and repository alone. At level 3 a P1 ships without a person. */
export const endsAt = (level: Level): Record<Fault, Expected> => ({
  launch: { wrong: cured(404) },
  await: { wrong: cured(200) },
  body: { wrong: cured(400) },
  import: { wrong: cured(200) },
  critical: {
    wrong: (seen) =>
      must(seen.told.issue.severity === 'P1', `it is a ${seen.told.issue.severity}`) ??
      cured(404)(seen) ??
      must(
        seen.told.audit.some(({ what }) => what === 'control.approved') === level < 3,
        level < 3 ? 'nobody was asked' : 'somebody was asked',
      ),
  },
  billing: {
    wrong: (seen) =>
      person(seen) ??
      nothingLeft(seen) ??
      must(
        refusals(seen).some(
          ({ why, diff, proof }) => /protected/.test(why) && !!diff?.length && proof?.runs.length === 6,
        ),
        'no proven patch is shown',
      ),
  },
  breaks: {
    wrong: (seen) =>
      person(seen) ??
      nothingLeft(seen) ??
      must(
        refusals(seen).some(({ why }) => /passed before do not pass/.test(why)),
        'no attempt was refused by the suite',
      ),
  },
  upstream: {
    wrong: (seen) =>
      must(seen.stage === 'no-code-cause', `it is ${seen.stage}`) ??
      nothingLeft(seen) ??
      must(seen.told.fixes.length === 0, 'a fix was tried'),
  },
  slow: {
    wrong: (seen) =>
      must(seen.told.issue.severity === 'P4', `it is a ${seen.told.issue.severity}`) ??
      person(seen) ??
      nothingLeft(seen) ??
      must(/95th percentile \d/.test(seen.told.diagnosis?.why ?? ''), 'it gives no percentiles'),
  },
  consequence: { wrong: rolledBack },
})

const must = (holds: boolean, why: string): string | null => (holds ? null : why)
const person = ({ stage }: Seen) => must(stage === 'needs-person', `it is ${stage}`)
const refusals = ({ told }: Seen) => told.fixes.filter((fix) => fix.state === 'refused')
const proven = (fixes: Fix[]): Proven[] => fixes.filter((fix): fix is Proven => fix.state === 'proven')

/** No branch, no release, no effect but notices. */
function nothingLeft({ told, branches }: Seen): string | null {
  const own = told.fixes.filter((fix) => branches.includes(branchOf(fix.id)))
  return (
    must(own.length === 0, 'it has a branch') ??
    must(told.release === null, 'it has a release') ??
    must(
      told.effects.every((effect) => effect.kind === 'tell'),
      'something left',
    )
  )
}

function cured(status: number) {
  return ({ told, stage, fixtures }: Seen): string | null => {
    const fix = proven(told.fixes).find(({ id }) => id === told.release?.fix)
    const text = fix && [...fixtures].find(([path]) => path.endsWith(`/${fix.id}.json`))?.[1]
    return (
      must(stage === 'cured', `it is ${stage}`) ??
      must(
        /^[\d.]+ expected, 0 seen/.test(told.release?.facts.cure?.sentence ?? ''),
        'it does not say what was expected',
      ) ??
      must(text !== undefined, 'its fixture is not on the production branch') ??
      must(JSON.parse(text ?? '{}').expect?.status === status, `its fixture does not expect ${status}`)
    )
  }
}

/** It passed staging; production showed a new error; it went back; and the same patch did not come again. */
function rolledBack(seen: Seen): string | null {
  const { told, releases } = seen
  const back = releases.find(({ state }) => state === 'rolled-back')
  const patch = proven(told.fixes).find(({ id }) => id === back?.fix)?.patch
  const again = told.fixes.filter(
    (fix) => fix.state === 'proven' && fix.patch === patch && !fix.withdrawn && !fix.superseded,
  )
  return (
    must(back !== undefined, 'it was not rolled back') ??
    must(back?.facts.soak?.verdict?.answer === 'healthy', 'it did not pass staging') ??
    must(/new error/.test(back?.facts.back?.why ?? ''), `it went back for another reason: ${back?.facts.back?.why}`) ??
    must(again.length === 0, 'the same patch came again') ??
    person(seen)
  )
}

/** Branches of ours and fixtures on the production branch, as an outsider sees them. */
export function gitOf(night: Night): Pick<Seen, 'branches' | 'fixtures'> {
  const lines = (text: string) => text.split('\n').filter(Boolean)
  // One commit for both questions: the branch may move between them.
  const main = night.git('rev-parse', 'main')
  const branches = lines(night.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/agent'))
  const paths = lines(night.git('ls-tree', '-r', '--name-only', main, 'tests/nightshift/'))
  return { branches, fixtures: new Map(paths.map((path) => [path, night.git('show', `${main}:${path}`)])) }
}

/** The issue of a fault, by its route in this app's words; null while there is none. */
export async function seen(
  night: Night,
  fault: Fault,
  words: Record<string, string>,
  outside: ReturnType<typeof gitOf>,
): Promise<Seen | null> {
  const project = (await projectBySlug(night.sql, 'clinic'))!
  const route = routeIn(ROUTES[fault], words)
  // What a release of ours brought has the route of the fault it was to cure, and came later.
  const [row] = await night.sql<{ id: number }[]>`
    select id from issues where project = ${project.id} and route = ${route} order by id limit 1`
  const told = row && (await story(night.sql, row.id))
  if (!told) return null
  const releases = await releasesOf(night.sql, row.id)
  const { stage } = stageOf({ ...told, project, now: new Date() })
  return { told, releases, stage, ...outside }
}

export function routeIn(route: string, words: Record<string, string>): string {
  const [method = '', path = ''] = route.split(' ')
  return `${method} ${renameText(path, words)}`
}
