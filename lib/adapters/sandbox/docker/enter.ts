import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type Docker from 'dockerode'
import type { Limits, SandboxResult } from '../../../domain/sandbox.ts'
import { Fault } from '../../../errors.ts'
import { isAlive, startedAt } from '../alive.ts'
import { resolveProgram, type SystemPath } from '../argv.ts'
import type { Part } from '../enter.ts'
import { classify } from '../outcome.ts'
import type { Slot } from '../slot.ts'
import type { Stage } from '../stage.ts'
import { containerOptions } from './container.ts'
import { watchContainer } from './watch.ts'

/** What is the same for every run of this process. */
export interface DockerHouse {
  docker: Docker
  image: string
  stage: Stage
  system: SystemPath[]
  /** Of /etc, shown where the host has them. */
  same: string[]
  root: boolean
  home: string
}

const HOME = 'nightshift.home'
const OWNER = 'nightshift.owner'
const homeLabel = (home: string) => createHash('sha256').update(home).digest('hex').slice(0, 16)

/** Removes containers whose maker is no longer there. */
export async function sweepContainers(docker: Docker, home: string): Promise<void> {
  const filters = { label: [`${HOME}=${homeLabel(home)}`] }
  for (const { Id, Labels } of await docker.listContainers({ all: true, filters })) {
    const [pid, started] = (Labels[OWNER] ?? '').split('-')
    if (!(await isAlive(Number(pid), started)))
      await docker
        .getContainer(Id)
        .remove({ force: true, v: true })
        .catch(() => undefined)
  }
}

/** The account a run has inside, and no name of the host. */
async function ownFiles(slot: Slot, uid: number, stage: Stage): Promise<Record<string, string>> {
  const write = async (name: string, text: string) => {
    const path = join(slot.folder, name)
    await writeFile(path, text, { mode: 0o644 })
    return path
  }
  const passwd = `root:x:0:0:root:/:/usr/sbin/nologin\nagent:x:${uid}:${uid}:agent:/home/agent:/bin/sh\n`
  const shared = ['hosts', 'resolv.conf', 'nsswitch.conf'].map((name) => [name, join(stage.etc, name)])
  return {
    passwd: await write('passwd', passwd),
    group: await write('group', `root:x:0:\nagent:x:${uid}:\n`),
    hostname: await write('hostname', ''),
    ...Object.fromEntries(shared),
  }
}

/** One run in one slot and a container of its own, without asking whether the self-test passed. */
export async function enterContainer(
  house: DockerHouse,
  slot: Slot,
  part: Part,
  limits: Limits,
): Promise<SandboxResult> {
  const argv = resolveProgram(part.argv)
  if (argv === null)
    throw new Fault('HARNESS_FAILED', `${JSON.stringify(part.argv[0] ?? '')} is neither node, npm, sh nor a full path.`)
  const { stage, system, image, same } = house
  const uid = house.root ? slot.uid : (process.getuid?.() ?? slot.uid)
  const box = {
    ...{ system, node: stage.node, programs: stage.programs, typescript: stage.typescript, tmpBytes: limits.fileBytes },
    ...{ dependencies: [], manager: null, ...part, shown: part.shown ?? [], argv },
  }
  const labels = { [HOME]: homeLabel(house.home), [OWNER]: `${process.pid}-${await startedAt(process.pid)}` }
  const options = containerOptions({ image, box, etc: await ownFiles(slot, uid, stage), same, uid, limits, labels })
  const container = await house.docker.createContainer(options)
  try {
    const { wallMs, outputBytes } = limits
    const ended = await watchContainer(container, { stdin: part.stdin ?? null, wallMs, outputBytes })
    if (ended.killed === 'uncounted')
      throw new Fault('SANDBOX_UNAVAILABLE', 'The network counters of a container cannot be opened from here.')
    const { status, killed, stdout, stderr, egress, ms, outOfMemory } = ended
    return {
      ...classify({ status, killed, oomKills: outOfMemory ? 1 : 0, stderr: stderr.text }),
      ...{ stdout: stdout.text, stderr: stderr.text, truncated: stdout.truncated || stderr.truncated, egress },
      ms: Math.round(ms),
    }
  } finally {
    await container.remove({ force: true, v: true }).catch(() => undefined)
  }
}
