import type { Anchor } from '../../domain/audit.ts'
import { openLocal } from './local.ts'

/** Commits looked through, the newest of all branches. */
const MOST = 10_000
/** Name of the commit, who made and who wrote it, and its message; no message can hold the byte that ends it. */
const FORMAT = ['%H', '%cn', '%ce', '%an', '%ae', '%B'].join('%x00')
const END = '%x00%x00'

/** Where commits of ours, in any repository on this machine, say that the audit stood when they were made. */
export async function commitAnchors(path: string): Promise<Anchor[]> {
  const repository = await openLocal(path)
  try {
    const text = (await repository.log(FORMAT + END, MOST)).join('\n')
    return text.split('\0\0').flatMap((commit) => anchorsIn(commit.replace(/^\n/, '')))
  } finally {
    await repository.close()
  }
}

/**
 * What somebody else committed may carry our words along, and is no word of ours. Ours are by our own name, or by an App
 * and made on GitHub. There, what was squashed has our words further up: each line that is a position counts, and no line
 * of others begins as one in what we write.
 */
function anchorsIn(commit: string): Anchor[] {
  const [sha = '', committer = '', mail = '', author = '', authorMail = '', message = ''] = commit.split('\0')
  if (!/^[0-9a-f]{40,64}$/.test(sha)) return []
  const own = committer === 'Nightshift'
  if (!own && !(committer === 'GitHub' && mail === 'noreply@github.com' && isApp(author, authorMail))) return []
  return [...message.matchAll(POSITION)].map(([, seq, hash]) => ({
    ...{ seq: Number(seq), hash: hash!, where: `commit ${sha.slice(0, 12)}` },
  }))
}

const POSITION = /^Nightshift-Audit: (\d{1,15}) ([0-9a-f]{64})\r?$/gm

/** `nightshift[bot] <4711+nightshift[bot]@users.noreply.github.com>`: an App's own name, whatever the team called it. */
function isApp(name: string, mail: string): boolean {
  if (!/^[a-z0-9][a-z0-9-]{0,38}\[bot\]$/.test(name)) return false
  const [, of] = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(mail) ?? []
  return of === name && !OTHERS.has(name)
}

/** Apps that merge other people's requests, and quote what is in them. */
const OTHERS = new Set([
  'dependabot[bot]',
  'renovate[bot]',
  'github-actions[bot]',
  'github-merge-queue[bot]',
  'mergify[bot]',
])
