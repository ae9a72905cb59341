import { ship } from '../../agents/releaser/releaser.ts'
import { tick } from '../../agents/tick.ts'
import { gitActor } from '../../lib/adapters/code.git.ts'
import { processDeploy } from '../../lib/adapters/deploy.process.ts'
import { inboxNotify } from '../../lib/adapters/notify.inbox.ts'
import { httpProbe } from '../../lib/adapters/probe.http.ts'
import { connect } from '../../lib/store/database.ts'
import type { Actor } from '../../lib/world.ts'
import { openClock } from './clock.ts'
import { type AtPoint, tapWire } from './wire.ts'

/**
 * One releaser as a process of its own, with the real adapters, that something happens to at one of its points: right
 * before or right after a write to the database, a call to git or a call to the host. Prints one JSON line at its end.
 */
export interface WorkerTask {
  databaseUrl: string
  adminUrl: string
  home: string
  host: { url: string; token: string }
  /** Number of the point, from 1; null never. */
  point: number | null
  /** kill: SIGKILL. drop: all its connections to the database end. lost: what was asked for is done, and the answer is
   * lost; before, it was never asked. stop: SIGSTOP, until somebody sends SIGCONT. */
  mode: 'kill' | 'drop' | 'lost' | 'stop'
  /** How production does once it is watched. */
  watch: 'well' | 'badly'
}

export interface WorkerEnd {
  /** Labels in order; the index is the point's number less one. */
  points: string[]
  state: string
  steps: number
  /** Times a lease and its deadlines had to pass before somebody could go on. */
  leases: number
  /** Most ticks after such a pass until anything moved. */
  ticksStuck: number
}

const task = JSON.parse(process.argv[2]!) as WorkerTask
const points: string[] = []
const clock = openClock(task)

const at: AtPoint = (label) => {
  points.push(label)
  if (points.length !== task.point) return 'on'
  clock.trouble()
  if (task.mode === 'kill') process.kill(process.pid, 'SIGKILL')
  if (task.mode === 'stop') {
    process.stdout.write('stopping\n')
    process.kill(process.pid, 'SIGSTOP')
  }
  return task.mode === 'lost' || task.mode === 'drop' ? 'cut' : 'on'
}

/** The same port, with a point before and after each call that does something. */
function tapped<T extends object>(port: T, name: string, calls: (keyof T & string)[]): T {
  const wrapped = { ...port }
  for (const call of calls) {
    const real = port[call] as (...args: unknown[]) => Promise<unknown>
    const instead = async (...args: unknown[]) => {
      if (at(`${name}.${call} before`) === 'cut') throw new Error('the connection was refused')
      const answer = await real.apply(port, args)
      if (at(`${name}.${call} after`) === 'cut') throw new Error('the answer was lost')
      return answer
    }
    Object.assign(wrapped, { [call]: instead })
  }
  return wrapped
}

const wire = await tapWire(task.databaseUrl, at)
const sql = connect(wire.url, 2)
const actor: Actor = {
  sql,
  clock,
  ring: () => undefined,
  code: (project) => tapped(gitActor(task.home, project), 'code', ['push', 'composeCommit']),
  deploy: (project) => tapped(processDeploy(task.host, project), 'deploy', ['create', 'promote', 'rollback', 'find']),
  probe: httpProbe,
  notify: inboxNotify(sql),
  tracker: () => null,
  channels: [],
  review: () => null,
  halted: false,
}

const MOST_STEPS = 200
let steps = 0
for (; steps < MOST_STEPS; steps++) {
  if (await clock.over()) break
  await clock.beforeTick()
  await tick(actor, 'releaser', (lease) => ship(actor, lease), { leaseSeconds: 60, deadlineMs: 1 }).catch(
    () => undefined,
  )
  await clock.afterTick()
}
const end: WorkerEnd = { points, state: await clock.state(), steps, ...clock.figures() }
process.stdout.write(`${JSON.stringify(end)}\n`)
process.exit(0)
