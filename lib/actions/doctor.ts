import type { Sql } from 'postgres'
import { type Area, type Finding, ill, type Look, noted, well } from '../domain/finding.ts'
import type { Project } from '../domain/project.ts'
import { AGENTS } from '../domain/work.ts'
import {
  byArea,
  drivenFinding,
  hintFinding,
  inSum,
  sourceFinding,
  successFinding,
  verdictOf,
} from '../policy/findings.ts'
import { roleProblem } from '../store/database.ts'
import { type Caller, lastHeard } from '../store/heard.ts'
import { databaseHealth, lastDelivered, lastSuccess } from '../store/lastSuccess.ts'
import { sourcesOf } from '../store/sources.ts'
import type { Clock } from '../world.ts'

export interface Examined {
  state: Finding['state']
  /** One sentence for the whole. */
  sum: string
  areas: ReturnType<typeof byArea>
}

export interface Examination {
  projects: Project[]
  /** Those whose doors are open here: what they last sent is looked up. */
  callers: [name: string, caller: Caller][]
  /** Whether a drain counts requests here, and whether a model is asked at all. */
  drains: boolean
  model: boolean
  halted: boolean
  /** What the adapters find; harmless calls alone. */
  outside(): Promise<Look[]>
}

/** Everything Nightshift stands on, looked at once: calls that read, and rows. Changes nothing. */
export async function examined(world: { sql: Sql; clock: Clock }, asked: Examination): Promise<Examined> {
  const [outside, ...inside] = await Promise.all([
    asked.outside(),
    database(world),
    heard(world, asked.callers),
    ...asked.projects.map((project) => rows(world, asked, project)),
  ])
  const switched = asked.halted
    ? noted('kill switch', 'it is on: nothing leaves but notices', 'Start without KILL_SWITCH=on to go on.')
    : well('kill switch', 'it is off')
  const looks = [...inside.flat(), ...of('server', null, [switched]), ...outside]
  return { state: verdictOf(looks), sum: inSum(looks), areas: byArea(looks) }
}

const of = (area: Area, project: string | null, findings: Finding[]): Look[] =>
  findings.map((finding) => ({ ...finding, area, project }))

async function database({ sql, clock }: { sql: Sql; clock: Clock }): Promise<Look[]> {
  const before = clock.now().getTime()
  const [problem, { now, people, owners }] = await Promise.all([roleProblem(sql), databaseHealth(sql)])
  const took = clock.now().getTime() - before
  const off = now.getTime() - (before + took / 2)
  const role = problem
    ? ill('login', problem, 'Log in as nightshift_app: what may rewrite the audit makes it worthless.')
    : well('login', 'it owns nothing and cannot rewrite the audit')
  const someone =
    owners > 0
      ? well('people', `${people}, ${owners} of them an owner`)
      : ill('people', 'there is no owner, so nobody can decide', 'Start once more: the first start makes one.')
  // Leases and windows are by the database's clock alone; what people and signatures see is by this one.
  const clocks =
    Math.abs(off) > 10_000 + took
      ? noted(
          'PostgreSQL',
          `our clock is ${Math.round(Math.abs(off) / 1000)} s off`,
          'Let both be set by the network (NTP).',
        )
      : well('PostgreSQL', 'the clocks agree')
  return [
    ...of('database', null, [role, well('answers', `within ${took} ms`), someone]),
    ...of('clock', null, [clocks]),
  ]
}

async function heard({ sql, clock }: { sql: Sql; clock: Clock }, callers: Examination['callers']): Promise<Look[]> {
  const last = await lastHeard(sql)
  const now = clock.now()
  return [
    ...of(
      'agents',
      null,
      AGENTS.map((agent) => drivenFinding(agent, last.get(`agent:${agent}`) ?? null, now)),
    ),
    ...of(
      'doors',
      null,
      callers.map(([name, caller]) => hintFinding(`last of ${name}`, last.get(caller) ?? null, now)),
    ),
  ]
}

/** What the rows of one project say about when each part last did what it is for. */
async function rows(
  { sql, clock }: { sql: Sql; clock: Clock },
  { drains, model }: Examination,
  project: Project,
): Promise<Look[]> {
  const now = clock.now()
  const [last, sources, deliveries] = await Promise.all([
    lastSuccess(sql, project.id),
    sourcesOf(sql, project.id),
    lastDelivered(sql, project.id),
  ])
  const here = (area: Area, findings: Finding[]) => of(area, project.slug, findings)
  return [
    ...here('code', [successFinding('last push or merge', last.pushed, now)]),
    ...here('deploy', [successFinding('last deployment of ours', last.deployed, now)]),
    ...here('sources', [
      last.event
        ? successFinding('last event', last.event, now)
        : noted('last event', 'none has come yet', 'Give the app its DSN, deploy, and cause one error on purpose.'),
      ...sources.map((source) => sourceFinding(source, now)),
      ...(drains ? [successFinding('last counted requests', last.drained, now)] : []),
    ]),
    ...(model ? here('model', [successFinding('last answer', last.answered, now)]) : []),
    ...here(
      'notify',
      deliveries.map(({ channel, at, waiting, why }) =>
        waiting > 0
          ? noted(
              `last by ${channel}`,
              `${waiting} wait: ${why}`,
              'Nothing to do if it passes; the inbox has everything.',
            )
          : successFinding(`last by ${channel}`, at, now),
      ),
    ),
  ]
}
