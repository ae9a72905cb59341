import type { Trouble } from '../../emulators/trouble.ts'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Project } from '../../lib/domain/project.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { random } from '../stories/kills.ts'
import { mortal } from './killed.ts'
import { type Pulling, pulling } from './pulls.ts'
import { FIX } from './release.ts'

export interface Drawn {
  watch: 'well' | 'badly'
  /** Where its first worker dies; null nowhere. */
  point: number | null
  /** Which calls are troubled once, and how. */
  faults: [RegExp, Trouble][]
}

const CHANGES = [
  /POST .*\/pulls$/,
  /PUT .*\/merge$/,
  /POST .*refs$/,
  /POST .*comments$/,
  /POST .*deployments$/,
  /POST .*labels$/,
]
const TROUBLES: Trouble[] = [{ kind: 'lost' }, { kind: 'after', status: 502 }, { kind: 'before', status: 502 }]

/** Cases by a seed: half of them with a worker that dies, all of them with answers that go wrong. */
export function drawn(seed: number, n: number, points: number): Drawn[] {
  const next = random(seed)
  const pick = (of: number) => Math.floor(next() * of)
  return Array.from({ length: n }, (_, i) => ({
    watch: i % 2 === 0 ? 'well' : 'badly',
    point: next() < 0.75 ? 1 + pick(points) : null,
    faults: CHANGES.filter(() => next() < 0.4).map((on): [RegExp, Trouble] => [on, TROUBLES[pick(TROUBLES.length)]!]),
  }))
}

const ONE = { comments: 2, deployments: 2, 'auto-merge': 0, moved: 0 }
/** One of everything, whatever happened on the way. */
export const RIGHT = {
  well: { state: 'cured', pulls: 2, merges: 2, branches: 1, ...ONE, problems: [] },
  // Two more, that take it out of both branches again; their comments are the release's two.
  badly: { state: 'rolled-back', pulls: 4, merges: 4, branches: 3, ...ONE, problems: [] },
}

const MOST_STEPS = 160

/** Runs a release to its end, and counts at the emulator. */
export async function counted({
  watch,
  point,
  faults,
}: Drawn): Promise<{ points: string[]; is: object; waits: string }> {
  const life = mortal(point)
  const REVIEW = ['open', 'ready', 'comment', 'merge', 'close', 'showDeployed'] as const
  const p = await pulling({ around: (review) => life.port(review, 'review', [...REVIEW]) })
  try {
    const { code } = p.actor
    p.actor.sql = life.sql(p.db.sql)
    p.actor.code = (project: Project) => life.port(code(project), 'code', ['push', 'composeCommit'])
    for (const [on, what] of faults) p.github.faults.push({ on, what, times: 1 })
    await toTheEnd(p, watch, () => {
      if (life.dead) p.renew()
      life.dead = false
    })
    const release = await releaseOfFix(p.db.sql, FIX)
    const { problems } = await verifyAudit(p.db.sql, p.project)
    const is = {
      ...{ state: release?.state, pulls: p.count('pull'), merges: p.count('merge'), branches: p.count('ref-created') },
      ...{ comments: p.count('comment'), deployments: p.count('deployment'), 'auto-merge': p.count('auto-merge') },
      ...{ moved: p.count('ref-moved'), problems },
    }
    return { points: life.points, is, waits: await p.sentence() }
  } finally {
    await p.end()
  }
}

async function toTheEnd(p: Pulling, watch: Drawn['watch'], revive: () => void): Promise<void> {
  let seen = ''
  const end = watch === 'well' ? 'cured' : 'rolled-back'
  const next = async (step: Promise<unknown>) => {
    await step.catch(() => undefined)
    revive()
  }
  for (let i = 0; i < MOST_STEPS; i++) {
    await next(p.step())
    const state = (await releaseOfFix(p.db.sql, FIX))?.state
    if (state && state !== seen) {
      seen = state
      if (state === 'watching') await p.see(400, watch === 'well' ? 0 : 300)
      await next(p.told())
    }
    if (state === end) break
  }
  for (let i = 0; i < 6; i++) {
    await next(p.told())
    await p.db
      .admin`update nightshift.effects set deadline = now() - interval '1 s' where state = 'sending' and class = 'tell'`
  }
}
