/**
 * Runs as root inside the machine and does one job: starts the program in its box, keeps the first bytes of its streams,
 * stops it, and leaves a report where only root could have written it. Arguments: the folder of uploads. Ends with 0 when
 * the report is there, whatever it says. Asked twice (an answer may get lost), the second one waits for the first.
 */
import { spawn } from 'node:child_process'
import { closeSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { capture } from '../../capture.ts'
import { countNoRoutes } from '../../egress.ts'
import { inheritable } from '../../fds.ts'
import { LARGEST_PIN } from '../../install/pins.ts'
import { REGISTRY } from '../../install/settings.ts'
import { classify } from '../../outcome.ts'
import { type RegistryProxy, serveRegistry } from '../../registry/proxy.ts'
import { leftFile } from '../../seal.ts'
import { boxEnvironment, UNSHARE } from './box.ts'
import { collectSet } from './collect.ts'
import { DESK, HOUSE, type Job, REPORT, type Report } from './job.ts'

const WORK = `${HOUSE}/work`
const SOCKET = `${DESK}/registry.sock`
const text = (name: string): string | null =>
  existsSync(join(DESK, name)) ? readFileSync(join(DESK, name), 'utf8') : null

/** The guest's own first process ended: the box wrote what it knew. Otherwise nothing is known, and that is said. */
async function run(job: Job, uploads: string): Promise<Report> {
  const begun = process.hrtime.bigint()
  const env = boxEnvironment(job, uploads, job.install ? { workspace: WORK, registry: SOCKET } : null)
  const box = spawn('unshare', [...UNSHARE, '/bin/sh', `${import.meta.dirname}/box.sh`, ...job.env, ...job.argv], {
    env: env as Record<string, string> as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let killed: 'flooded' | 'timed-out' | null = null
  const stop = (why: 'flooded' | 'timed-out') => () => {
    killed ??= why
    box.kill('SIGKILL')
  }
  // The box keeps the time itself; this is for a box that hangs while it is laid out.
  const late = setTimeout(stop('timed-out'), job.limits.wallMs + 30_000)
  const out = capture(box.stdout, job.limits.outputBytes, stop('flooded'))
  const err = capture(box.stderr, job.limits.outputBytes, stop('flooded'))
  await new Promise((resolve, reject) => box.on('error', reject).on('close', resolve))
  clearTimeout(late)
  const [stdout, stderr, status] = [out(), err(), text('status')]
  if (text('timed-out') !== null) killed ??= 'timed-out'
  const snmp = text('snmp')
  return {
    ...classify({ status: status === null ? null : Number(status), killed, oomKills: 0, stderr: stderr.text }),
    stdout: Buffer.from(stdout.text).toString('base64'),
    stderr: Buffer.from(stderr.text).toString('base64'),
    truncated: stdout.truncated || stderr.truncated,
    egress: snmp === null || status === null ? null : countNoRoutes(snmp, text('snmp6') ?? ''),
    ms: Number((process.hrtime.bigint() - begun) / 1_000_000n),
    ...{ refused: [], kept: null },
    failure: status === null && killed === null ? stderr.text.slice(-300) || 'The box did not start.' : null,
  }
}

async function install(job: Job, wanted: NonNullable<Job['install']>, uploads: string): Promise<Report> {
  cpSync(join(uploads, 'source'), WORK, { recursive: true })
  await chownAll(WORK)
  const proxy: RegistryProxy = await serveRegistry(SOCKET, wanted.upstreams, REGISTRY)
  const report = await run(job, uploads).finally(() => proxy.close())
  const done = report.end === 'exited' && report.exit === 0
  const file = done && wanted.keep !== null ? await leftFile(WORK, wanted.keep, LARGEST_PIN) : null
  const made = done && {
    kept: file?.toString('base64') ?? null,
    whole: await collectSet(WORK, `${HOUSE}/set`, wanted.expected),
  }
  rmSync(WORK, { recursive: true, force: true })
  const failure = made && !made.whole ? `${wanted.expected} is not a folder.` : report.failure
  return { ...report, failure, refused: proxy.refused, kept: made ? made.kept : null }
}

const chownAll = (folder: string) =>
  new Promise<void>((resolve, reject) => {
    const { BOX_UID } = boxEnvironment(null, '', null)
    const child = spawn('/bin/chown', ['-R', `${BOX_UID}:${BOX_UID}`, folder], { stdio: 'ignore' })
    child.on('error', reject).on('close', (code) => (code === 0 ? resolve() : reject(new Error('chown failed'))))
  })

async function main(uploads: string): Promise<void> {
  try {
    mkdirSync(DESK)
  } catch {
    while (!existsSync(REPORT)) await pause(100)
    return
  }
  // Whatever the service's own agent left open would be the guest's as well.
  for (const descriptor of await inheritable(3)) closeSync(descriptor)
  const job = JSON.parse(readFileSync(join(uploads, 'job.json'), 'utf8')) as Job
  mkdirSync(join(uploads, 'source'), { recursive: true })
  const report = await (job.install ? install(job, job.install, uploads) : run(job, uploads))
  writeFileSync(`${REPORT}.draft`, JSON.stringify(report))
  renameSync(`${REPORT}.draft`, REPORT)
}

await main(process.argv[2] ?? '')
