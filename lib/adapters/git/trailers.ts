import type { Anchor } from '../../domain/audit.ts'
import { git } from './spawn.ts'

/** Commits looked through on all branches of ours and those we merge into. */
const MOST = 10_000

/** Where commits of ours say that the audit stood when they were made. `repository` is a bare repository or its `.git`. */
export async function commitAnchors(repository: string, branches: string[]): Promise<Anchor[]> {
  const refs = ['refs/heads/agent/*', ...branches.map((branch) => `refs/heads/${branch}`)]
  const heads = await git(repository, ['for-each-ref', '--format=%(objectname)', ...refs])
  const tips = heads.stdout.toString('utf8').split('\n').filter(Boolean)
  if (tips.length === 0) return []
  const format = '--format=%H %(trailers:key=Nightshift-Audit,valueonly,separator=%x20)'
  const out = await git(repository, [
    'log',
    `-${MOST}`,
    '--no-show-signature',
    '--author=^Nightshift <',
    format,
    ...tips,
    '--',
  ])
  return out.stdout
    .toString('utf8')
    .split('\n')
    .flatMap((line): Anchor[] => {
      const [, sha = '', seq, hash] = /^([0-9a-f]{40}) (\d{1,15}) ([0-9a-f]{64})$/.exec(line) ?? []
      return seq && hash ? [{ seq: Number(seq), hash, where: `commit ${sha.slice(0, 12)}` }] : []
    })
}
