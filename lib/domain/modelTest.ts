import { z } from 'zod'

/** Characters of a test that are read at all; one that may stay is held to `NEW_TEST` in policy. */
const TEXT_MAX = 64 * 1024

/**
 * All that is read of a model's answer to "write a test that fails as this did": a closed shape. It names no command, no
 * branch and nothing about how sure it is; `explanation` is shown as a quotation and decides nothing.
 */
export const ModelTest = z.strictObject({
  /** One file, and a new one. None: no test of this code can show the error, and `explanation` says why. */
  tests: z.array(z.strictObject({ path: z.string().min(1).max(1024), text: z.string().min(1).max(TEXT_MAX) })).max(1),
  explanation: z.string().max(600).default(''),
})
export type ModelTest = z.infer<typeof ModelTest>
