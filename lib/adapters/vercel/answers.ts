import { z } from 'zod'
import type { Deployment, DeploymentState } from '../../domain/deployment.ts'
import { Fault } from '../../errors.ts'

/** The service's own words end here. Unknown fields are ignored, unknown states are builds that go on. */

const Meta = z.record(z.string(), z.unknown()).catch({})
const Build = {
  url: z.string().nullish(),
  projectId: z.string().nullish(),
  target: z.string().nullish(),
  readyState: z.string(),
  readySubstate: z.string().nullish(),
  meta: Meta.nullish(),
  createdAt: z.number().nullish(),
  created: z.number().nullish(),
  errorMessage: z.string().nullish(),
  crons: z.array(z.object({ path: z.string(), schedule: z.string() })).nullish(),
}
/** An item of a list is named `uid`, a deployment on its own `id`. */
export const Found = z.union([z.object({ id: z.string(), ...Build }), z.object({ uid: z.string(), ...Build })])
export type Found = z.infer<typeof Found>

export const Page = z.object({
  deployments: z.array(Found),
  pagination: z.object({ next: z.number().nullish() }).nullish(),
})

export const Alias = z.object({
  alias: z.string(),
  deploymentId: z.string().nullish(),
  projectId: z.string().nullish(),
  createdAt: z.number().nullish(),
  updatedAt: z.number().nullish(),
})

const Shift = z.object({
  fromDeploymentId: z.string().nullish(),
  toDeploymentId: z.string(),
  jobStatus: z.string(),
  requestedAt: z.number(),
  type: z.string(),
})
export type Shift = z.infer<typeof Shift>

const Link = z.object({
  type: z.string(),
  repoId: z.union([z.number(), z.string()]).nullish(),
  projectId: z.union([z.number(), z.string()]).nullish(),
})
export type Link = z.infer<typeof Link>

export const VercelProject = z.object({
  id: z.string(),
  name: z.string(),
  autoAssignCustomDomains: z.boolean().nullish(),
  lastAliasRequest: Shift.nullish(),
  link: Link.nullish(),
  ssoProtection: z.unknown().optional(),
  passwordProtection: z.unknown().optional(),
  customEnvironments: z.array(z.object({ id: z.string(), slug: z.string() })).nullish(),
})
export type VercelProject = z.infer<typeof VercelProject>

export const Lines = z.array(
  z.object({ payload: z.object({ text: z.string() }).nullish(), text: z.string().nullish() }),
)

/** An answer that is not what it should be is the host not answering as expected. */
export function read<T>(schema: z.ZodType<T>, json: unknown, what: string): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Fault('DEPLOY_UNREACHABLE', `${what}: ${issue?.path.join('.')} is not what it should be.`)
}

/** Names of our own in a deployment's metadata: what finds it again. */
export const KEY = 'nightshiftKey'
export const SHA = 'nightshiftSha'

export const idOf = (found: Found): string => ('id' in found ? found.id : found.uid)

/** Milliseconds since 1970; lists and single deployments name it differently. */
export const madeAt = (found: Found): number => found.createdAt ?? found.created ?? 0

export const keyOf = (found: Found): string | null => text(found.meta?.[KEY])

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const STATES: Record<string, DeploymentState> = {
  ...{ READY: 'ready', ERROR: 'failed', CANCELED: 'failed', BLOCKED: 'failed', DELETED: 'failed' },
}

/** `scheme`: of the addresses deployments answer at, with its colon. */
export function toDeployment(found: Found, scheme: string): Deployment {
  const meta = found.meta ?? {}
  const sha = text(meta.githubCommitSha) ?? text(meta.gitlabCommitSha) ?? text(meta[SHA]) ?? ''
  const state = STATES[found.readyState] ?? 'building'
  return {
    id: idOf(found),
    sha,
    environment: found.target === 'production' ? 'production' : 'staging',
    state,
    url: state === 'ready' && found.url ? `${scheme}//${found.url}` : null,
    at: new Date(madeAt(found)).toISOString(),
    why: state === 'failed' ? (found.errorMessage ?? `the build is ${found.readyState.toLowerCase()}`) : null,
  }
}

/** A production build has served once it was promoted; before that it is staged. */
export const hasServed = (found: Found): boolean => found.readySubstate === 'PROMOTED'
