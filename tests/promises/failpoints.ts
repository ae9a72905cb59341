import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { random } from '../stories/kills.ts'
import { counted, type Ground, openGround, RIGHT, startWorker } from './ground.ts'
import type { WorkerEnd, WorkerTask } from './worker.ts'

/** One thing that goes wrong at one point of a release. */
export interface Case {
  watch: WorkerTask['watch']
  point: number
  label: string
  mode: WorkerTask['mode']
}

export interface Verdict {
  case: Case
  /** What is not as it has to be; empty when all is. */
  problems: string[]
  leases: number
  ticksStuck: number
}

/** The points of an undisturbed release, which is right itself. */
export async function pointsOf(watch: WorkerTask['watch']): Promise<string[]> {
  const ground = await openGround(watch)
  try {
    const end = await startWorker(ground.task).ended
    const problems = await problemsOf(ground, end)
    if (problems.length > 0) throw new Error(`undisturbed, and not right: ${problems.join('; ')}`)
    return end!.points
  } finally {
    await ground.close()
  }
}

const MODES = ['kill', 'drop', 'lost'] as const

/** Cases drawn by a seed: each is a path, one of its points, and what happens there. */
export function drawn(points: Record<WorkerTask['watch'], string[]>, seed: number, n: number): Case[] {
  const next = random(seed)
  const pick = (of: number) => Math.floor(next() * of)
  return Array.from({ length: n }, (_, i) => {
    const watch = i % 2 === 0 ? 'badly' : 'well'
    const point = 1 + pick(points[watch].length)
    return { watch, point, label: points[watch][point - 1]!, mode: MODES[pick(MODES.length)]! }
  })
}

/** Runs to the point, lets it happen, and lets whoever is left finish. */
export async function disturbed(one: Case): Promise<Verdict> {
  const ground = await openGround(one.watch)
  try {
    const task = { ...ground.task, point: one.point, mode: one.mode }
    const first = startWorker(task)
    const end = one.mode === 'stop' ? await stopped(ground, first) : await first.ended
    // Killed: somebody else goes on.
    const last = end ?? (await startWorker(ground.task).ended)
    return {
      case: one,
      problems: await problemsOf(ground, last),
      leases: last?.leases ?? 0,
      ticksStuck: last?.ticksStuck ?? 0,
    }
  } finally {
    await ground.close()
  }
}

/** Stopped past its lease and its deadline while another one finishes, and then let go on. */
async function stopped(ground: Ground, first: ReturnType<typeof startWorker>): Promise<WorkerEnd | null> {
  await first.stopping
  const second = await startWorker(ground.task).ended
  first.child.kill('SIGCONT')
  await first.ended
  return second
}

/** A worker that goes on has the lease and two ticks; then something must have moved. */
const TICKS = 2

async function problemsOf(ground: Ground, end: WorkerEnd | null): Promise<string[]> {
  const { watch } = ground.task
  const problems: string[] = []
  const wanted = watch === 'well' ? 'cured' : 'rolled-back'
  if (end?.state !== wanted) problems.push(`it ended ${end?.state}`)
  if ((end?.ticksStuck ?? 0) > TICKS) problems.push(`nothing moved for ${end?.ticksStuck} ticks`)
  const happened = counted(ground)
  for (const [what, n] of Object.entries(RIGHT[watch])) {
    const seen = happened[what as keyof typeof happened]
    if (seen !== n) problems.push(`${what}: ${seen}, not ${n}`)
  }
  const audit = await verifyAudit(ground.db.sql, 1)
  return [...problems, ...audit.problems.map(({ seq, problem }) => `audit ${seq}: ${problem}`)]
}

/** Runs all cases, a few side by side. */
export async function all(cases: Case[], sideBySide = 3): Promise<Verdict[]> {
  const left = [...cases]
  const verdicts: Verdict[] = []
  const worker = async () => {
    for (let one = left.shift(); one; one = left.shift()) verdicts.push(await disturbed(one))
  }
  // One that breaks does not leave the others' processes behind.
  const ended = await Promise.allSettled(Array.from({ length: sideBySide }, worker))
  for (const one of ended) if (one.status === 'rejected') throw one.reason
  return verdicts
}

export const bad = (verdicts: Verdict[]) =>
  verdicts.filter(({ problems }) => problems.length > 0).map(({ case: one, problems }) => ({ ...one, problems }))
