import { z } from 'zod'

/** Hexadecimal digits of a file's SHA-256 that are shown and asked back: 48 bits, so no two of a repository collide. */
export const SHORT_HASH = 12
/** Stands where a hash would, for a file that is not there yet. */
export const NEW_FILE = 'new'
/** Bytes of a raw answer that are read at all: four times what a change may hold, since both sides of it are told. */
export const ANSWER_MAX = 256 * 1024

/** One text of a file that was shown, and what stands there instead. A new file has an empty `search`. */
export const ModelEdit = z.strictObject({
  path: z.string().min(1).max(1024),
  /** `new`, or the first 12 or more digits of the file's SHA-256, as it was shown. */
  hash: z.string().regex(/^(?:new|[0-9a-f]{12,64})$/),
  search: z.string().max(ANSWER_MAX),
  replace: z.string().max(ANSWER_MAX),
})
export type ModelEdit = z.infer<typeof ModelEdit>

/**
 * All that is read of a model's answer to "repair this": a closed shape. It names no repository, branch, command or
 * confidence; `explanation` is shown as a quotation and decides nothing.
 */
export const ModelEdits = z.strictObject({
  /** None: no change of this code would be right, and `explanation` says why. */
  edits: z.array(ModelEdit).max(50),
  explanation: z.string().max(600).default(''),
})
export type ModelEdits = z.infer<typeof ModelEdits>
