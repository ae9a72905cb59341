import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openApi } from './api.ts'
import { openBuilds } from './builds.ts'
import { complain } from './complain.ts'
import type { Config } from './config.ts'
import { makeFolders } from './folders.ts'
import { openInstances } from './instances.ts'
import { toKeep } from './keep.ts'
import { launch } from './launch.ts'
import { type Machine, PATIENCE, type Platform } from './platform.ts'
import { trim } from './promotion.ts'
import { openRouters } from './router.ts'
import { findRuntime } from './runtime.ts'
import { findBuild, type Target } from './state.ts'
import { openStore } from './store.ts'
import { openTraffic } from './traffic.ts'
import { openTrafficFile } from './traffic-file.ts'

/** The most a start waits for apps that served before; slower ones come up behind it. */
const START_MS = 10_000

export interface OpenPlatform {
  /** Port of the API. */
  port: number
  /** Ends every app and build, and keeps the counts. */
  close(): Promise<void>
}

/** Starts everything from what the folder holds; rejects with a sentence when this machine cannot run boxes. */
export async function openPlatform(config: Config): Promise<OpenPlatform> {
  const stop = new AbortController()
  const folders = makeFolders(config.home)
  const runtime = await findRuntime(config)
  const store = openStore(config.home)
  const machine: Machine = { folders, runtime, store, closing: stop.signal, patience: PATIENCE }
  await tryBox(machine)

  const instances = openInstances(machine)
  const traffic = openTraffic(openTrafficFile(folders.traffic), () => new Date())
  const flushing = setInterval(() => {
    try {
      traffic.flush()
    } catch (error) {
      complain(error)
    }
  }, 1000)
  const routers = openRouters(store, instances, traffic)
  const enqueue = openBuilds(machine, instances, (id) => {
    const app = findBuild(store.state(), id)?.app.name
    if (app !== undefined) trim({ store, instances }, app)
  })
  const platform: Platform = { ...machine, config, instances, traffic, enqueue, listen: routers.listen }

  const starting: Promise<unknown>[] = []
  for (const app of Object.values(store.state().apps)) {
    for (const [environment, target] of Object.entries(app.targets) as [string, Target][]) {
      await routers.listen(app.name, environment, target.port)
    }
    for (const id of toKeep(app)) starting.push(instances.start(id, 'platform-start'))
    for (const build of app.builds) if (build.state === 'building') enqueue(build.id)
  }
  await Promise.race([Promise.all(starting), delay(START_MS, undefined, { ref: false })])

  const api = openApi(platform)
  const port = await new Promise<number>((resolve, reject) => {
    api.once('error', reject)
    api.listen(config.port, '127.0.0.1', () => {
      const address = api.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    port,
    async close() {
      stop.abort()
      clearInterval(flushing)
      api.close()
      api.closeAllConnections()
      routers.close()
      await Promise.all(instances.ids().map((id) => instances.stop(id)))
      traffic.flush()
    },
  }
}

/** Runs one command in a box, so that a machine that cannot do it is refused at the start and not at the first build. */
async function tryBox({ folders, runtime }: Machine): Promise<void> {
  let words = ''
  const box = { folder: join(folders.home, 'etc'), dependencies: null, env: {}, command: 'node -e 0' }
  const uid = process.getuid?.() === 0 ? 65_000 : null
  const { code } = await launch(runtime, box, uid, (chunk) => {
    words += chunk.toString()
  }).ended
  if (code !== 0)
    throw new Error(
      `apps cannot be isolated here (bubblewrap, util-linux and user namespaces are needed): ${words.slice(-500)}`,
    )
}
