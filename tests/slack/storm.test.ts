import { afterAll, expect, test } from 'vitest'
import { press } from '../../emulators/slackPeople.ts'
import type { Trouble } from '../../emulators/trouble.ts'
import { noticesOf } from '../../lib/store/notices.ts'
import { MEMBERS, type Office, openOffice } from './office.ts'

const opened: Office[] = []
afterAll(() => Promise.all(opened.map((one) => one.close())))

function drawing(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const TROUBLES: Trouble[] = [
  { kind: 'before', status: 503 },
  { kind: 'before', status: 200, body: '<html>' },
  { kind: 'before', status: 200, body: '{"ok":false,"error":"internal_error"}' },
  { kind: 'after', status: 500 },
  { kind: 'after', status: 200, body: '{"ok":false,"error":"fatal_error"}' },
  { kind: 'lost' },
  { kind: 'limit', seconds: 1 },
]

/** The most messages of one fix that could be answered at any one time. */
function watched(office: Office): () => number {
  let most = 0
  const { workspace } = office.slack
  const call = workspace.call.bind(workspace)
  workspace.call = (method, fields) => {
    const answer = call(method, fields)
    most = Math.max(most, office.live().length)
    return answer
  }
  return () => most
}

test.each([1, 2, 3, 4, 5])(
  'storm %i: whatever Slack does, each notice arrives once, in one thread, and one can be answered',
  async (seed) => {
    const office = await openOffice()
    opened.push(office)
    const draw = drawing(seed)
    const most = watched(office)
    const { sql } = office.db
    const storm = () => {
      for (let n = 0; n < 6; n++)
        office.slack.faults.push({
          on: [/chat\.postMessage/, /chat\.update/, /conversations/, /./][draw(4)]!,
          times: 1 + draw(2),
          what: TROUBLES[draw(TROUBLES.length)]!,
        })
    }
    storm()
    await office.work()
    for (let version = 2; version < 5; version++) {
      storm()
      await office.db.admin`update nightshift.projects set policy_version = ${version}`
      await office.db.admin`insert into nightshift.policies (project, version, by, level, cap_per_day, policy)
      select id, ${version}, 'test', level, cap_per_day, policy from nightshift.projects`
      await office.work()
    }
    office.slack.faults.length = 0
    await office.work()
    const told = (await noticesOf(sql, office.s.project, 100)).filter(({ kind }) => kind !== 'answered')
    const arrived = office.slack.workspace.messages.map(({ metadata }) => String(metadata?.event_payload.key))
    const skipped = (await sql<{ key: string }[]>`select key from deliveries where state = 'skipped'`).map(
      ({ key }) => key,
    )
    expect([...arrived, ...skipped].toSorted()).toEqual(told.map(({ key }) => key).toSorted())
    expect(new Set(arrived).size).toBe(arrived.length)
    expect(office.slack.workspace.messages.filter(({ thread }) => thread === null)).toHaveLength(1)
    expect(most()).toBe(1)
    const [ask] = office.live()
    expect(ask?.metadata?.event_payload.key).toBe('issue:1:asks:staging:1:4')
    await office.send('interactive', press(office.slack, MEMBERS.operator, ask!.ts, 'approve'))
    await office.flush()
    expect(office.live()).toEqual([])
  },
)
