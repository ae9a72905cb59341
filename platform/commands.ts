import { z } from 'zod'
import { readBlobs, type TreeFile } from './tree.ts'

const Command = z.string().min(1).max(4000)

/** The part of `nightshift.json` a host needs; test settings (`env`, `test`, `replay`) are none of its business. */
const Commands = z.object({
  install: Command.nullable().default('npm ci'),
  build: Command.nullable().default(null),
  prepare: Command.nullable().default(null),
  start: Command,
  health: z.string().startsWith('/').default('/healthz'),
})
export type Commands = z.infer<typeof Commands>

/** Reads a commit's commands from its own listing; rejects with what is wrong. */
export async function readCommands(repository: string, files: TreeFile[]): Promise<Commands> {
  const file = files.find((f) => f.path === 'nightshift.json' && f.mode !== '120000')
  if (!file) throw new Error('the commit has no nightshift.json')
  const [blob] = await readBlobs(repository, [file.oid])
  let json: unknown
  try {
    json = JSON.parse(blob?.toString('utf8') ?? '')
  } catch {
    throw new Error('nightshift.json is not JSON')
  }
  const answer = Commands.safeParse(json)
  if (answer.success) return answer.data
  const what = answer.error.issues.map((issue) => `${issue.path.join('.') || 'it'}: ${issue.message}`)
  throw new Error(`nightshift.json: ${what.join('; ')}`)
}
