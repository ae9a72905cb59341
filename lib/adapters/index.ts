import { join } from 'node:path'
import type { Sql } from 'postgres'
import type { Config } from '../config.ts'
import type { Actor, Anchors, Clock, Hook, Reader, Ring, Runner } from '../world.ts'
import { fileAnchors } from './anchors.file.ts'
import { gitActor, gitReader } from './code.git.ts'
import { processDeploy } from './deploy.process.ts'
import { githubActor, githubHook, githubReader, githubReview } from './github/later.ts'
import { modelWord, type OpenModel, openModels } from './model/assemble.ts'
import { inboxNotify } from './notify.inbox.ts'
import { httpProbe } from './probe.http.ts'
import { httpRing, noRing } from './ring.http.ts'
import { openedLater } from './sandbox/later.ts'
import { bubblewrap } from './sandbox.bubblewrap.ts'

/** Config → the three zones, each with only its own ports. The only importer of the adapters. */

const clock: Clock = { now: () => new Date() }

export const ringer = (config: Config): Ring => (config.rings ? httpRing(config.url, config.cronSecret) : noRing)

export function reader(config: Config, sql: Sql, ring: Ring): Reader {
  const open = models(config)
  const { code } = config
  return {
    sql,
    clock,
    ring,
    model: open && ((budget, name) => open(budget, join(config.home, 'transcripts', name))),
    code: code.kind === 'github' ? githubReader(code) : (project) => gitReader(config.home, project),
    deploy: (project) => {
      const { serving, deployment, traffic } = processDeploy(config.platform, project)
      return { serving, deployment, traffic }
    },
  }
}

export function runner(config: Config, programs: string): Runner {
  const { home, toolchain, registry, pythonIndex, cacheBytes: budget, sandbox } = config
  const options = { home, toolchain, programs, registry, pythonIndex, budget }
  if (sandbox.kind === 'docker')
    return {
      sandbox: openedLater(async () =>
        (await import('./sandbox.docker.ts')).docker({ ...options, socket: sandbox.socket }),
      ),
    }
  if (sandbox.kind === 'vercel') {
    const { token, teamId, projectId, image } = sandbox
    const asked = { home, programs, registry, pythonIndex, token, teamId, projectId, image }
    return { sandbox: openedLater(async () => (await import('./sandbox.vercel.ts')).vercel(asked)) }
  }
  return { sandbox: bubblewrap(options) }
}

/** A sandbox alone, for the command line. */
export const sandboxAt = bubblewrap

export function actor(config: Config, sql: Sql, ring: Ring): Actor {
  const { code } = config
  return {
    sql,
    clock,
    ring,
    code: code.kind === 'github' ? githubActor(code) : (project) => gitActor(config.home, project),
    review: code.kind === 'github' ? githubReview(code) : () => null,
    deploy: (project) => processDeploy(config.platform, project),
    probe: httpProbe,
    notify: inboxNotify(sql),
    halted: config.halted,
  }
}

/** Once a process; what it gives is called with the budget of one issue or one run. null: recipes work alone. */
export const models = ({ model }: Pick<Config, 'model'>): OpenModel | null => openModels(model)

export type { OpenModel } from './model/assemble.ts'

export const anchors = ({ home }: Pick<Config, 'home'>): Anchors => fileAnchors(home)

/** For the command line: positions of the audit in any repository on this machine. */
export { commitAnchors } from './git/trailers.ts'

/** Null: no webhooks are taken. */
export const hook = ({ code }: Pick<Config, 'code'>): Hook | null =>
  code.kind === 'github' && code.webhookSecret !== null ? githubHook(code.webhookSecret) : null

/** Printed at boot: which adapter answers for each port. */
export const worldLine = (config: Config): string =>
  `world ${config.world}: sql=postgres sources=sentry-sdk code=${config.code.kind} model=${modelWord(config.model)} sandbox=${config.sandbox.kind} deploy=process notify=inbox auth=owner`

/** For the command line: any repository on this machine, read without a project, a mirror or a home. */
export { type LocalRepository, openLocal } from './git/local.ts'
/** And any folder, as it stands. */
export { openCheckout } from './git/worktree.ts'
