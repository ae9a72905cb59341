import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { config } from '../../lib/config.ts'
import { type Command, parsed } from '../command.ts'
import { stopOnSignal } from '../signals.ts'
import { aliveFile, startWorker } from '../worker/work.ts'

/** A worker that is alive has looked within this, whatever its work takes. */
const ALIVE_MS = 120_000

export const worker: Command = {
  does: 'drives the agents without a server; any number on one database',
  usage: 'worker [--check]\n\n  --check   whether the worker of this state folder is alive: 0, or 1',
  async run(argv) {
    const { values } = parsed(argv, { check: { type: 'boolean' } }, { least: 0, most: 0 })
    const settings = config()
    if (values.check) return (await isAlive(settings.home)) ? 0 : 1
    const running = await startWorker(settings, resolve(import.meta.dirname, '../..'))
    const interruption = stopOnSignal(running.stop, () => undefined)
    // A worker that was asked to end has done so: whoever asked takes another status for a failure.
    await interruption.done
    process.exit(0)
  },
}

async function isAlive(home: string): Promise<boolean> {
  const last = await stat(aliveFile(home)).catch(() => null)
  return last !== null && Date.now() - last.mtimeMs < ALIVE_MS
}
