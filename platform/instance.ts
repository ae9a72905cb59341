import { join } from 'node:path'
import { appEnvironment } from './environment.ts'
import { waitForHealth } from './health.ts'
import { launch, type Running } from './launch.ts'
import { type Output, openOutput } from './output.ts'
import type { Machine } from './platform.ts'
import { releasePort, takePort } from './ports.ts'
import { findBuild } from './state.ts'
import { onBuild } from './store.ts'

/** One build's app, started or being started again. */
export interface Instance {
  id: string
  port: number
  output: Output
  running: Running | null
  /** Healthy since it was last launched. */
  up: boolean
  stopping: boolean
  /** Requests it is answering now. */
  inFlight: number
}

/** Takes a port, the one it had before if possible, and opens its output. */
export async function openInstance(machine: Machine, id: string): Promise<Instance> {
  const output = openOutput(join(machine.folders.output, `${id}.log`))
  const port = await takePort(findBuild(machine.store.state(), id)?.build.port ?? null)
  return { id, port, output, running: null, up: false, stopping: false, inFlight: 0 }
}

/** Ends the app and gives back what `openInstance` took. */
export async function closeInstance(instance: Instance): Promise<void> {
  instance.stopping = true
  instance.up = false
  instance.running?.kill()
  await instance.running?.ended
  releasePort(instance.port)
  instance.output.close()
}

/** Launches the app once and waits until it is healthy; answers null, or why it is not. */
export async function bringUp(machine: Machine, instance: Instance): Promise<string | null> {
  const { folders, runtime, closing, patience } = machine
  const found = findBuild(machine.store.state(), instance.id)
  if (!found || found.build.start === null) return 'the build is not complete'
  const { app, build } = found
  const dependencies = build.dependencies && join(folders.dependencies, build.dependencies, 'node_modules')
  const env = appEnvironment(app, build, instance.port)
  const box = { folder: join(folders.builds, build.id), dependencies, env, command: found.build.start }
  let running: Running
  try {
    running = launch(runtime, box, build.uid, instance.output.write)
  } catch (error) {
    return `the app could not be launched: ${error instanceof Error ? error.message : String(error)}`
  }
  let gone = false
  void running.ended.then(() => {
    gone = true
  })
  instance.running = running
  const over = () => gone || instance.stopping || closing.aborted
  const why = await waitForHealth(instance.port, build.health ?? '/', over, patience.health)
  if (why !== null) {
    running.kill()
    await running.ended
  }
  instance.up = why === null
  return why
}

/** Logs that an app ended or is up again, and keeps the port it has. */
export function logInstance(
  machine: Machine,
  instance: Instance,
  what: 'app.exited' | 'app.restarted',
  facts: Record<string, unknown>,
): void {
  const found = findBuild(machine.store.state(), instance.id)
  if (!found) return
  const { environment, sha } = found.build
  const fact = { what, app: found.app.name, deployment: instance.id, environment, sha, ...facts }
  const keepPort = onBuild(instance.id, (build) => {
    build.port = instance.port
  })
  machine.store.commit(fact, keepPort)
}
