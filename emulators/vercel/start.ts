import { type Emulated, emulate } from '../service.ts'
import { openEdge, type Route } from './edge.ts'
import type { Effect, Inside, Settings } from './inside.ts'
import { openPlatform, type PlatformAddress } from './platform.ts'
import { habits, TOKEN } from './server.ts'
import { aliased, openStore, type State, type Store } from './state.ts'
import { type Drains, type Manner, openDrains, openHooks } from './tell.ts'

export interface EmulatedVercel extends Emulated {
  token: string
  settings: Settings
  store: Store
  /** Every call as `METHOD path`, in order. */
  log: string[]
  domains: { production: string; staging: string }
  /** What it took on, in order: the witness. */
  effects: Effect[]
  manner: Manner
  drains: Drains
}

const DEFAULTS: Settings = {
  ...{ teamId: 'team_emulated', projectId: 'prj_emulated', name: 'shop', repoId: 1, productionBranch: 'main' },
  ...{ environments: ['staging'], crons: [], protected: true, bypassSecret: 'secret-of-the-bypass-in-tests-only' },
  ...{ settleMs: 60, rollbackToCurrent: 'taken' as const },
  ...{ verifyCode: null, plan: 'pro' as const },
}

const EMPTY: State = {
  ...{ deployments: [], aliases: [], lastAliasRequest: null, autoAssign: false, pinned: false },
  ...{ env: [], hooks: [], drains: [] },
}

/**
 * The part of Vercel's API that Nightshift uses, in front of a running platform that builds real commits and serves them.
 * What it leaves out: teams beyond one, several projects, rolling releases, checks, file uploads, domains of one's own.
 */
export async function startVercel(platform: PlatformAddress, chosen: Partial<Settings> = {}): Promise<EmulatedVercel> {
  const settings = { ...DEFAULTS, ...chosen }
  const store = openStore(EMPTY)
  const stop = new AbortController()
  const works = new Set<Promise<unknown>>()
  const later = (work: Promise<unknown>) => {
    const watched = work.catch(() => undefined).finally(() => works.delete(watched))
    works.add(watched)
  }
  const manner: Manner = { delays: [], twice: false, signs: 'wire' }
  const drains = openDrains(settings, store, manner)
  const edge = openEdge(settings.bypassSecret, drains.note)
  const open = openPlatform(platform)
  const domains = { production: '', staging: '' }
  for (const environment of ['production', 'staging'] as const)
    domains[environment] = await edge.door(async (): Promise<Route | null> => {
      const deployment = aliased(store.state, domains[environment])
      const production = environment === 'production'
      const shown = {
        environment: production ? ('production' as const) : ('preview' as const),
        deployment: deployment!,
      }
      const origin = await open.address(environment)
      return deployment ? { ...shown, origin, protected: settings.protected && !production } : null
    })
  let last = 0
  const now = () => {
    last = Math.max(Date.now(), last + 1)
    return last
  }
  const tell = openHooks(settings, store, manner, later)
  const effects: Effect[] = []
  const inside: Inside = {
    ...{ settings, store, platform: open, edge, domains, effects, now, tell, later, closing: stop.signal },
  }
  const log: string[] = []
  const door = await emulate(habits(inside, log))
  const { close } = door
  return Object.assign(door, {
    ...{ token: TOKEN, settings, domains, store, log, effects, manner, drains },
    async close() {
      stop.abort()
      await close()
      await Promise.all(works)
      await edge.close()
    },
  })
}
