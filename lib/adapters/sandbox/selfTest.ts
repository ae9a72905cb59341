import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Probe, SandboxResult, SandboxRun, SelfTest } from '../../domain/sandbox.ts'
import { DEFAULT_LIMITS } from '../../domain/sandbox.ts'
import { Fault } from '../../errors.ts'
import { accountHome } from './account.ts'
import { type Bait, layBait } from './bait.ts'
import { groupName, openCgroup } from './cgroup.ts'
import type { House, Part } from './enter.ts'
import { exactly } from './environment.ts'
import { harms, tryHarm } from './harm.ts'
import type { Slot } from './slot.ts'
import { explain } from './unavailable.ts'

const execute = promisify(execFile)
const Probes = z.array(z.strictObject({ name: z.string(), contained: z.boolean(), detail: z.string() }))

/** What a self-test needs of the adapter it tests. */
export interface Subject {
  home: string
  programs: string
  bwrap?: string
  /** Every probe; without it the ones that fit into a boot. */
  full: boolean
  open(): Promise<House>
  run(run: SandboxRun): Promise<SandboxResult>
  withSlot<T>(use: (slot: Slot) => Promise<T>): Promise<T>
  enter(slot: Slot, part: Part, limits: SandboxRun['limits']): Promise<SandboxResult>
}

/** Which boundary is in force, said plainly. */
async function describe(house: House, version: string): Promise<string> {
  const group = house.root ? await openCgroup(house.places, groupName(0), DEFAULT_LIMITS) : null
  await group?.remove()
  return [
    `Linux namespaces (${version.trim()})`,
    house.root ? 'a uid for every run' : 'every run as our own user',
    group ? 'memory and processes limited per run' : 'memory limited per process only',
    house.stage.seccomp ? 'system calls filtered' : 'system calls not filtered',
    'not a virtual machine: a fault in the kernel would open it',
  ].join('; ')
}

async function tryReach(subject: Subject, bait: Bait, filtered: boolean): Promise<Probe[]> {
  const secrets = [
    ...bait.canaries,
    subject.home,
    join(subject.programs, 'package.json'),
    accountHome() ?? '/root',
    '/root',
  ]
  secrets.push('/var/lib', '/var/log', '/etc/shadow', '/etc/hostname', '/run', '/sys', '/boot', '/srv', '/mnt')
  const locked = [
    '/proc/sys/kernel/core_pattern',
    '/proc/sys/vm/overcommit_memory',
    '/proc/sysrq-trigger',
    '/usr/bin/env',
  ]
  locked.push('/etc/passwd', '/opt/node/bin/node', '/nightshift/lib/errors.ts', '/nightshift/source/seen')
  const argument = JSON.stringify({ port: bait.port, abstract: bait.abstract, secrets, locked, filtered })
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
function tryLinks(subject: Subject, bait: Bait): Promise<Probe> {
  return subject
    .withSlot((slot) => {
      const argv = ['node', '/nightshift/lib/adapters/sandbox/probes/harm.mjs', 'links', bait.canaries[0] ?? '']
      return subject.enter(slot, { workspace: { bind: slot.files }, registry: null, env: {}, argv }, {})
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
    const { stdout: version } = await execute(subject.bwrap ?? 'bwrap', ['--version'], {
      env: exactly({ PATH: '/usr/local/bin:/usr/bin:/bin' }),
    })
    const house = await subject.open()
    await subject.run({ files: [], argv: ['sh', '-c', 'true'], limits: { wallMs: 60_000 } })
    boundary = await describe(house, version)
    bait = await layBait(subject.home)
    probes.push(...(await tryReach(subject, bait, house.stage.seccomp !== null)))
    for (const harm of harms(bait, subject.full)) probes.push(await tryHarm(subject.run, harm))
    if (subject.full) probes.push(await tryLinks(subject, bait))
  } catch (error) {
    return { ok: false, boundary: 'none', probes, ...(await explain(said(error))) }
  } finally {
    await bait?.remove()
  }
  const open = probes.filter((probe) => !probe.contained).map((probe) => `${probe.name} (${probe.detail})`)
  if (open.length === 0) return { ok: true, boundary, probes }
  const remedy = 'Compare with docs/sandbox.md; until every probe is contained nothing is run here'
  return { ok: false, boundary, probes, why: `Not contained: ${open.join(', ')}.`, remedy }
}
