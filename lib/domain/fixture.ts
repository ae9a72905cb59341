import { z } from 'zod'

/** 8 KB: a regression fixture is data a reviewer reads at a glance (reference: replay contract). */
export const FIXTURE_MAX_BYTES = 8192

/** A path on the app's own origin: `//host/` and `/\\host/` would name another one. */
export const OWN_PATH = /^\/(?![/\\])/

/** `tests/nightshift/<fix-id>.json`: one request and the answer it must get. Data only, so nothing can hide in it. */
export const Fixture = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  /** `POST /api/campaigns/launch`, for the reader. */
  route: z.string().max(200),
  request: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    path: z.string().regex(OWN_PATH).max(2000),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.string().nullable().default(null),
  }),
  /** What the fixed app answered; the driver accepts exactly this status. */
  expect: z.strictObject({ status: z.number().int().min(100).max(499) }),
})
export type Fixture = z.infer<typeof Fixture>
export type FixtureRequest = Fixture['request']
