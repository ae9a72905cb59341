import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatedVercel } from '../vercel/start.ts'
import { aliased, deploymentOf } from '../vercel/state.ts'
import { asTeam } from './accounts.ts'

/** A build with an `npm ci` from a slow registry. */
const BUILD_MS = 10 * 60_000
const LOOK_MS = 100

/** Puts a commit where people reach it, as a team does before Nightshift comes. */
export async function firstDeploy(
  vercel: EmulatedVercel,
  where: 'production' | 'staging',
  commit: { sha: string; ref: string },
): Promise<void> {
  const { name, projectId, repoId } = vercel.settings
  const { id } = await asTeam(vercel, '/v13/deployments', {
    ...{ name, project: projectId, gitSource: { type: 'github', repoId, ...commit } },
    ...(where === 'production' ? { target: 'production' } : { customEnvironmentSlugOrId: 'staging' }),
  })
  const state = () => deploymentOf(vercel.store.state, String(id))
  await until(BUILD_MS, () => state()?.readyState === 'READY' || state()?.readyState === 'ERROR')
  if (state()?.readyState !== 'READY') throw new Error(`The app could not be built: ${state()?.error ?? 'too slow'}`)
  if (where === 'staging') {
    await asTeam(vercel, `/v2/deployments/${id}/aliases`, { alias: vercel.domains.staging })
    return
  }
  await asTeam(vercel, `/v10/projects/${projectId}/promote/${id}`, {})
  await until(30_000, () => aliased(vercel.store.state, vercel.domains.production) === id)
}

async function until(ms: number, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds() && waited < ms; waited += LOOK_MS) await sleep(LOOK_MS)
}
