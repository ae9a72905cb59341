import type { GitLogin } from '../../domain/gitLogin.ts'
import type { Project } from '../../domain/project.ts'
import { Fault } from '../../errors.ts'
import type { Far } from '../git/reach.ts'

export interface GitlabOptions {
  /** Of the instance, without `/api/v4`. */
  url: string
  token: string
  cafile: string | undefined
  /** Where our own pages are. */
  pages?: string
  attemptMs?: number
}

const NAME = /^[\w.-]{1,100}(?:\/[\w.-]{1,100}){1,20}$/

/** `group/project`, groups within groups too, or the address of its page or clone. */
export function pathOf(url: string, { settings: { repository } }: Project): string {
  const path = (repository.startsWith(`${url}/`) ? repository.slice(url.length + 1) : repository).replace(
    /(\.git)?\/?$/,
    '',
  )
  if (NAME.test(path) && path.split('/').every((part) => !/^\.+$/.test(part))) return path
  throw new Fault('CODE_UNREACHABLE', 'On GitLab a project’s repository is called group/project.')
}

/** The same project for git: where it is cloned from. */
export function cloned(url: string, project: Project): Project {
  return { ...project, settings: { ...project.settings, repository: `${url}/${pathOf(url, project)}.git` } }
}

/** GitLab's own git: any name goes with a token, `oauth2` by custom. */
export function farWith({ url, token, cafile }: GitlabOptions): Far {
  const login: GitLogin = { kind: 'token', host: new URL(url).host, user: 'oauth2', token }
  return { login: async () => login, hostKeys: async () => [], cafile }
}
