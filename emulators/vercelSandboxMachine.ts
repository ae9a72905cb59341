import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { CWD } from './vercelSandboxBodies.ts'
import { type EmulatedDisk, RUNTIME, SYSTEM, USER } from './vercelSandboxDisk.ts'

const PATH = `${RUNTIME}/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`
const PLAIN = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } as Record<string, string> as NodeJS.ProcessEnv

/** A way out that leads nowhere: a machine has routes, and what it sends is dropped outside of it. */
const BOOT = 'ip link set lo up && ip route add default dev lo && echo up && exec sleep infinity'

/** What every machine has of Node, laid out once: a disk's copies need not hold it. */
export async function layRuntime(folder: string, { node, npm }: { node: string; npm: string }): Promise<string> {
  await mkdir(join(folder, 'bin'), { recursive: true })
  await mkdir(join(folder, 'lib/node_modules'), { recursive: true })
  await copyFile(node, join(folder, 'bin/node'))
  await cp(npm, join(folder, 'lib/node_modules/npm'), { recursive: true })
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(folder, 'bin/npm'))
  return folder
}

/** A machine that runs: a first process in namespaces of its own, which commands enter. */
export class EmulatedMachine {
  readonly disk: EmulatedDisk
  private readonly keeper: ChildProcess
  private readonly pid: number

  private constructor(disk: EmulatedDisk, keeper: ChildProcess, pid: number) {
    this.disk = disk
    this.keeper = keeper
    this.pid = pid
  }

  static async boot(disk: EmulatedDisk, runtime: string): Promise<EmulatedMachine> {
    const shown = ['/usr', ...SYSTEM.map((name) => `/${name}`)].flatMap((path) => ['--ro-bind-try', path, path])
    const [program = '', ...argv] = disk.mounted((path) => [
      'bwrap',
      ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--cap-add', 'ALL'],
      ...['--die-with-parent', '--bind', path, '/', ...shown, '--ro-bind', runtime, RUNTIME],
      ...['--dev', '/dev', '--proc', '/proc'],
      // Its root is this machine's: what it could set there would be set here.
      ...['--ro-bind', '/proc/sys', '/proc/sys', '--info-fd', '3', '--', '/bin/sh', '-c', BOOT],
    ])
    const keeper = spawn(program, argv, { stdio: ['ignore', 'pipe', 'inherit', 'pipe'], env: PLAIN })
    const info = (await (keeper.stdio[3] as Readable).setEncoding('utf8').toArray()).join('')
    const pid = JSON.parse(info)['child-pid']
    // From inside, once it is up: whoever enters earlier sets the network up beside bwrap, and one of the two fails.
    const isUp = await Promise.race([
      once(keeper.stdout!, 'data').then(() => true),
      once(keeper, 'exit').then(() => false),
    ])
    if (!isUp) throw new Error('the machine did not boot')
    return new EmulatedMachine(disk, keeper, pid)
  }

  /** `open`: with this machine's network, for want of a firewall. */
  command(
    argv: string[],
    how: { cwd: string; env: Record<string, string>; sudo: boolean; open: boolean },
  ): ChildProcess {
    const enter = ['-t', String(this.pid), '-m', '-p', '-i', '-u', '-r', ...(how.open ? [] : ['-n'])]
    const drop = how.sudo ? [] : ['setpriv', '--reuid', String(USER), '--regid', String(USER), '--clear-groups', '--']
    const env = Object.entries({ PATH, HOME: how.sudo ? '/root' : '/home', ...how.env }).map((pair) => pair.join('='))
    const go = ['/bin/sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', how.cwd, ...drop, ...argv]
    return spawn('nsenter', [...enter, '--', '/usr/bin/env', '-i', ...env, ...go], {
      // The fourth: a service's agent may leave one open.
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      env: PLAIN,
    })
  }

  /** Unpacks as the ordinary user, who may write where it may write. */
  async unpack(archive: Buffer): Promise<void> {
    const how = { cwd: CWD, env: {}, sudo: false, open: false }
    const tar = this.command(['tar', '-xzf', '-', '-C', '/'], how)
    const errors: Buffer[] = []
    tar.stderr?.on('data', (chunk: Buffer) => errors.push(chunk))
    tar.stdin?.on('error', () => undefined)
    tar.stdin?.end(archive)
    const code = await new Promise((resolve) => tar.on('close', resolve))
    if (code !== 0) throw new Error(`tar: ${Buffer.concat(errors).toString('utf8').slice(0, 300)}`)
  }

  /** Ends everything in it; what was on its disk stays. */
  async halt(): Promise<void> {
    if (this.keeper.exitCode !== null || this.keeper.signalCode !== null) return
    const ended = new Promise((resolve) => this.keeper.once('exit', resolve))
    process.kill(this.pid, 'SIGKILL')
    await ended
  }
}
