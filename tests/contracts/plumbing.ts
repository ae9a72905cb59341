import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exactly } from '../../cli/env.ts'

/** What a commit does to a path, whose bytes may be any; null takes it away. */
export interface Change {
  path: string | Buffer
  mode?: string
  bytes?: string | Buffer
  oid?: string
  gone?: true
}

export interface Plumbed {
  folder: string
  path: string
  git(args: string[], input?: string | Buffer): string
  /** A commit of these changes on top of `parent`; no branch moves. */
  commit(parent: string | null, changes: Change[]): string
  remove(): void
}

const ENV = exactly({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Ada'],
      [`GIT_${who}_EMAIL`, 'ada@example.com'],
      [`GIT_${who}_DATE`, '1700000000 +0000'],
    ]),
  ),
})

/** A bare repository whose trees can hold what no worktree could. */
export function plumbed(format = 'sha1'): Plumbed {
  const folder = mkdtempSync(join(tmpdir(), 'ns-plumbed-'))
  const path = join(folder, 'origin.git')
  const run = (args: string[], input: string | Buffer = '') =>
    execFileSync('git', args, {
      cwd: folder,
      env: exactly({ ...ENV, GIT_INDEX_FILE: join(folder, 'index') } as Record<string, string>),
      input,
      stdio: 'pipe',
    })
      .toString()
      .trim()
  const git = (args: string[], input?: string | Buffer) =>
    run(['--git-dir', path, '-c', 'core.protectHFS=false', '-c', 'core.protectNTFS=false', ...args], input)
  run(['init', '--bare', '--quiet', '--initial-branch=main', `--object-format=${format}`, path])
  return {
    folder,
    path,
    git,
    commit(parent, changes) {
      git(['read-tree', ...(parent ? [parent] : ['--empty'])])
      for (const { path: name, mode = '100644', bytes = '', oid, gone } of changes) {
        const id = oid ?? git(['hash-object', '-w', '--stdin'], bytes)
        const row = gone ? `0 ${'0'.repeat(id.length)}\t` : `${mode} ${id}\t`
        git(
          ['update-index', '-z', '--add', '--index-info'],
          Buffer.concat([Buffer.from(row), Buffer.from(name as string), Buffer.from([0])]),
        )
      }
      return git(['commit-tree', git(['write-tree']), ...(parent ? ['-p', parent] : []), '-m', 'work'])
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
