import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Repository {
  path: string
  git(...args: string[]): string
  /** The same with something to read. */
  feed(args: string[], input: string): string
  /** Commits files over a branch's head and moves the branch. */
  commit(branch: string, files: Record<string, string>, message: string): string
  remove(): void
}

const ENV = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
} as Record<string, string> as NodeJS.ProcessEnv

/** A bare repository in a folder of its own, made with git's plumbing. */
export function bareRepository(): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'ns-repository-'))
  const path = join(folder, 'origin.git')
  const index = join(folder, 'index')
  const run = (args: string[], input = '') =>
    execFileSync('git', ['--git-dir', path, ...args], { env: { ...ENV, GIT_INDEX_FILE: index }, input, stdio: 'pipe' })
      .toString()
      .trim()
  execFileSync('git', ['init', '--bare', '--quiet', '--initial-branch=main', path], { env: ENV })
  // A process of its own after each push, which has nothing to tidy yet.
  appendFileSync(join(path, 'config'), '[receive]\n\tautogc = false\n')
  return {
    path,
    git: (...args) => run(args),
    feed: run,
    commit(branch, files, message) {
      const parent = run(['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`])
      const changes = Object.entries(files).map(([file, text]) => [
        `M 100644 inline ${JSON.stringify(file)}`,
        data(text),
      ])
      const head = [`commit refs/heads/${branch}`, 'mark :1', `committer Ada <ada@example.com> now`, data(message)]
      const lines = [...head, ...(parent ? [`from ${parent}`] : []), ...changes.flat(), 'get-mark :1', 'done', '']
      return run(['fast-import', '--quiet', '--done', '--date-format=now'], lines.join('\n'))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** As fast-import counts it: in bytes. */
const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}`

/** Makes a hook of the repository write a marker file when it runs. */
export function plantHook(repository: Repository, hook: string, marker: string): void {
  writeFileSync(join(repository.path, 'hooks', hook), `#!/bin/sh\necho ran >> ${marker}\n`, { mode: 0o755 })
}
