import { join } from 'node:path'
import { checkOut } from './checkout.ts'
import { type Commands, readCommands } from './commands.ts'
import { appEnvironment } from './environment.ts'
import { dependencyKey, isInstalled, keepInstalled } from './install.ts'
import { launch } from './launch.ts'
import type { Output } from './output.ts'
import type { Machine } from './platform.ts'
import { type App, type Build, findBuild } from './state.ts'
import { onBuild } from './store.ts'
import { listTree } from './tree.ts'

/**
 * Makes a build ready to start: a plain copy of the commit, its dependencies, its own build and prepare commands.
 * Rejects with the step that failed; what the step said is in the output.
 */
export async function makeBuild(machine: Machine, id: string, output: Output): Promise<void> {
  const found = findBuild(machine.store.state(), id)
  if (!found) throw new Error(`no build ${id}`)
  const { app, build } = found
  const files = await listTree(app.repository, build.sha)
  const commands = await readCommands(app.repository, files)
  const folder = join(machine.folders.builds, id)
  await checkOut(app.repository, files, folder, build.uid)

  const key = commands.install === null ? null : dependencyKey(commands.install, files)
  const dependencies = await install(machine, build, commands, key, output)
  const settle = onBuild(id, (b) => {
    Object.assign(b, { dependencies, start: commands.start, health: commands.health })
  })
  machine.store.save(settle)

  const env = appEnvironment(app, build, null)
  const { build: make, prepare } = commands
  // no NODE_ENV for the build: tools set it themselves, and some drop what they need when it is "production"
  const { NODE_ENV: _, ...buildEnv } = env
  if (make !== null) await step(machine, build, { name: 'build', command: make, env: buildEnv, dependencies }, output)
  if (prepare !== null) await step(machine, build, { name: 'prepare', command: prepare, env, dependencies }, output)
}

/** Answers the key of the shared set to use, or null when the dependencies (if any) are in the build's folder. */
async function install(
  machine: Machine,
  build: Build,
  commands: Commands,
  key: string | null,
  output: Output,
): Promise<string | null> {
  const { folders, runtime } = machine
  if (commands.install === null) return null
  if (key !== null && isInstalled(folders.dependencies, key)) return key
  const quiet = { npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' }
  const env = { CI: '1', ...runtime.installEnv, ...quiet, npm_config_ignore_scripts: 'true' }
  await step(machine, build, { name: 'install', command: commands.install, env, dependencies: null }, output)
  if (key === null) return null
  return (await keepInstalled(join(folders.builds, build.id), folders.dependencies, key)) ? key : null
}

interface Step {
  name: 'install' | 'build' | 'prepare'
  command: string
  env: Record<string, string>
  /** Key of a shared set. */
  dependencies: string | null
}

async function step(machine: Machine, build: Build, what: Step, output: Output): Promise<void> {
  const { folders, patience } = machine
  output.write(`> ${what.name}: ${what.command}\n`)
  const dependencies = what.dependencies && join(folders.dependencies, what.dependencies, 'node_modules')
  const box = { folder: join(folders.builds, build.id), dependencies, env: what.env, command: what.command }
  const running = launch(machine.runtime, box, build.uid, output.write)
  const limit = patience[what.name]
  let late = false
  const timer = setTimeout(() => {
    late = true
    running.kill()
  }, limit)
  const { code, signal } = await running.ended
  clearTimeout(timer)
  if (late) throw new Error(`${what.name} did not end within ${limit / 1000} s`)
  if (code !== 0) throw new Error(`${what.name} failed (${code === null ? signal : `exit ${code}`})`)
}

/** The facts of a build that every log entry about it carries. */
export function buildFacts(
  app: App,
  build: Build,
): { app: string; deployment: string; environment: string; sha: string } {
  return { app: app.name, deployment: build.id, environment: build.environment, sha: build.sha }
}
