import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { both, policyOf, sandboxBody, sessionBody, snapshotBody } from './vercelSandboxBodies.ts'
import { runCommand } from './vercelSandboxCommands.ts'
import { EmulatedDisk } from './vercelSandboxDisk.ts'
import { EmulatedMachine, layRuntime } from './vercelSandboxMachine.ts'
import type { Answer, Call, CreateBody, EmulatedSandbox, EmulatedSnapshot } from './vercelSandboxTypes.ts'

const no = (status: number, code: string): Answer => ({ status, json: { error: { code, message: code } } })
const ok = (json: unknown): Answer => ({ status: 200, json })

/** State and behaviour: sandboxes by name, sessions by id, snapshots. */
export class SandboxService {
  readonly sandboxes = new Map<string, EmulatedSandbox>()
  readonly snapshots: EmulatedSnapshot[] = []
  /** Sandboxes that were ever made. */
  made = 0
  /** What it says of its network, when it does not say what was asked for: the policy, or nothing at all. */
  claims: 'truth' | 'allow-all' | 'nothing' = 'truth'
  /** Ignores the network policy: everything is reachable, whatever it claims. */
  firewall: 'on' | 'off' = 'on'
  /** What it puts into every machine's environment, asked or not. */
  environment: Record<string, string> = {}
  /** Names of those that are being made. */
  private readonly booting = new Set<string>()
  private readonly runtime: Promise<string>
  private readonly options: { folder: string; node: string; npm: string }

  constructor(options: { folder: string; node: string; npm: string }) {
    this.options = options
    this.runtime = layRuntime(join(options.folder, 'runtime'), options)
  }

  /** Those that cost money now. */
  running = () => [...this.sandboxes.values()].filter(({ status }) => status === 'running')

  async answer(call: Call): Promise<Answer> {
    const [, , , first = '', second = '', ...rest] = call.path.split('/').map(decodeURIComponent)
    if (first === '' && call.method === 'POST') return this.create(JSON.parse(call.body.toString('utf8')))
    if (first === 'sessions' && second !== '') return this.session(call, second, rest)
    if (first === 'snapshots') return this.snapshot(call, second)
    const sandbox = this.sandboxes.get(first)
    if (!sandbox) return no(404, 'not_found')
    if (call.method === 'GET') return ok(this.told(both(sandbox)))
    if (call.method !== 'DELETE') return no(405, 'not_emulated')
    await this.stop(sandbox)
    this.sandboxes.delete(first)
    return ok({ sandbox: sandboxBody(sandbox), routes: [] })
  }

  private told(body: ReturnType<typeof both>) {
    if (this.claims === 'truth') return body
    const networkPolicy = this.claims === 'nothing' ? undefined : { mode: this.claims }
    return { ...body, sandbox: { ...body.sandbox, networkPolicy }, session: { ...body.session, networkPolicy } }
  }

  private async create(asked: CreateBody): Promise<Answer> {
    const name = asked.name ?? `sandbox-${randomUUID()}`
    if (this.sandboxes.has(name) || this.booting.has(name)) return no(409, 'sandbox_already_exists')
    this.booting.add(name)
    try {
      return await this.boot(name, asked)
    } finally {
      this.booting.delete(name)
    }
  }

  private async boot(name: string, asked: CreateBody): Promise<Answer> {
    const session = `sbx_${randomUUID()}`
    const source = asked.source?.type === 'snapshot' ? String(asked.source.snapshotId) : null
    const snapshot = this.snapshots.find(({ id, status }) => id === source && status === 'created')
    if (source !== null && !snapshot) return no(410, 'snapshot_not_found')
    const disk = await EmulatedDisk.make(join(this.options.folder, session), snapshot?.layers ?? [])
    const machine = await EmulatedMachine.boot(disk, await this.runtime)
    const sandbox: EmulatedSandbox = {
      ...{ name, session, status: 'running', policy: policyOf(asked.networkPolicy), source, machine },
      ...{
        tags: asked.tags ?? {},
        env: { ...this.environment, ...asked.env },
        timeout: asked.timeout ?? 300_000,
        createdAt: Date.now(),
      },
      commands: new Map(),
      end: setTimeout(() => void this.stop(sandbox), asked.timeout ?? 300_000).unref(),
    }
    this.made += 1
    this.sandboxes.set(name, sandbox)
    return ok(this.told(both(sandbox)))
  }

