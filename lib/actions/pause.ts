import { setTimeout as sleep } from 'node:timers/promises'
import type { ISql } from 'postgres'
import { z } from 'zod'
import * as store from '../store/control.ts'
import { type EffectRow, inFlight } from '../store/effects.ts'
import { releasesUnderWay } from '../store/releases.ts'
import { wakeNotices } from '../store/work.ts'
import type { Verb } from './act.ts'
import { known, ruled } from './ruled.ts'

/** Longest wait for calls that are on their way when somebody pauses (milliseconds). */
const DRAIN_MS = 5000
const LOOK_MS = 25

/** A call whose end has not been read back. `unknown`: past its deadline, so nobody may be waiting for it any more. */
export interface InFlight {
  key: string
  kind: string
  target: string
  aim: string
  since: string
  unknown: boolean
}

/**
 * From the moment this answers `paused`, nothing is on its way and nothing starts. `draining` names the calls whose end is
 * not known yet. Releases under way are offered to be rolled back, or are, where that was asked for with it.
 */
export const pause: Verb<{ project: string; why?: string | undefined; rollBack?: boolean | undefined }> = {
  roles: ['owner', 'operator'],
  input: z.strictObject({
    project: z.string(),
    why: z.string().trim().max(500).optional(),
    rollBack: z.boolean().optional(),
  }),
  async run(world, who, { project: slug, why = '', rollBack = false }) {
    const project = await known(world.sql, slug)
    const { answer } = ruled(await store.pause(world.sql, project.id, who.name, why))
    await wakeNotices(world.sql, project.id)
    world.ring('releaser')
    const releases = await releasesUnderWay(world.sql, project.id)
    const ordered = new Map<number, store.Ruled>()
    if (rollBack) {
      for (const { id } of releases) ordered.set(id, await store.orderRollback(world.sql, who, id, why || 'paused'))
      world.ring('releaser')
    }
    const left = await drain(world.sql, project.id)
    return {
      state: left.length === 0 ? 'paused' : 'draining',
      answer,
      inFlight: left.map((call) => ({ ...call })),
      releases: releases.map(({ id, issue, state }) => ({
        id,
        issue,
        state,
        rollingBack: (ordered.get(id) ?? { answer: 'refused' }).answer !== 'refused',
        refused: ordered.get(id)?.reason ?? null,
      })),
    }
  },
}

export const resume: Verb<{ project: string }> = {
  roles: ['owner', 'operator'],
  input: z.strictObject({ project: z.string() }),
  password: async () => true,
  async run(world, who, { project: slug }) {
    const project = await known(world.sql, slug)
    const { answer } = ruled(await store.resume(world.sql, project.id, who))
    for (const agent of ['watcher', 'investigator', 'implementer', 'releaser'] as const) world.ring(agent)
    return { state: 'resumed', answer }
  },
}

/** Waits for what was under way when the flag was set; notices are not waited for. */
async function drain(sql: ISql, project: number): Promise<InFlight[]> {
  const until = performance.now() + DRAIN_MS
  for (;;) {
    const left = await inFlight(sql, project)
    if (left.length === 0 || left.every((call) => call.overdue) || performance.now() > until) return left.map(shown)
    await sleep(LOOK_MS)
  }
}

export const shown = ({ key, kind, target, aim, at, overdue }: EffectRow): InFlight => ({
  key,
  kind,
  target,
  aim,
  since: at.toISOString(),
  unknown: overdue,
})
