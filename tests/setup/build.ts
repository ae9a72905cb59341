import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { newParts } from '../../cli/parts.ts'
import { build, isBuilt } from '../../cli/stack/build.ts'

/** Builds the control room once, before stories that run side by side would each build it in the same folder. */
export default async function setup(): Promise<void> {
  const checkout = resolve(import.meta.dirname, '../..')
  if (await isBuilt(checkout)) return
  const logs = await mkdtemp(join(tmpdir(), 'nightshift-build-'))
  const parts = newParts((name, error) => console.error(`${name} could not be stopped: ${String(error)}`))
  await build(checkout, logs, parts)
  await rm(logs, { recursive: true, force: true })
}
