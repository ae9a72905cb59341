import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type GitHost, serveGit } from '../../emulators/git/https.ts'
import { serveGitOverSsh } from '../../emulators/git/ssh.ts'
import { gitActor, gitReader } from '../../lib/adapters/code.git.ts'
import { isomorphicActor, isomorphicReader } from '../../lib/adapters/code.isomorphic.ts'
import type { Far } from '../../lib/adapters/git/reach.ts'
import type { GitLogin } from '../../lib/domain/gitLogin.ts'
import type { Project } from '../../lib/domain/project.ts'
import { newSeed, publicLine } from '../../lib/domain/sshKey.ts'
import type { CodeActor } from '../../lib/world.ts'
import type { CodeWorld } from './code.contract.ts'
import { projectAt } from './projectAt.ts'
import { bareRepository, type Repository } from './repository.ts'

export const TOKEN = 'glpat-a-token-nobody-may-see'

export interface Elsewhere extends CodeWorld {
  home: string
  origin: Repository
  /** The folder that is served, and the repository's name in it. */
  root: string
  name: string
  project: Project
  far: Far
  /** The login that is shown from now on. */
  login: GitLogin
  actorAs(far: Far): CodeActor
}

/** A repository with two branches, and an empty home. */
export function ground() {
  const origin = bareRepository()
  const home = mkdtempSync(join(tmpdir(), 'ns-home-'))
  const base = origin.commit('main', { 'src/app.ts': 'export const fixed = false\n', 'README.md': 'Shop\n' }, 'First')
  origin.git('update-ref', 'refs/heads/staging', base)
  origin.git('config', 'http.receivepack', 'true')
  let n = 0
  return {
    ...{ origin, home, base, root: dirname(origin.path), name: basename(origin.path) },
    head: async (branch: string) =>
      origin.git('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`) || null,
    commitElsewhere: async (branch: string) =>
      origin.commit(branch, { 'src/app.ts': `export const fixed = ${++n}\n` }, `Work ${n}`),
    remove: () => {
      origin.remove()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** The same repository through the library instead of the program. */
export async function overHttpsWithoutGit() {
  const world = await overHttps()
  const another = () => {
    const home = mkdtempSync(join(world.home, 'other-'))
    mkdirSync(join(home, 'keys'))
    const signing = join(world.home, 'keys', 'signing.pem')
    if (existsSync(signing)) copyFileSync(signing, join(home, 'keys', 'signing.pem'))
    return isomorphicActor(home, world.project, world.far)
  }
  const reader = isomorphicReader(world.home, world.project, world.far)
  return Object.assign(world, {
    ...{ reader, another, actor: isomorphicActor(world.home, world.project, world.far) },
    actorAs: (far: Far) => isomorphicActor(mkdtempSync(join(world.home, 'as-')), world.project, far),
  })
}

type Kept = { login: GitLogin; keys: string[] }

function reached(at: ReturnType<typeof ground>, repository: string, kept: Kept, more: Partial<Far>) {
  const project = projectAt(repository)
  const far: Far = { login: async () => kept.login, hostKeys: async () => kept.keys, ...more }
  const another = () => gitActor(at.home, project, far)
  return {
    ...{ ...at, project, far, another },
    ...{ reader: gitReader(at.home, project, far), actor: another() },
    actorAs: (other: Far) => gitActor(at.home, project, other),
    get login() {
      return kept.login
    },
    set login(login) {
      kept.login = login
    },
  }
}

export async function overHttps(): Promise<Elsewhere & { host: GitHost; cafile: string }> {
  const at = ground()
  const host = await serveGit(at.root)
  host.tokens.set(TOKEN, 'write')
  const cafile = join(at.home, 'ca.pem')
  writeFileSync(cafile, host.cert)
  const kept: Kept = { login: { kind: 'token', host: host.host, user: 'oauth2', token: TOKEN }, keys: [] }
  const world = reached(at, `${host.url}/${at.name}`, kept, { cafile })
  return Object.assign(world, {
    ...{ host, cafile },
    close: async () => {
      await host.close()
      at.remove()
    },
  })
}

export async function overSsh() {
  const at = ground()
  const host = await serveGitOverSsh(at.root)
  const seed = newSeed()
  const line = publicLine(seed, 'nightshift').split(' ').slice(0, 2).join(' ')
  host.keys.set(line, 'write')
  const kept: Kept = {
    login: { kind: 'key', host: host.host, seed: seed.toString('base64url') },
    keys: [host.hostKey],
  }
  const world = reached(at, `ssh://git@${host.host}/${at.name}`, kept, {})
  return Object.assign(world, {
    ...{ host, line, kept },
    close: async () => {
      await host.close()
      at.remove()
    },
  })
}
