import { isAbsolute } from 'node:path'
import { z } from 'zod'

const Environment = z.enum(['production', 'staging'])
const Name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'not a name of an environment variable')
const Value = z
  .string()
  .max(32_768)
  .refine((value) => !value.includes('\0'), 'a value cannot hold a zero byte')

const TargetBody = z.strictObject({
  /** 0 keeps the port it has, or takes a free one. */
  port: z.number().int().min(0).max(65535),
  env: z.record(Name, Value).default({}),
})

/** PUT /apps/:app */
export const RegisterBody = z.strictObject({
  repository: z.string().refine((path) => isAbsolute(path) && !path.includes('\0'), 'an absolute path is needed'),
  targets: z
    .strictObject({ production: TargetBody.optional(), staging: TargetBody.optional() })
    .refine((targets) => Object.keys(targets).length > 0, 'name at least one target'),
})
export type RegisterBody = z.infer<typeof RegisterBody>

/** POST /apps/:app/deployments */
export const DeploymentBody = z.strictObject({
  sha: z.string().regex(/^[0-9a-f]{40}$/, 'not a full commit id'),
  environment: Environment,
  /** The caller's own name for this request: asking again with it changes nothing. */
  key: z.string().min(1).max(200),
})
export type DeploymentBody = z.infer<typeof DeploymentBody>

/** POST /apps/:app/targets/:environment/promote and …/rollback */
export const ShiftBody = z.strictObject({
  deployment: z.string().min(1).max(100),
  /** What the caller believes to be serving. */
  expected: z.string().max(100).nullable(),
  /** How often the target's traffic had moved when the caller looked; null does not ask for it. */
  revision: z.number().int().min(0).nullable().default(null),
})
export type ShiftBody = z.infer<typeof ShiftBody>

export const DeploymentsQuery = z.object({ key: z.string().optional(), environment: Environment.optional() })
export const TrafficQuery = z.object({
  environment: Environment,
  since: z.string().refine((text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)), 'not ISO 8601'),
})
export const LogQuery = z.object({ after: z.coerce.number().int().min(0).default(0) })
