import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

const ENV = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.test',
} as Record<string, string> as NodeJS.ProcessEnv

/** A bare repository in a folder; commits are made from blobs, without a work tree. */
export interface Repository {
  path: string
  /** Commits exactly these files (`mode path` or `path` → content) and answers the commit's id. */
  commit(files: Record<string, string>): string
}

export function makeRepository(folder: string): Repository {
  const path = join(folder, 'app.git')
  const run = (args: string[], input = '', env: Record<string, string> = {}) =>
    execFileSync('git', args, { env: { ...ENV, GIT_DIR: path, ...env }, input, encoding: 'utf8' }).trim()
  execFileSync('git', ['init', '--quiet', '--bare', '--template=', path], { env: ENV })
  let count = 0
  return {
    path,
    commit(files) {
      count++
      const index = { GIT_INDEX_FILE: join(folder, `index-${count}`) }
      const lines = Object.entries(files).map(([name, content]) => {
        const [, mode = '100644', file = ''] = /^(?:(\d{6}) )?(.*)$/s.exec(name) ?? []
        return `${mode} ${run(['hash-object', '-w', '--stdin'], content)}\t${file}\n`
      })
      run(['update-index', '--add', '--index-info'], lines.join(''), index)
      return run(['commit-tree', run(['write-tree'], '', index), '-m', `change ${count}`])
    },
  }
}
