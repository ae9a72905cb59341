import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface Ran {
  status: number
  out: Buffer
}

export interface TreeRow {
  mode: string
  type: string
  sha: string
  size: number | null
  path: string
}

export const ZERO = '0'.repeat(40)

/** A real bare repository behind the API: every object and branch is git's own. */
export class BareGit {
  readonly dir: string

  constructor(dir: string) {
    this.dir = dir
  }

  run(args: string[], input: Uint8Array | string = '', env: Record<string, string> = {}): Promise<Ran> {
    return new Promise((resolve, reject) => {
      const settings = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', LC_ALL: 'C', ...env }
      const child = spawn('git', ['--git-dir', this.dir, ...args], {
        cwd: '/',
        env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...settings } as unknown as NodeJS.ProcessEnv,
        stdio: ['pipe', 'pipe', 'ignore'],
      })
      const out: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
      child.stdin.on('error', () => undefined)
      child.stdin.end(input)
      child.on('error', reject)
      child.on('close', (status) => resolve({ status: status ?? -1, out: Buffer.concat(out) }))
    })
  }

  /** Its first line; throws when git failed. */
  async line(args: string[], input: Uint8Array | string = '', env: Record<string, string> = {}): Promise<string> {
    const { status, out } = await this.run(args, input, env)
    if (status !== 0) throw new Error(`git ${args[0]} ended with ${status}`)
    return out.toString('utf8').split('\n')[0]!.trim()
  }

  async head(branch: string): Promise<string | null> {
    const out = await this.line(['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`])
    return out || null
  }

  async type(sha: string): Promise<string | null> {
    if (!/^[0-9a-f]{40}$/.test(sha)) return null
    const { status, out } = await this.run(['cat-file', '-t', sha])
    return status === 0 ? out.toString().trim() : null
  }

  async treeOf(commitish: string): Promise<string> {
    return this.line(['rev-parse', `${commitish}^{tree}`])
  }

  /** Compare-and-set of a branch; `ZERO` stands for none. */
  async move(ref: string, sha: string, from: string): Promise<boolean> {
    return (await this.run(['update-ref', ref, sha, from])).status === 0
  }

  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return (await this.run(['merge-base', '--is-ancestor', ancestor, descendant])).status === 0
  }

  async mergeBase(a: string, b: string): Promise<string | null> {
    const { status, out } = await this.run(['merge-base', a, b])
    return status === 0 ? out.toString().trim() : null
  }

  /** The merged tree; null when they conflict. */
  async mergeTree(ours: string, theirs: string): Promise<string | null> {
    const { status, out } = await this.run(['merge-tree', '--write-tree', '--no-messages', ours, theirs])
    return status === 0 ? out.toString().split('\n')[0]!.trim() : null
  }

  async count(from: string, to: string): Promise<string[]> {
    const { out } = await this.run(['rev-list', '--reverse', `${from}..${to}`])
    return out.toString().split('\n').filter(Boolean)
  }

  async rows(tree: string, recursive: boolean): Promise<TreeRow[]> {
    const { out } = await this.run(['ls-tree', '-z', '-l', ...(recursive ? ['-r', '-t'] : []), tree])
    const rows = out.toString('utf8').split('\0').filter(Boolean)
    return rows.map((row) => {
      const tab = row.indexOf('\t')
      const [mode = '', type = '', sha = '', size = ''] = row.slice(0, tab).split(/ +/)
      return { mode, type, sha, size: size === '-' ? null : Number(size), path: row.slice(tab + 1) }
    })
  }

  /** A tree of index rows over another, in a throw-away index. */
  async treeFrom(base: string | null, rows: string[]): Promise<string> {
    const index = join(this.dir, `index-${randomUUID()}`)
    const env = { GIT_INDEX_FILE: index }
    try {
      if (base) await this.line(['read-tree', base], '', env)
      await this.line(['update-index', '-z', '--add', '--replace', '--index-info'], rows.join(''), env)
      return await this.line(['write-tree'], '', env)
    } finally {
      await rm(index, { force: true })
    }
  }
}
