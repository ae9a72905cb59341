import { join } from 'node:path'
import { z } from 'zod'
import type { Probe, SandboxResult, SandboxRun, SelfTest } from '../../domain/sandbox.ts'
import { Fault } from '../../errors.ts'
import { accountHome } from './account.ts'
import { type Bait, layBait } from './bait.ts'
import type { Part } from './enter.ts'
import { harms, tryHarm } from './harm.ts'
import type { Slot } from './slot.ts'
import type { Unavailable } from './unavailable.ts'

const Probes = z.array(z.strictObject({ name: z.string(), contained: z.boolean(), detail: z.string() }))

/** What is in force, as an engine says it. */
export interface Boundary {
  describe(): Promise<{ boundary: string; filtered: boolean }>
  /** What stands in the way, from what was said when it did not start, and what removes it. */
  explain(said: string): Promise<Unavailable>
}

/** What a self-test needs of the adapter it tests. */
interface Subject extends Boundary {
  home: string
  programs: string
  /** Folders of this machine that runs are meant to see where they are; none when absent. */
  atHome?: string[]
  /** Every probe; without it the ones that fit into a boot. */
  full: boolean
  run(run: SandboxRun): Promise<SandboxResult>
  /** Folders of this machine a run leaves something in; absent where none does. */
  folders?: {
    withSlot<T>(use: (slot: Slot) => Promise<T>): Promise<T>
    enter(slot: Slot, part: Part, limits: SandboxRun['limits']): Promise<SandboxResult>
  }
  /** Probes of walls that only this engine has. */
  more?(): Promise<Probe[]>
}

async function tryReach(subject: Subject, bait: Bait, filtered: boolean): Promise<Probe[]> {
  const secrets = [
    ...bait.canaries,
    subject.home,
    join(subject.programs, 'package.json'),
    accountHome() ?? '/root',
    '/root',
  ]
  secrets.push('/var/lib', '/var/log', '/etc/shadow', '/run', '/boot', '/srv', '/mnt', '/etc/hostname', '/sys')
  const locked = [
    '/proc/sys/kernel/core_pattern',
    '/proc/sys/vm/overcommit_memory',
    '/proc/sysrq-trigger',
    '/usr/bin/env',
  ]
  locked.push('/etc/passwd', '/opt/node/bin/node', '/nightshift/lib/errors.js', '/nightshift/source/seen')
  const argument = JSON.stringify({
    port: bait.port,
    abstract: bait.abstract,
    secrets,
    meant: subject.atHome ?? [],
    locked,
    filtered,
  })
  const result = await subject.run({
    files: [{ path: 'seen', bytes: Buffer.from('x') }],
    argv: ['node', '/nightshift/lib/adapters/sandbox/probes/reach.mjs', argument],
    limits: { wallMs: 60_000 },
  })
  if (result.exit !== 0) throw new Fault('SANDBOX_UNAVAILABLE', result.stderr.slice(0, 300) || result.end)
  // The addresses reach.mjs dials: two outside by IPv4, the metadata service, and a name server. IPv6 may be absent.
  const counted = { name: 'egress counted', contained: result.egress >= 4, detail: `${result.egress} attempts` }
  const reached = { name: 'host listeners', contained: bait.reached() === 0, detail: `${bait.reached()} connections` }
  return [...Probes.parse(JSON.parse(result.stdout)), counted, reached]
}

/** Links planted where the host later tidies up, as an install leaves them: what they lead to stays untouched. */
function tryLinks(folders: NonNullable<Subject['folders']>, bait: Bait): Promise<Probe> {
  return folders
    .withSlot((slot) => {
      const argv = ['node', '/nightshift/lib/adapters/sandbox/probes/harm.mjs', 'links', bait.canaries[0] ?? '']
      return folders.enter(slot, { workspace: { bind: slot.files }, registry: null, env: {}, argv }, {})
    })
    .then(async ({ stdout }) => {
      const contained = stdout.includes('planted') && (await bait.intact())
      return { name: 'planted links', contained, detail: stdout.trim().replaceAll('\n', ', ') }
    })
}

const said = (error: unknown) =>
  error instanceof Fault ? error.detail : error instanceof Error ? error.message : String(error)

/** Runs probe programs as if they were the test suite. Never throws: what goes wrong is the answer. */
export async function selfTest(subject: Subject): Promise<SelfTest> {
  let boundary = 'none'
  const probes: Probe[] = []
  let bait: Bait | null = null
  try {
    const found = await subject.describe()
    await subject.run({ files: [], argv: ['sh', '-c', 'true'], limits: { wallMs: 60_000 } })
    boundary = found.boundary
    bait = await layBait(subject.home)
    probes.push(...(await tryReach(subject, bait, found.filtered)))
    for (const harm of harms(bait, subject.full)) probes.push(await tryHarm(subject.run, harm))
    if (subject.full && subject.folders) probes.push(await tryLinks(subject.folders, bait))
    if (subject.more) probes.push(...(await subject.more()))
  } catch (error) {
    return { ok: false, boundary: 'none', probes, ...(await subject.explain(said(error))) }
  } finally {
    await bait?.remove()
  }
  const open = probes.filter((probe) => !probe.contained).map((probe) => `${probe.name} (${probe.detail})`)
  if (open.length === 0) return { ok: true, boundary, probes }
  const remedy = 'Compare with docs/sandbox.md; until every probe is contained nothing is run here'
  return { ok: false, boundary, probes, why: `Not contained: ${open.join(', ')}.`, remedy }
}
