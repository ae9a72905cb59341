import { spawnChild } from '../../../cli/children.ts'
import { newParts } from '../../../cli/parts.ts'
import { stopOnSignal } from '../../../cli/signals.ts'

/** Starts two families, tells their pids, and stops them when a signal comes: what `bin/start` does, in small. */
const [logs = '', family = '', manner = 'calm'] = process.argv.slice(2)
const parts = newParts((name, error) => console.log(name, error))
for (const name of ['one', 'two']) {
  const child = spawnChild({
    name,
    argv: [process.execPath, family, manner],
    cwd: '/',
    env: {},
    logs,
    onLine: (line) => line.startsWith('pids') && console.log(line),
  })
  parts.add(name, () => child.stop(500))
}
process.exit(await stopOnSignal(parts.stop, (line) => console.log(line)).done)
