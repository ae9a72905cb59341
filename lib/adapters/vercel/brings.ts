import { z } from 'zod'
import type { Brings } from '../../domain/deployment.ts'
import { Fault } from '../../errors.ts'
import { type Found, madeAt, read } from './answers.ts'
import { lookUp } from './builds.ts'
import { codeOf } from './client.ts'
import { limitOf, type Space } from './space.ts'

const Variables = z.object({
  envs: z.array(
    z.object({
      key: z.string(),
      target: z.union([z.array(z.string()), z.string()]).nullish(),
      updatedAt: z.number().nullish(),
    }),
  ),
})
type Variable = z.infer<typeof Variables>['envs'][number]

/** They are shown to people and come out of a repository: nothing but names, paths and times. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/
const PATH = /^\/[\w\-.~/]{0,100}$/
const TIMES = /^[\d*/, -]{1,60}$/

/**
 * Variables are built into a deployment and schedules belong to it, so an earlier one brings back both. A variable that was
 * deleted since is not in the list and not noticed.
 */
export async function brings(space: Space, from: string, to: string): Promise<Brings> {
  const limit = limitOf(space.account.patience)
  const [now, then] = [await lookUp(space, from, limit), await lookUp(space, to, limit)]
  if (!now || !then) throw new Fault('NOT_FOUND', `deployment ${now ? to : from}`)
  const path = `/v10/projects/${encodeURIComponent(space.settings.project)}/env`
  const { status, json } = await space.call('GET', path, limit)
  if (status !== 200) throw new Fault('DEPLOY_REFUSED', `It does not list variables: ${status}${codeOf(json)}.`)
  const place = then.target === 'production' ? 'production' : 'preview'
  return {
    variables: changedSince(read(Variables, json, 'the variables').envs, place, madeAt(then)),
    schedules: place === 'production' ? differing(now, then) : [],
  }
}

function changedSince(variables: Variable[], place: string, since: number): string[] {
  const meant = ({ target }: Variable) => target == null || target === place || target.includes(place)
  const later = variables.filter((one) => meant(one) && NAME.test(one.key) && (one.updatedAt ?? 0) > since)
  return [...new Set(later.map(({ key }) => key))].sort()
}

function differing(now: Found, then: Found): Brings['schedules'] {
  const plain = ({ crons }: Found) => (crons ?? []).filter((one) => PATH.test(one.path) && TIMES.test(one.schedule))
  const table = (found: Found) => new Map(plain(found).map(({ path, schedule }) => [path, schedule]))
  const [before, after] = [table(now), table(then)]
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((one) => one.before !== one.after)
}
