import { z } from 'zod'
import type { Commit } from '../../lib/domain/tree.ts'
import type { History } from '../../lib/world/local.ts'
import { cut } from '../quote.ts'
import { type Tool, tool } from './tool.ts'

const MOST_COMMITS = 30
const PATCH_MAX = 16_000

const inWords = ({ sha, at, author, subject }: Commit): string =>
  `${sha.slice(0, 12)} ${at.slice(0, 10)} ${author}: ${subject}`

export const blame = (history: Pick<History, 'blame'>): Tool =>
  tool(
    'blame',
    'The commit that last changed a line.',
    z.strictObject({ path: z.string(), line: z.int().min(1) }),
    async ({ path, line }) => {
      const commit = await history.blame(path, line)
      return commit ? inWords(commit) : 'That line is in no commit.'
    },
  )

export const log = (history: History): Tool =>
  tool(
    'log',
    `The newest commits, at most ${MOST_COMMITS}, of one path or of all ("").`,
    z.strictObject({ path: z.string() }),
    async ({ path }) => {
      const commits = await history.log(path || null, MOST_COMMITS)
      return commits.map(inWords).join('\n') || 'There is no commit.'
    },
  )

export const show = (history: History): Tool =>
  tool(
    'show',
    'What a commit changed, as a patch.',
    z.strictObject({ sha: z.string().regex(/^[0-9a-f]{7,64}$/) }),
    async ({ sha }) => {
      const commit = await history.commit(sha)
      if (!commit) return 'There is no such commit.'
      return `${inWords(commit)}\n\n${cut(await history.diff(commit.sha), PATCH_MAX)}`
    },
  )
