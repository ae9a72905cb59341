import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import Docker from 'dockerode'
import type { Sandbox } from '../world.ts'
import { type DeskOptions, desk } from './sandbox/desk.ts'
import { type DockerHouse, enterContainer, sweepContainers } from './sandbox/docker/enter.ts'
import { skeleton } from './sandbox/docker/skeleton.ts'
import { systemPaths } from './sandbox/stage.ts'
import type { Unavailable } from './sandbox/unavailable.ts'

export interface DockerOptions extends DeskOptions {
  /** Unix socket of an engine on this machine. */
  socket?: string
}

const REPOSITORY = 'nightshift/sandbox'

async function imageOf(docker: Docker, system: DockerHouse['system']): Promise<string> {
  const { tar, tag } = skeleton(system)
  const image = `${REPOSITORY}:${tag}`
  const there = await docker
    .getImage(image)
    .inspect()
    .catch(() => null)
  if (!there) {
    const stream = await docker.importImage(Readable.from([tar]) as unknown as NodeJS.ReadableStream, {
      repo: REPOSITORY,
      tag,
    })
    await new Promise((resolve, reject) =>
      docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve(null))),
    )
  }
  return image
}

const existing = async (paths: string[]) => {
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)))
  return paths.filter((_, index) => found[index])
}

async function describe({ docker, root }: DockerHouse): Promise<{ boundary: string; filtered: boolean }> {
  const [version, info] = await Promise.all([docker.version(), docker.info()])
  const filtered = (info.SecurityOptions as string[]).some((option) => option.startsWith('name=seccomp'))
  const boundary = [
    `Docker container (${version.Version})`,
    root ? 'a uid for every run' : 'every run as our own user',
    'memory and processes limited per run',
    filtered ? "system calls filtered by the engine's own list" : 'system calls not filtered',
    'not a virtual machine: a fault in the kernel would open it',
  ].join('; ')
  return { boundary, filtered }
}

async function explain(said: string): Promise<Unavailable> {
  if (/ENOENT|ECONNREFUSED/.test(said))
    return { why: 'No Docker engine answers.', remedy: 'Start it, or name its socket with DOCKER_SOCKET' }
  if (/EACCES|permission denied/i.test(said))
    return {
      why: "The Docker engine's socket may not be opened.",
      remedy: 'Run Nightshift as a member of the group docker',
    }
  if (/counters/.test(said))
    return {
      why: 'Attempts to reach other hosts could not be counted.',
      remedy: 'Use an engine on this machine that runs as root, and run Nightshift as root',
    }
  return {
    why: `The container did not start: ${said.slice(0, 200)}`,
    remedy: 'Run `nightshift doctor` for the whole output',
  }
}

/**
 * The sandbox port on a Docker engine of this machine: a container for each run, with no network, no capability and a
 * read-only root made of the host's own programs. Counts what a run tried to reach as the kernel did, which takes an
 * engine whose containers are processes of this machine; with any other the self-test fails and nothing is run.
 */
export function docker(options: DockerOptions): Sandbox {
  const engine = new Docker({ socketPath: options.socket ?? '/var/run/docker.sock' })
  const root = process.getuid?.() === 0
  return desk<DockerHouse>(options, {
    prepare: async (stage) => {
      await sweepContainers(engine, options.home)
      const system = await systemPaths()
      const same = await existing(['/etc/alternatives', '/etc/ld.so.cache'])
      return { docker: engine, image: await imageOf(engine, system), stage, system, same, root, home: options.home }
    },
    enter: enterContainer,
    describe,
    explain,
  })
}