  /** Anew, when it was given more time. */
  private endsInTime(sandbox: EmulatedSandbox): void {
    clearTimeout(sandbox.end)
    const left = sandbox.createdAt + sandbox.timeout - Date.now()
    sandbox.end = setTimeout(() => void this.stop(sandbox), left).unref()
  }

  async stop(sandbox: EmulatedSandbox): Promise<void> {
    if (sandbox.status === 'stopped') return
    sandbox.status = 'stopped'
    clearTimeout(sandbox.end)
    await sandbox.machine.halt()
    await sandbox.machine.disk.remove()
  }

  private async session(call: Call, id: string, [what = '', ...rest]: string[]): Promise<Answer> {
    const sandbox = [...this.sandboxes.values()].find(({ session }) => session === id)
    if (!sandbox) return no(404, 'not_found')
    if (what === 'stop') {
      await this.stop(sandbox)
      return ok({ session: sessionBody(sandbox), sandbox: sandboxBody(sandbox) })
    }
    if (sandbox.status !== 'running') return no(410, 'sandbox_stopped')
    if (what === 'snapshot') return this.take(sandbox, call.body)
    if (what === 'network-policy') {
      sandbox.policy = policyOf(JSON.parse(call.body.toString('utf8')))
      return ok({ session: sessionBody(sandbox) })
    }
    if (what === 'extend-timeout') {
      sandbox.timeout += Number(JSON.parse(call.body.toString('utf8')).duration)
      this.endsInTime(sandbox)
      return ok({ session: sessionBody(sandbox) })
    }
    const open = this.firewall === 'off' || sandbox.policy.mode !== 'deny-all'
    return runCommand(sandbox, open, call, what, rest)
  }

  /** Stops the machine and keeps its disk. */
  private async take(sandbox: EmulatedSandbox, body: Buffer): Promise<Answer> {
    const id = `snap_${randomUUID()}`
    await sandbox.machine.halt()
    const layers = await sandbox.machine.disk.keepAt(join(this.options.folder, id))
    await this.stop(sandbox)
    const expiration = body.length === 0 ? null : (JSON.parse(body.toString('utf8')).expiration ?? null)
    const { name, session } = sandbox
    const taken = { id, name, session, layers, status: 'created' as const, createdAt: Date.now(), expiration }
    this.snapshots.push(taken)
    return ok({ snapshot: snapshotBody(taken), session: sessionBody(sandbox) })
  }

  private async snapshot(call: Call, id: string): Promise<Answer> {
    if (id === '') {
      const all = this.snapshots.filter(({ name }) => name === call.query.get('name')).reverse()
      return ok({ snapshots: all.map(snapshotBody), pagination: { count: all.length, next: null } })
    }
    const found = this.snapshots.find((snapshot) => snapshot.id === id)
    if (!found) return no(404, 'not_found')
    if (call.method === 'DELETE') await this.forget(found)
    return ok({ snapshot: snapshotBody(found) })
  }

  /** As when it expires. A layer that others stand on stays until they are gone. */
  async forget(snapshot: EmulatedSnapshot): Promise<void> {
    snapshot.status = 'deleted'
    const kept = this.snapshots.filter(({ status }) => status === 'created').flatMap(({ layers }) => layers)
    const used = this.running().flatMap(({ machine }) => machine.disk.layers)
    for (const layer of snapshot.layers)
      if (!kept.includes(layer) && !used.includes(layer)) await rm(layer, { recursive: true, force: true })
  }

  async close(): Promise<void> {
    for (const sandbox of this.sandboxes.values()) await this.stop(sandbox)
    for (const snapshot of this.snapshots) await this.forget(snapshot)
  }
}
