import type { HostFinding } from '../../lib/domain/deployment.ts'
import { PUBLISHED } from '../../lib/domain/gitLogin.ts'
import { type Command, type Exit, parsed, refusalInWords, say, told, Usage } from '../command.ts'
import { inWords } from '../doctor/check.ts'
import { askPassword, askSecret } from '../password.ts'
import { isRefusal, type Remote, remote } from '../remote.ts'
import { only } from './status.ts'

interface Connection {
  project: string
  repository: string
  logins: { use: string; kind: string; host: string; publicKey: string | null }[]
  hosts: { host: string; fingerprint: string }[]
  findings: HostFinding[]
}

export const connect: Command = {
  does: 'shows how the repository is reached, or gives it a key or a token; needs the owner’s password',
  usage: `connect [key|token|trust|forget] [--read] [--new] [--user <name>] [--token-stdin] [--fingerprint <SHA256:…>]

  key      makes a key here and shows what the git host is given as deploy key; --new makes another in its place
  token    asks for a token, for an address with https://
  trust    shows the fingerprint of the host's SSH key; with --fingerprint it is trusted, once you compared it
  forget   takes a key or a token away

  --read   the login of what only reads. Without one of its own it uses the one that pushes.

The password is typed, or in NIGHTSHIFT_PASSWORD; --token-stdin reads the token from standard input.`,
  async run(argv) {
    const options = {
      read: { type: 'boolean' },
      new: { type: 'boolean' },
      user: { type: 'string' },
      'token-stdin': { type: 'boolean' },
      fingerprint: { type: 'string' },
    } as const
    const { values, words } = parsed(argv, options, { least: 0, most: 1 })
    const far = await remote(values.url)
    const about = await connectionOf(far, values.project)
    const { project } = about
    const use = values.read ? 'read' : 'write'
    const decide = async (body: object) =>
      far.decide('connect', { project, ...body }, { password: await askPassword(false), patienceMs: 60_000 })
    switch (words[0]) {
      case undefined:
        return shown(values.json, about)
      case 'key':
        return told(values.json, await decide({ what: 'key', use, fresh: values.new ?? false }), ({ publicKey }) => [
          `Add this to ${about.repository} as deploy key, ${use === 'write' ? 'with write access' : 'read-only'}:`,
          String(publicKey),
        ])
      case 'token': {
        const token = (await askSecret('Token: ', values['token-stdin'])).trim()
        const body = { what: 'token', use, token, ...(values.user ? { user: values.user } : {}) }
        return told(values.json, await decide(body), ({ host, user }) => [`Kept, for ${host} alone, as ${user}.`])
      }
      case 'forget':
        return told(values.json, await decide({ what: 'forget', use }), () => ['It is taken away.'])
      case 'trust':
        return trust(values.json, about, values.fingerprint, decide)
      default:
        throw new Usage(`There is no connect ${words[0]}.`)
    }
  },
}

async function connectionOf(far: Remote, slug: string | undefined): Promise<Connection> {
  const answer = await far.get('git')
  if (isRefusal(answer)) throw new Error(refusalInWords(answer).join('\n'))
  const found = (answer.projects as Connection[]).filter(({ project }) => slug === undefined || project === slug)
  return only(found, slug, ({ project }) => project)
}

function shown(json: boolean | undefined, about: Connection): Exit {
  const { project, repository, logins, hosts, findings } = about
  say(
    json,
    about,
    [
      `${project}: ${repository}`,
      ...logins.map(
        ({ use, kind, host, publicKey }) => `  ${kind} to ${use}, for ${host}${publicKey ? `\n    ${publicKey}` : ''}`,
      ),
      ...hosts.map(({ host, fingerprint }) => `  trusts ${host}: ${fingerprint}`),
      ...findings.map((finding) => `  ${inWords(finding)}`),
    ].flatMap((line) => line.split('\n')),
  )
  return findings.some(({ state }) => state === 'fails') ? 1 : 0
}

/** Nothing is trusted unseen: the fingerprint that was compared is typed, and has to be the one that is shown now. */
async function trust(
  json: boolean | undefined,
  { repository }: Connection,
  compared: string | undefined,
  decide: (body: object) => ReturnType<Remote['decide']>,
): Promise<Exit> {
  // Loaded when it is needed: it brings more than all other commands together.
  const { scanHost } = await import('../../lib/adapters/index.ts')
  const { host, line, fingerprint } = await scanHost(repository)
  const published = Object.hasOwn(PUBLISHED, host) ? PUBLISHED[host]?.fingerprint : undefined
  if (compared === undefined) {
    say(json, { host, fingerprint, published: published ?? null }, [
      `${host} shows ${fingerprint}.`,
      published
        ? `It publishes ${published}, which is trusted already.`
        : 'Compare it with what its operator publishes, then:',
      ...(published ? [] : [`  nightshift connect trust --fingerprint ${fingerprint}`]),
    ])
    return 0
  }
  if (compared !== fingerprint) {
    say(json, { ok: false, host, fingerprint }, [
      `${host} shows ${fingerprint}, which is another one. Nothing is trusted.`,
    ])
    return 3
  }
  return told(json, await decide({ what: 'trust', key: line }), () => [`${host} is trusted with ${fingerprint}.`])
}
