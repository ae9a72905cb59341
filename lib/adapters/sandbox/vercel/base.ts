import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxFile } from '../../../domain/sandbox.ts'
import { Fault } from '../../../errors.ts'
import { compilePrograms } from '../programs.ts'
import { contents, ETC } from '../stage.ts'
import { HELD_MS, held, madeOnce } from './hold.ts'
import { type Account, again, type Machine, openMachine, within } from './machine.ts'
import { DENY_ALL } from './policy.ts'
import { nameOf, type Shelf } from './snapshots.ts'
import { isGone, isTaken, trouble } from './trouble.ts'
import { folderFiles, upload } from './upload.ts'

interface BaseShop {
  account: Account
  shelf: Shelf
  /** Root of our own project. */
  programs: string
  image: string
}

const PREPARE = 'house/lib/adapters/sandbox/vercel/guest/prepare.sh'

/** 64 hex digits over everything a base holds. */
async function baseKey({ programs, image }: BaseShop): Promise<string> {
  const compiler = await readFile(join(programs, 'node_modules/typescript/package.json'), 'utf8')
  const parts = ['js', image, await contents(join(programs, 'lib')), compiler, JSON.stringify(ETC)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** A disk with our programs on it, as root's, from which every machine starts: made once for what they are. */
async function makeBase(shop: BaseShop, key: string): Promise<string> {
  const { account, shelf, programs, image } = shop
  const plan = { name: nameOf(key), from: { image }, policy: DENY_ALL, timeoutMs: HELD_MS }
  const machine = await openMachine(account, plan)
  try {
    return await held(machine, async () => {
      const etc = Object.entries(ETC).map(([name, text]) => ({ path: `etc/${name}`, bytes: Buffer.from(text) }))
      const own = await ownPrograms(programs)
      const compiler = await folderFiles(join(programs, 'node_modules/typescript'), 'node_modules/typescript')
      await upload(machine, 'house', [...etc, ...own, ...compiler])
      await prepare(machine)
      return shelf.keep(key, machine)
    })
  } catch (error) {
    await machine.close()
    throw trouble('preparing a machine', error)
  }
}

async function ownPrograms(programs: string): Promise<SandboxFile[]> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-programs-'))
  try {
    await compilePrograms(join(programs, 'lib'), folder)
    return await folderFiles(folder, 'lib')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function prepare({ session }: Machine): Promise<void> {
  const node = await session.runCommand({ cmd: 'sh', args: ['-c', 'command -v node'], ...within() })
  const args = [`${session.cwd}/${PREPARE}`, session.cwd, (await node.stdout()).trim()]
  const made = await again(() => session.runCommand({ cmd: '/bin/sh', args, sudo: true, ...within() }), 2)
  const words = `${await made.stderr()}${await made.stdout()}`.trim().slice(-300)
  if (made.exitCode !== 0) throw new Fault('SANDBOX_UNAVAILABLE', words || `It ended with status ${made.exitCode}.`)
  if (!/^v(?:2[4-9]|22\.(?:1[89]|[2-9]\d))\./.test(words))
    throw new Fault('SANDBOX_UNAVAILABLE', `missing in the machine: node 22.18 or newer (there is ${words})`)
}

/**
 * A machine that starts from the set of a key, or from the base. A base that is gone is made again; a set that is gone is
 * `NOT_FOUND`, as one that was evicted here would be. A name that is taken is the service's own error (`isTaken`).
 */
export function machines(shop: BaseShop) {
  let base: Promise<{ key: string; id: string }> | null = null
  const baseAt = async (key: string) => {
    const find = () => shop.shelf.find(key)
    return (await find()) ?? madeOnce(find, () => makeBase(shop, key))
  }
  const ready = () => {
    base ??= baseKey(shop)
      .then(async (key) => ({ key, id: await baseAt(key) }))
      .catch((error: unknown) => {
        base = null
        throw trouble('looking for its base', error)
      })
    return base
  }
  const fromBase = async (plan: Start): Promise<Machine> => {
    const { key, id } = await ready()
    return openMachine(shop.account, { ...plan, name: plan.name ?? runName(), from: { snapshot: id } }).catch(
      async (error: unknown) => {
        if (!isGone(error)) throw error
        await shop.shelf.forget(key)
        base = null
        const remade = await ready()
        return openMachine(shop.account, { ...plan, name: plan.name ?? runName(), from: { snapshot: remade.id } })
      },
    )
  }
  const fromSet = async (set: string, plan: Start): Promise<Machine> => {
    const id = await shop.shelf.find(set)
    if (id === null) throw new Fault('NOT_FOUND', 'No such dependency set.')
    const made = { ...plan, name: plan.name ?? runName(), from: { snapshot: id } }
    return openMachine(shop.account, made).catch(async (error: unknown) => {
      if (!isGone(error)) throw error
      await shop.shelf.forget(set)
      throw new Fault('NOT_FOUND', 'No such dependency set.')
    })
  }
  return {
    ready,
    open: (set: string | null, plan: Start) =>
      (set === null ? fromBase(plan) : fromSet(set, plan)).catch((error: unknown) => {
        throw isTaken(error) ? error : trouble('starting a machine', error)
      }),
  }
}

type Start = { name?: string; by?: string; policy: { hosts: string[] }; timeoutMs: number }

const runName = () => `nightshift-run-${randomUUID()}`
