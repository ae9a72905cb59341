import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { makeHome } from '../../cli/home.ts'
import { newParts } from '../../cli/parts.ts'
import { loadSecrets } from '../../cli/secrets.ts'
import { ensureOwner, migrateDatabase, startDatabase } from '../../cli/stack/database.ts'
import { toolchain } from '../../cli/toolchain.ts'
import { forgoDurability } from './cluster.ts'
import { CHECKOUT } from './compiled.ts'
import { copied, linked } from './laidOut.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A state folder after a first start: programs, a migrated database with its owner, secrets. */
    furnished: string
  }
}

/** What the first start of a Nightshift makes, made once for all files whose question begins after it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'nightshift-furnished-'))
  const remove = () => rm(home, { recursive: true, force: true })
  const parts = newParts((name, error) => console.error(`${name} could not be stopped: ${String(error)}`))
  try {
    await makeHome(home)
    const secrets = await loadSecrets(home)
    await toolchain(home)
    const server = await startDatabase(home, parts, () => undefined)
    await ensureOwner(await migrateDatabase(CHECKOUT, server, secrets), secrets)
    await forgoDurability(server.superUrl)
  } catch (error) {
    await remove()
    throw error
  } finally {
    await parts.stop()
  }
  project.provide('furnished', home)
  return remove
}

/** Lays the same out in an empty folder: programs as links, what is written to as copies. It remembers no port and no log. */
export async function furnish(home: string): Promise<void> {
  const from = inject('furnished')
  await makeHome(home)
  await linked([join(from, 'toolchain')], home)
  await copied([join(from, 'secrets')], home)
  const parts = (await readdir(join(from, 'postgresql'))).map((name) => join(from, 'postgresql', name))
  const to = join(home, 'postgresql')
  // Of PostgreSQL there are its programs, by their version, its data, and the port it had.
  await linked(
    parts.filter((path) => /\/\d[^/]*$/.test(path)),
    to,
  )
  await copied(
    parts.filter((path) => /\/data-[^/]*$/.test(path)),
    to,
  )
}
