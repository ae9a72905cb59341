import { setTimeout as delay } from 'node:timers/promises'
import { complain } from './complain.ts'
import { bringUp, closeInstance, type Instance, logInstance, openInstance } from './instance.ts'
import type { Machine } from './platform.ts'
import { onBuild } from './store.ts'

/** Why an app is started. */
export type Because = 'build' | 'promotion' | 'platform-start'

export interface Instances {
  /** `restarting` from a launch or crash until the app is healthy. */
  phase(id: string): 'up' | 'restarting' | 'stopped'
  /** Port of an app that is up, else null. */
  port(id: string): number | null
  /**
   * Starts a build's app; null when healthy, or why not, with its last output.
   * Asked twice it starts once. At the platform's own start a failed launch is tried again for ever.
   */
  start(id: string, because: Because): Promise<string | null>
  /** Waits for the requests in flight, up to 30 s, then ends the app; leaves one alone that is being started. */
  stop(id: string): Promise<void>
  /** Counts a request in flight; call the answer when it is over. */
  enter(id: string): () => void
  ids(): string[]
}

const DRAIN_MS = 30_000
/** An app that ran this long has earned a quick restart. */
const LASTING_MS = 60_000

/** A crashing app is started again after 250 ms, then 500 ms, up to half a minute. */
export function backoffMs(failures: number): number {
  return Math.min(250 * 2 ** failures, 30_000)
}

export function openInstances(machine: Machine): Instances {
  const { closing, store } = machine
  const instances = new Map<string, Instance>()
  const starting = new Map<string, Promise<string | null>>()
  const leaving = new Map<string, Promise<void>>()

  /** Follows an app until it is stopped, starting it again whenever it crashed. */
  async function follow(instance: Instance): Promise<void> {
    const over = () => instance.stopping || closing.aborted
    let failures = 0
    while (!over()) {
      if (instance.up && instance.running) {
        const since = Date.now()
        const { code, signal } = await instance.running.ended
        instance.up = false
        if (over()) return
        if (Date.now() - since > LASTING_MS) failures = 0
        logInstance(machine, instance, 'app.exited', { code, signal })
      }
      await delay(backoffMs(failures++), undefined, { signal: closing }).catch(() => {})
      if (over()) return
      const why = await bringUp(machine, instance)
      if (why === null && !over()) logInstance(machine, instance, 'app.restarted', { because: 'crash' })
    }
  }

  async function remove(instance: Instance): Promise<void> {
    await closeInstance(instance)
    instances.delete(instance.id)
  }

  async function start(id: string, because: Because): Promise<string | null> {
    await leaving.get(id)
    if (instances.has(id)) return 'it crashed and is being restarted'
    const instance = await openInstance(machine, id)
    instances.set(id, instance)
    const why = await bringUp(machine, instance)
    if (closing.aborted) return why
    if (why !== null && because !== 'platform-start') {
      const words = instance.output.tail()
      await remove(instance)
      return `${why}\n${words}`.trim()
    }
    if (because === 'build') {
      const keepPort = onBuild(id, (build) => {
        build.port = instance.port
      })
      store.save(keepPort)
    } else if (why === null) logInstance(machine, instance, 'app.restarted', { because })
    void follow(instance).catch(complain)
    return why
  }

  async function drain(instance: Instance): Promise<void> {
    const until = Date.now() + DRAIN_MS
    while (instance.inFlight > 0 && Date.now() < until && !closing.aborted) await delay(20)
    await remove(instance)
  }

  return {
    phase(id) {
      const instance = instances.get(id)
      if (!instance || instance.stopping) return 'stopped'
      return instance.up ? 'up' : 'restarting'
    },
    port(id) {
      const instance = instances.get(id)
      return instance?.up ? instance.port : null
    },
    start(id, because) {
      const already = starting.get(id)
      if (already) return already
      const started = start(id, because).finally(() => starting.delete(id))
      starting.set(id, started)
      return started
    },
    async stop(id) {
      const instance = instances.get(id)
      // one that is being started is about to take traffic
      if (!instance || instance.stopping || starting.has(id)) return
      instance.stopping = true
      const left = drain(instance).finally(() => leaving.delete(id))
      leaving.set(id, left)
      await left
    },
    enter(id) {
      const instance = instances.get(id)
      if (!instance) return () => {}
      instance.inFlight++
      return () => {
        instance.inFlight--
      }
    },
    ids: () => [...instances.keys()],
  }
}
