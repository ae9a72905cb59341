import { spawn } from 'node:child_process'
import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Docker from 'dockerode'
import { isRoot } from '../lab.ts'

const PROGRAM = '/usr/sbin/dockerd'

/** Why no engine can be started here; null where one can. */
export async function whyNoEngine(): Promise<string | null> {
  if (!isRoot) return 'starting a Docker engine takes root'
  return access(PROGRAM).then(
    () => null,
    () => `there is no ${PROGRAM}`,
  )
}

/** An engine of our own on a socket in a folder of its own: no bridge, no firewall rules, nothing pulled. */
export async function openEngine() {
  const folder = await mkdtemp(join(tmpdir(), 'ns-docker-'))
  const socket = join(folder, 'docker.sock')
  const flags = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec'), '-p', join(folder, 'pid')]
  const alone = ['--iptables=false', '--ip6tables=false', '--bridge=none']
  const engine = spawn(PROGRAM, [...flags, '-H', `unix://${socket}`, ...alone], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => engine.once('exit', () => resolve()))
  const docker = new Docker({ socketPath: socket })
  for (let round = 0; round < 300; round++) {
    if (
      await docker.ping().then(
        () => true,
        () => false,
      )
    )
      break
    if (engine.exitCode !== null) throw new Error('the engine ended')
    await pause(200)
  }
  return {
    socket,
    docker,
    close: async () => {
      engine.kill('SIGTERM')
      await ended
      const mounts = await readFile('/proc/self/mounts', 'utf8')
      // What is still mounted is not ours to walk into.
      if (!mounts.includes(folder)) await rm(folder, { recursive: true, force: true })
    },
  }
}
