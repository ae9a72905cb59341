import { z } from 'zod'
import { Fault } from '../../errors.ts'

/** What is read of GitHub's answers, and nothing else of them. */

export const Oid = z.string().regex(/^[0-9a-f]{40}$/)
export const RefAnswer = z.object({ object: z.object({ type: z.string(), sha: Oid }) })
export const TreeMade = z.object({ sha: Oid })
export const BlobAnswer = z.object({ sha: Oid, encoding: z.literal('base64'), content: z.string() })
export const RepoAnswer = z.object({ node_id: z.string() })
export const CommitAnswer = z.object({
  sha: Oid,
  tree: z.object({ sha: Oid }),
  parents: z.array(z.object({ sha: Oid })),
  message: z.string(),
  author: z.object({ name: z.string().catch(''), date: z.string().catch('') }),
  verification: z.object({ verified: z.boolean(), reason: z.string() }).optional(),
})
export const CompareAnswer = z.object({
  status: z.enum(['identical', 'ahead', 'behind', 'diverged']),
  merge_base_commit: z.object({ sha: Oid }),
})
export const BlameAnswer = z.object({
  repository: z.object({
    object: z
      .object({
        blame: z.object({
          ranges: z.array(
            z.object({ startingLine: z.number(), endingLine: z.number(), commit: z.object({ oid: Oid }) }),
          ),
        }),
      })
      .nullable(),
  }),
})

/** An answer as its schema has it; a Fault that names the field where it is something else. */
export function parsed<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const read = schema.safeParse(data)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const where = issue?.path.join('.') || 'the answer'
  throw new Fault('CODE_UNREACHABLE', `GitHub’s ${what} is not as documented: ${where}: ${issue?.message}`)
}
