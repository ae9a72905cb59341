import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GitTrouble } from '../../emulators/git/https.ts'
import { emulateGitlab } from '../../emulators/gitlab/server.ts'
import { gitlabActor, gitlabReader } from '../../lib/adapters/code.gitlab.ts'
import { ground, TOKEN } from './gitHosts.ts'
import { projectAt } from './projectAt.ts'

/** GitLab with one project in a group of a group, `main` and `staging` at one commit, and a token for it. */
export async function openGitlab(program: 'binary' | 'isomorphic' = 'binary') {
  const at = ground()
  const host = await emulateGitlab('acme/web/shop', at.origin.path)
  host.tokens.set(TOKEN, 'write')
  const cafile = join(at.home, 'ca.pem')
  writeFileSync(cafile, host.cert)
  const project = projectAt('acme/web/shop')
  const options = { url: host.url, token: TOKEN, cafile }
  const another = () => gitlabActor(options, at.home, program)(project)
  return {
    ...{ ...at, host, project, options, another, actor: another() },
    reader: gitlabReader(options, at.home, program)(project),
    fault: (on: RegExp, what: GitTrouble, times = 1) => void host.faults.push({ on, what, times }),
    close: async () => {
      await host.close()
      at.remove()
    },
  }
}
