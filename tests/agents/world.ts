import type { Sql } from 'postgres'
import { registerProject } from '../../lib/actions/registerProject.ts'
import type { Serving, Traffic } from '../../lib/domain/deployment.ts'
import { blobOid } from '../../lib/domain/gitTree.ts'
import type { Commit, Entry } from '../../lib/domain/tree.ts'
import type { Agent } from '../../lib/domain/work.ts'
import { insertEvent } from '../../lib/store/events.ts'
import type { Reader, Source } from '../../lib/world.ts'

export const SHA = 'a'.repeat(40)
export const OLD = 'b'.repeat(40)

/** One commit in memory, with who wrote which file, and a host that served it. */
export interface SmallWorld {
  reader: Reader
  project: number
  rings: Agent[]
  traffic: Traffic[]
  files: Record<string, string>
  /** What `OLD` held, where that is something else. */
  before: Record<string, string> | null
  serving: Serving | null
  sources: Source[]
  /** Stores an event as ingest does; returns its id. */
  event(more?: object): Promise<string>
}

export async function smallWorld(sql: Sql): Promise<SmallWorld> {
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  const { id: project } = await registerProject(sql, { slug: 'shop', name: 'Shop', level: 2, settings })
  const rings: Agent[] = []
  const files: Record<string, string> = { 'src/launch.ts': 'line one\n  return practice.id\nline three\n' }
  let ids = 0
  const world: SmallWorld = {
    project,
    rings,
    files,
    before: null,
    traffic: [],
    sources: [],
    serving: { environment: 'production', deployment: 'd1', revision: 1, sha: SHA, url: 'http://127.0.0.1:1' },
    reader: {
      sql,
      clock: { now: () => new Date() },
      ring: (agent) => rings.push(agent),
      model: null,
      code: () => ({
        head: async () => SHA,
        commit: async (sha) => commitOf(sha),
        files: async (sha) => {
          if (sha !== SHA && sha !== OLD) throw new Error('unknown commit')
          return Object.entries((sha === OLD && world.before) || files).map(
            ([path, text]): Entry => ({ path, mode: '100644', oid: blobOid(Buffer.from(text)), size: text.length }),
          )
        },
        blob: async (oid) => {
          const texts = [...Object.values(files), ...Object.values(world.before ?? {})]
          return Buffer.from(texts.find((text) => blobOid(Buffer.from(text)) === oid) ?? '')
        },
        blobs: async (entries) => Promise.all(entries.map(({ oid }) => world.reader.code(null as never).blob(oid))),
        blame: async (sha) => commitOf(sha),
        isAncestor: async (a, b) => a === b || (a === OLD && b === SHA),
        branches: async () => [{ name: 'main', head: SHA }],
        diff: async () => '',
      }),
      deploy: () => ({
        serving: async () => world.serving,
        deployment: async () => null,
        traffic: async (environment) => world.traffic.filter((row) => row.environment === environment),
      }),
      sources: () => world.sources,
    },
    async event(more = {}) {
      const id = (++ids).toString(16).padStart(32, '0')
      await insertEvent(sql, project, 'sentry', id, { ...launchEvent(), ...more } as never)
      return id
    },
  }
  return world
}

const commitOf = (sha: string): Commit => ({
  sha,
  tree: sha,
  parents: [],
  author: 'Ada',
  at: '2026-11-01T00:00:00Z',
  subject: 'Add launch',
})

/** The shape the SDK sends, as it lies in the table: redacted, the user hashed. */
export function launchEvent(): Record<string, unknown> {
  return {
    level: 'error',
    environment: 'production',
    release: SHA,
    transaction: 'POST /api/campaigns/launch',
    user: { id: 'user:0123456789abcdef' },
    request: {
      method: 'POST',
      url: 'http://localhost:3001/api/campaigns/launch',
      headers: { 'content-type': 'application/json' },
      data: '{"practiceId":"p-97"}',
    },
    exception: {
      values: [
        {
          type: 'TypeError',
          value: "Cannot read properties of undefined (reading 'id')",
          mechanism: { type: 'generic', handled: false },
          stacktrace: {
            frames: [
              {
                filename: '/app/src/launch.ts',
                function: 'launch',
                lineno: 2,
                colno: 19,
                in_app: true,
                context_line: '  return practice.id',
              },
            ],
          },
        },
      ],
    },
  }
}

export const minute = (environment: 'production' | 'staging', more: Partial<Traffic> = {}): Traffic => ({
  environment,
  sha: SHA,
  route: 'POST /api/campaigns/launch',
  minute: new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString(),
  requests: 100,
  failed: 10,
  latency: [100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...more,
})
