import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildFacts, makeBuild } from './build.ts'
import { complain } from './complain.ts'
import type { Instances } from './instances.ts'
import { openOutput } from './output.ts'
import type { Machine } from './platform.ts'
import { type Build, findBuild } from './state.ts'
import { onBuild } from './store.ts'

/** Builds that run at once: the second keeps staging moving while a slow one holds production. */
const AT_ONCE = 2
/** Bytes of a failure's reason: its last output decides, its first line says the step. */
const WHY_BYTES = 2048

/** Takes build ids and works them off in order; `onReady` hears of each that is up. */
export function openBuilds(
  machine: Machine,
  instances: Instances,
  onReady: (id: string) => void,
): (id: string) => void {
  const waiting: string[] = []
  let busy = 0

  async function run(id: string): Promise<void> {
    const why = await attempt(machine, instances, id)
    if (machine.closing.aborted) return
    const found = findBuild(machine.store.state(), id)
    if (!found) return
    const facts = buildFacts(found.app, found.build)
    if (why === null) {
      const be = (build: Build) => void Object.assign(build, { state: 'ready' })
      machine.store.commit({ what: 'deployment.ready', ...facts }, onBuild(id, be))
      onReady(id)
    } else {
      const be = (build: Build) => void Object.assign(build, { state: 'failed', why, port: null })
      machine.store.commit({ what: 'deployment.failed', ...facts, why: why.split('\n')[0] }, onBuild(id, be))
      await rm(join(machine.folders.builds, id), { recursive: true, force: true })
    }
  }

  function next(): void {
    const id = busy < AT_ONCE ? waiting.shift() : undefined
    if (id === undefined) return
    busy++
    void run(id)
      .catch(complain)
      .finally(() => {
        busy--
        next()
      })
    next()
  }

  return (id) => {
    waiting.push(id)
    next()
  }
}

/** Builds and starts; answers null, or why not: the step, then the end of the output. */
async function attempt(machine: Machine, instances: Instances, id: string): Promise<string | null> {
  const output = openOutput(join(machine.folders.output, `${id}.log`))
  try {
    await makeBuild(machine, id, output)
  } catch (error) {
    return reason(error instanceof Error ? error.message : String(error), output.tail())
  } finally {
    output.close()
  }
  const why = await instances.start(id, 'build')
  return why === null ? null : reason(why, '')
}

/** At most 2 KB: the first line whole, then as much of the end of the words as fits. */
export function reason(first: string, words: string): string {
  const [head = '', ...rest] = [...first.split('\n'), ...words.split('\n')].filter((line) => line !== '')
  const title = head.slice(0, 300)
  const room = WHY_BYTES - Buffer.byteLength(title) - 1
  const end = Buffer.from(rest.join('\n')).subarray(-room).toString('utf8')
  return `${title}\n${end}`.trim()
}
