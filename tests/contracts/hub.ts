import { createPrivateKey } from 'node:crypto'
import type { EmulatedGithub } from '../../emulators/github/server.ts'
import type { Permissions, Repo } from '../../emulators/github/types.ts'
import type { Fault } from '../../emulators/trouble.ts'
import { githubActor, githubReader } from '../../lib/adapters/code.github.ts'
import type { GithubOptions } from '../../lib/adapters/github/repository.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { CodeActor, CodeReader } from '../../lib/world.ts'
import { githubAsDescribed } from '../schemas/github.ts'
import { projectAt } from './projectAt.ts'
import { bareRepository, type Repository } from './repository.ts'

export const NAME = 'acme/shop'

/** GitHub with one repository, `main` and `staging` at one commit, and an App that is installed on it. */
export interface Hub {
  github: EmulatedGithub
  origin: Repository
  repo: Repo
  base: string
  project: Project
  options: GithubOptions
  reader: CodeReader
  actor: CodeActor
  /** An actor without any memory of the others'. */
  another(more?: Partial<GithubOptions>): CodeActor
  head(branch: string): string | null
  fault(on: RegExp, what: Fault['what'], times?: number): void
  close(): Promise<void>
}

export async function openHub(permissions?: Permissions): Promise<Hub> {
  const origin = bareRepository()
  const files = { 'src/app.ts': 'export const fixed = false\n', 'README.md': 'Shop\n' }
  const base = origin.commit('main', files, 'First')
  origin.git('update-ref', 'refs/heads/staging', base)
  const github = await githubAsDescribed()
  const repo = github.service.host(NAME, origin.path)
  github.service.tokens.install('acme', [NAME], permissions)
  const project = projectAt(NAME)
  const login = {
    kind: 'app' as const,
    appId: github.service.tokens.appId,
    privateKey: pkcs8(github.service.tokens.privateKey),
  }
  const options = { apiUrl: github.url, login, paced: false }
  const another = (more: Partial<GithubOptions> = {}) => githubActor({ ...options, ...more })(project)
  return {
    ...{ github, origin, repo, base, project, options, another },
    ...{ reader: githubReader(options)(project), actor: another() },
    head: (branch) => origin.git('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`) || null,
    fault: (on, what, times = 1) => void github.faults.push({ on, what, times }),
    close: async () => {
      await github.close().finally(() => origin.remove())
    },
  }
}

export const pkcs8 = (pem: string): string => createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString()
