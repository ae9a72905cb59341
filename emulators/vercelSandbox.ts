import { type Emulated, emulate, type Heard } from './service.ts'
import type { Reply } from './trouble.ts'
import { SandboxService } from './vercelSandboxService.ts'
import type { Answer, Call } from './vercelSandboxTypes.ts'

export interface EmulatedSandboxes extends Emulated {
  /** The only login it accepts. */
  token: string
  teamId: string
  projectId: string
  /** Every call in order, as it arrived. */
  log: Call[]
  service: SandboxService
}

export interface EmulatorOptions {
  /** Where disks of machines and snapshots are kept. */
  folder: string
  /** A Node binary and npm's own folder, for machines to have. */
  node: string
  npm: string
}

/**
 * The part of Vercel's API that its sandbox SDK calls, with machines that really run programs: namespaces of their own on
 * this one, a disk each, snapshots as layers under it. Takes root. What it leaves out: regions, drives, ports, persistence,
 * quotas, and a firewall: a machine with a list of hosts has this one's whole network.
 */
export async function emulateSandboxes(options: EmulatorOptions): Promise<EmulatedSandboxes> {
  const service = new SandboxService(options)
  const log: Call[] = []
  const login = { token: 'token-of-the-emulated-account', teamId: 'team_emulated', projectId: 'prj_emulated' }

  async function answer(heard: Heard): Promise<Reply> {
    if (heard.headers.authorization !== `Bearer ${login.token}`) return told(refusal(403, 'forbidden'))
    if (heard.url.searchParams.get('teamId') !== login.teamId) return told(refusal(404, 'not_found'))
    return told(await service.answer(callOf(heard)))
  }

  const door = await emulate({
    note(heard) {
      const call = callOf(heard)
      log.push(call)
      return `${call.method} ${call.path}`
    },
    answer,
    refusal: (status, why) => told(refusal(status, why)),
    limited: ({ seconds }) => ({
      ...told(refusal(429, 'rate_limited')),
      headers: { 'retry-after': String(seconds) },
    }),
  })
  const { close } = door
  return Object.assign(door, {
    ...{ ...login, log, service },
    close: async () => {
      await close()
      await service.close()
    },
  })
}

const callOf = ({ method, url, body, headers }: Heard): Call => ({
  ...{ method, path: url.pathname.replace(/^\/api/, ''), query: url.searchParams, body },
  headers: headers as Record<string, string>,
})

const refusal = (status: number, code: string): Answer => ({ status, json: { error: { code, message: code } } })

function told({ status, json, bytes, rows }: Answer): Reply {
  const of = (type: string, body: Reply['body']): Reply => ({ status, body, headers: { 'content-type': type } })
  if (bytes) return of('application/octet-stream', bytes)
  if (!rows) return of('application/json', JSON.stringify(json))
  return of('application/x-ndjson', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}
