import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFolders } from '../folders.ts'
import { type Machine, PATIENCE, type Patience } from '../platform.ts'
import { findRuntime } from '../runtime.ts'
import type { Build } from '../state.ts'
import { openStore } from '../store.ts'
import { makeRepository, type Repository } from './repository.ts'

/** What builds and apps run on, without the API, in this process and with less patience. */
export interface Workbench {
  machine: Machine
  repository: Repository
  /** Adds a build as the API would, without starting it; answers its id. */
  add(sha: string): string
  build(id: string): Build
  logged(): string[]
  end(): void
}

export async function openWorkbench(patience: Partial<Patience> = {}): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), 'ns-platform-'))
  chmodSync(folder, 0o755)
  const home = join(folder, 'home')
  const folders = makeFolders(home)
  const path = '/usr/local/bin:/usr/bin:/bin'
  const runtime = await findRuntime({
    home,
    port: 0,
    token: '',
    runtimeDir: null,
    path,
    userHome: '/',
    npm: {},
    extraCa: null,
  })
  const store = openStore(home)
  const stop = new AbortController()
  const repository = makeRepository(folder)
  store.save((state) => {
    const production = { port: 1, env: {}, serving: null, history: [] }
    state.apps.shop = { name: 'shop', repository: repository.path, targets: { production }, builds: [] }
  })
  const builds = () => store.state().apps.shop?.builds ?? []
  return {
    machine: { folders, runtime, store, closing: stop.signal, patience: { ...PATIENCE, ...patience } },
    repository,
    add(sha) {
      const id = `dpl-${builds().length}`
      const uid = process.getuid?.() === 0 ? 61_500 + builds().length : null
      const unset = { why: null, port: null, start: null, health: null, dependencies: null }
      const build: Build = { id, key: id, sha, environment: 'production', state: 'building', at: '', uid, ...unset }
      store.save((state) => void state.apps.shop?.builds.push(build))
      return id
    },
    build(id) {
      const build = builds().find((b) => b.id === id)
      if (!build) throw new Error(`no build ${id}`)
      return build
    },
    logged: () => store.log('shop', 0, 100).map((entry) => `${entry.what} ${entry.deployment}`),
    end() {
      stop.abort()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
