import type { GitAddress } from '../../domain/gitAddress.ts'
import { type GitLogin, knownHosts } from '../../domain/gitLogin.ts'
import type { Project } from '../../domain/project.ts'
import { privateFile } from '../../domain/sshKey.ts'
import { Fault } from '../../errors.ts'
import { handed } from './handed.ts'

/** How a zone reaches repositories that are elsewhere. */
export interface Far {
  login(project: Project, address: GitAddress): Promise<GitLogin>
  /** The keys a host may have; none: nobody trusted it yet. */
  hostKeys(project: Project, host: string): Promise<string[]>
  /** A PEM with further authorities that may vouch for a host. */
  cafile?: string | undefined
  /** `http://host:port`: what HTTPS goes through. */
  proxy?: string | undefined
}

/** Repositories on this machine, and those that anybody may read. */
export const NO_LOGIN: Far = { login: async () => ({ kind: 'none' }), hostKeys: async () => [] }

/** What one call of git is started with, and what of it may be in no message. */
export interface Reached {
  env: Record<string, string>
  secrets: string[]
  close(): Promise<void>
}

/** No user's settings: git looks for a `.netrc`, ssh for keys, in a home that is not there. */
const HOMELESS = { HOME: '/nonexistent' }

export async function reach(far: Far, project: Project, address: GitAddress): Promise<Reached> {
  if (address.kind === 'path') return { env: {}, secrets: [], close: async () => undefined }
  const login = await far.login(project, address)
  // Whoever can change where a project's code is would otherwise be sent the login for where it was.
  if (login.kind !== 'none' && login.host !== address.host)
    throw new Fault('GIT_UNAUTHORISED', `What was given is for ${login.host}, and ${address.host} is not shown it.`)
  return address.kind === 'https'
    ? overHttps(far, address, login)
    : overSsh(address, login, await far.hostKeys(project, address.host))
}

function overHttps(far: Far, { origin }: Extract<GitAddress, { kind: 'https' }>, login: GitLogin): Reached {
  if (login.kind === 'key')
    throw new Fault('GIT_UNAUTHORISED', 'What was made is a key, and over HTTPS it takes a token.')
  const basic = login.kind === 'token' ? Buffer.from(`${login.user}:${login.token}`).toString('base64') : null
  const settings: [string, string][] = [
    // A redirect could lead the token to another host, or the reader to another repository.
    ['http.followRedirects', 'false'],
    ['http.sslVerify', 'true'],
    // Nothing for two minutes is nobody there.
    ['http.lowSpeedLimit', '1'],
    ['http.lowSpeedTime', '120'],
    ...(far.cafile ? [['http.sslCAInfo', far.cafile] as [string, string]] : []),
    ...(far.proxy ? [['http.proxy', far.proxy] as [string, string]] : []),
    ...(basic ? [[`http.${origin}/.extraHeader`, `Authorization: Basic ${basic}`] as [string, string]] : []),
  ]
  const env = { ...HOMELESS, ...configured(settings) }
  return { env, secrets: login.kind === 'token' ? [login.token, basic!] : [], close: async () => undefined }
}

/** By the environment, since anybody on the machine may read a process's arguments. */
function configured(settings: [string, string][]): Record<string, string> {
  const named = settings.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${i}`, key],
    [`GIT_CONFIG_VALUE_${i}`, value],
  ])
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(named) }
}

/** Nothing but this key for nobody but this host: no agent, no settings of anybody's, no questions. */
const SSH = [
  ...['-F /dev/null', '-T', '-o BatchMode=yes', '-o IdentitiesOnly=yes', '-o IdentityAgent=none'],
  ...['-o PreferredAuthentications=publickey', '-o PubkeyAuthentication=yes', '-o StrictHostKeyChecking=yes'],
  ...['-o GlobalKnownHostsFile=/dev/null', '-o UpdateHostKeys=no', '-o CheckHostIP=no', '-o VerifyHostKeyDNS=no'],
  ...['-o ForwardAgent=no', '-o ClearAllForwardings=yes', '-o PermitLocalCommand=no', '-o ProxyCommand=none'],
  ...['-o ControlMaster=no', '-o ControlPath=none', '-o ConnectTimeout=10', '-o ConnectionAttempts=1'],
  ...['-o ServerAliveInterval=15', '-o ServerAliveCountMax=4', '-o CanonicalizeHostname=no'],
]

async function overSsh(
  { host, user }: Extract<GitAddress, { kind: 'ssh' }>,
  login: GitLogin,
  keys: string[],
): Promise<Reached> {
  if (!user)
    throw new Fault('GIT_UNAUTHORISED', 'The address names no user, as in git@host:path or ssh://git@host/path.')
  if (login.kind !== 'key') throw new Fault('GIT_UNAUTHORISED', 'No key was made for it yet: nightshift connect key.')
  const hosts = knownHosts(host, keys)
  if (!hosts) throw new Fault('GIT_HOST_KEY', `Nobody trusted ${host} yet.`)
  const key = await handed(privateFile(Buffer.from(login.seed, 'base64url')))
  const known = await handed(hosts).catch(async (error) => {
    await key.close()
    throw error
  })
  const command = ['ssh', ...SSH, `-o IdentityFile=${key.path}`, `-o UserKnownHostsFile=${known.path}`].join(' ')
  return {
    env: { ...HOMELESS, GIT_SSH_COMMAND: command, GIT_SSH_VARIANT: 'ssh' },
    secrets: [login.seed],
    close: async () => void (await Promise.all([key.close(), known.close()])),
  }
}
