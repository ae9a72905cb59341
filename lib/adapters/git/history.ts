import type { SandboxFile } from '../../domain/sandbox.ts'
import type { Commit, Entry, Sha } from '../../domain/tree.ts'
import type { History } from '../../world.ts'
import { LIST, parseListing } from './listing.ts'
import { readObjects } from './objects.ts'
import { BORROWED, line, type Scratch } from './scratch.ts'
import { git } from './spawn.ts'

export const NO_HISTORY: History = {
  head: null,
  commit: async () => null,
  log: async () => [],
  blame: async () => null,
  diff: async () => '',
  since: async () => [],
  files: async () => [],
}

const FORMAT = '%H%x00%T%x00%P%x00%an%x00%aI%x00%s'
const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const PATCH_MAX = 200_000
const FILE_MAX = 5 * 1024 ** 2

/** What a repository tells of its past, read through ours; and what its last commit tracks. */
export async function historyOf(scratch: Scratch): Promise<{ history: History; tracked: Entry[] }> {
  const ask = async (args: string[]) => (await git(scratch.dir, args, { env: BORROWED, accept: [1, 128] })).stdout
  const named = async (name: string): Promise<Sha | null> => {
    if (name === '' || name.includes('\0') || !scratch.gitDir) return null
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
    const sha = line(await git(scratch.gitDir, args, { env: BORROWED, accept: [1, 128] }))
    return SHA.test(sha) ? sha : null
  }
  const head = await named('HEAD')
  const listed = async (args: string[]): Promise<Commit[]> =>
    commitsIn(await ask(['log', '-z', '--no-show-signature', '--no-color', `--format=${FORMAT}`, ...args]))
  const entriesOf = async (sha: Sha) => parseListing(await ask([...LIST, sha]))
  const history: History = {
    head,
    commit: async (name) => {
      const sha = await named(name)
      return sha ? ((await listed(['-1', sha, '--']))[0] ?? null) : null
    },
    log: async (path, most) => (head ? listed([`--max-count=${most}`, head, '--', ...(path ? [path] : [])]) : []),
    async blame(path, at) {
      if (!head) return null
      const out = (await ask(['blame', '--porcelain', '-L', `${at},${at}`, head, '--', path])).toString('latin1')
      const sha = out.split(' ', 1)[0] ?? ''
      return SHA.test(sha) ? ((await listed(['-1', sha, '--']))[0] ?? null) : null
    },
    async diff(sha) {
      if (!SHA.test(sha)) return ''
      const args = ['diff-tree', '-p', '--root', '--no-color', '--no-ext-diff', '--no-textconv', '--no-commit-id', sha]
      return (await ask(args)).toString('utf8').slice(0, PATCH_MAX)
    },
    since: async (base) =>
      head && SHA.test(base) ? (await listed(['--first-parent', `${base}..${head}`, '--'])).reverse() : [],
    async files(sha) {
      const plain = (await entriesOf(sha)).filter(({ mode, size }) => mode.startsWith('100') && size <= FILE_MAX)
      const objects = await readObjects(scratch.dir, [...new Set(plain.map(({ oid }) => oid))], BORROWED)
      return plain.flatMap(({ path, mode, oid }): SandboxFile[] => {
        const bytes = objects.get(oid)?.bytes
        return bytes ? [{ path, bytes, executable: mode === '100755' }] : []
      })
    },
  }
  return { history, tracked: head ? await entriesOf(head) : [] }
}

/** Records of `FORMAT`, parted by NUL as their fields are. */
function commitsIn(out: Buffer): Commit[] {
  const fields = out.toString('utf8').split('\0')
  const commits: Commit[] = []
  for (let at = 0; at + 5 < fields.length; at += 6) {
    const [sha = '', tree = '', parents = '', author = '', when = '', subject = ''] = fields.slice(at, at + 6)
    const known = { sha: sha.trim(), tree, parents: parents ? parents.split(' ') : [] }
    commits.push({ ...known, author: author.slice(0, 200), at: when, subject: subject.trim().slice(0, 200) })
  }
  return commits
}
