import { randomInt, randomUUID } from 'node:crypto'
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from './alive.ts'

/** Things of the host laid out for a self-test: what the inside must not reach. */
export interface Bait {
  port: number
  abstract: string
  /** Readable by everyone on the host, so that only the sandbox can be what hides them. */
  canaries: string[]
  /** Connections that arrived at either listener. */
  reached(): number
  /** Whether every canary is as it was laid out. */
  intact(): Promise<boolean>
  /** A number of seconds nobody else sleeps: finds a survivor in the process table. */
  token: string
  remove(): Promise<void>
}

const listen = (server: Server, where: { port: number; host: string } | { path: string }) =>
  new Promise<void>((resolve, reject) => server.once('error', reject).listen(where, resolve))

const NAME = /^nightshift-canary-(\d+)-/

/** Canaries of a process that was killed while it tested; another account's are left to it. */
async function sweepCanaries(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const maker = NAME.exec(name)?.[1]
    if (maker && !(await isAlive(Number(maker)))) await rm(join(folder, name), { force: true }).catch(() => undefined)
  }
}

export async function layBait(home: string): Promise<Bait> {
  let connections = 0
  const count = () => {
    connections += 1
  }
  const tcp = createServer(count)
  const unix = createServer(count)
  const abstract = `nightshift-${randomUUID()}`
  await listen(tcp, { port: 0, host: '127.0.0.1' })
  await listen(unix, { path: `\0${abstract}` })
  const secret = randomUUID()
  const folders = [home, tmpdir()]
  for (const folder of folders) await sweepCanaries(folder)
  const canaries = folders.map((folder) => join(folder, `nightshift-canary-${process.pid}-${randomUUID()}`))
  for (const path of canaries) {
    await writeFile(path, secret)
    await chmod(path, 0o644)
  }
  return {
    port: (tcp.address() as AddressInfo).port,
    abstract,
    canaries,
    reached: () => connections,
    intact: async () =>
      (await Promise.all(canaries.map((path) => readFile(path, 'utf8')))).every((text) => text === secret),
    token: `9${randomInt(10_000, 99_999)}.${randomInt(1, 1_000_000_000)}`,
    remove: async () => {
      tcp.close()
      unix.close()
      for (const path of canaries) await rm(path, { force: true })
    },
  }
}
