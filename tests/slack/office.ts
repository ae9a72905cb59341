import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sql } from 'postgres'
import { command } from '../../app/slack/command.ts'
import type { SlackDoor } from '../../app/slack/door.ts'
import { interactive } from '../../app/slack/interactive.ts'
import { type EmulatedSlack, emulateSlack } from '../../emulators/slack.ts'
import { buttonsOf } from '../../emulators/slackBlocks.ts'
import { deliver, type SignedRequest } from '../../emulators/slackPeople.ts'
import type { SlackMessage } from '../../emulators/slackWorkspace.ts'
import { slackNotify } from '../../lib/adapters/notify.slack.ts'
import { slackChat } from '../../lib/adapters/slack/chat.ts'
import type { Project } from '../../lib/domain/project.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { type Desk, openDesk } from '../actions/desk.ts'
import { type Shipping, shipping } from '../agents/release.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

/** Members of the workspace; nobody linked the last one. */
export const MEMBERS = { owner: 'U0OWNER', operator: 'U0OPERATOR', viewer: 'U0VIEWER', stranger: 'U0STRANGER' }

const PAGES = 'https://night.example'
/** `LOOK_MS` of passOn: nothing is left but to see whether what is asked is still asked. */
const LOOKS_MS = 5000

/** A real gate and releaser with a workspace of Slack beside them, and doors that Slack can knock at. */
export interface Office {
  db: FreshDatabase
  slack: EmulatedSlack
  s: Shipping
  desk: Desk
  project(): Promise<Project>
  /** Runs what there is to be told until nothing is due, however long calls would have to be waited for. */
  flush(): Promise<void>
  /** The releaser's steps until it waits for a person or is at its end, and then what there is to be told. */
  work(): Promise<void>
  /** Messages that can be answered. */
  live(): SlackMessage[]
  /** Sends it to a door and waits for everything it began. */
  send(door: 'interactive' | 'command', request: SignedRequest): ReturnType<typeof deliver>
  /** What people were answered, oldest first. */
  answers(): string[]
  close(): Promise<void>
}

export async function openOffice(level: 1 | 2 = 1, policy: object = {}): Promise<Office> {
  const db = await freshDatabase()
  const slack = await emulateSlack()
  const notify = slackNotify(db.sql, { ...slack, pages: PAGES })
  const s = await shipping(db, policy, level, { channels: [{ name: 'slack', notify }] })
  s.host.answers['/launch'] = 404
  const desk = await openDesk(db.sql, db.admin)
  for (const role of ['owner', 'operator', 'viewer'] as const)
    await db.admin`update nightshift.people set slack_id = ${MEMBERS[role]} where id = ${desk.people[role].person}`
  const doors = await openDoors(db.sql, slack, desk)
  const subject = `notices:${s.project}`
  const live = () => slack.workspace.messages.filter(({ blocks }) => buttonsOf(blocks).some(({ value }) => value))
  const office: Office = {
    ...{ db, slack, s, desk, live },
    project: async () => (await projectById(db.sql, s.project))!,
    async flush() {
      for (let n = 0; n < 200; n++) {
        if ((await db.sql`select 1 from work where subject = ${subject}`).length === 0) return
        await db.admin`update nightshift.deliveries set due_at = now() - interval '1 s' where state = 'waiting'`
        const next = await s.stepOf(subject)
        await db.admin`update nightshift.effects set deadline = now() - interval '1 s' where state = 'sending' and class = 'tell'`
        if (next === 'done') return
        const waits = await db.sql`select 1 from deliveries where state = 'waiting'`
        if (next.inMs >= LOOKS_MS && waits.length === 0) return
      }
      throw new Error(`It has always something to tell: ${JSON.stringify(await db.sql`select * from deliveries`)}`)
    },
    async work() {
      for (let n = 0; n < 12; n++) await s.step()
      await office.flush()
    },
    send: doors.send,
    answers: () => slack.replies.map(({ body }) => String(body.text)),
    async close() {
      await doors.close()
      await slack.close()
      s.close()
      desk.close()
      await db.drop()
    },
  }
  return office
}

/** The two addresses behind a server, without Next. */
async function openDoors(sql: Sql, slack: EmulatedSlack, desk: Desk) {
  const begun: Promise<void>[] = []
  const door: SlackDoor = {
    secret: slack.signingSecret,
    later: (work) => void begun.push(work),
    failed: () => undefined,
  }
  const world = { ...desk.control, sql, halted: false, chat: slackChat({ ...slack, pages: PAGES }) }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const asked = new Request(`http://door${request.url}`, {
      method: 'POST',
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks),
    })
    const answer = await (request.url === '/command' ? command : interactive)(asked, door, world)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    async send(to: 'interactive' | 'command', request: SignedRequest) {
      const answered = await deliver(`${url}/${to}`, request)
      await Promise.all(begun)
      return answered
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
