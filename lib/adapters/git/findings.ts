import type { HostFinding } from '../../domain/deployment.ts'
import { type GitAddress, gitAddress } from '../../domain/gitAddress.ts'
import { keysOf } from '../../domain/gitLogin.ts'
import type { Project } from '../../domain/project.ts'
import { sealedBy, unseal } from '../../domain/sealed.ts'
import { gitHosts, gitLogins, type KeptLogin } from '../../store/gitLogins.ts'
import type { CodeReader } from '../../world.ts'
import { chosen, type Keeping } from './logins.ts'
import { isInstalled } from './programs.ts'

/** What `nightshift doctor` says about how a project's repository is reached. */
export async function gitFindings(
  keeping: Keeping,
  project: Project,
  reader: CodeReader,
  installed = isInstalled,
): Promise<HostFinding[]> {
  const address = gitAddress(project.settings.repository)
  if (!address) return [fails('address', 'it is no absolute path, https://…, ssh://… or git@host:path')]
  if (address.kind === 'path') return [await reached(project, reader)]
  const logins = await gitLogins(keeping.sql, project.id)
  const known = address.kind === 'ssh' ? keysOf(address.host, await gitHosts(keeping.sql, project.id)) : null
  return [
    ...(address.kind === 'ssh' && !installed('ssh')
      ? [fails('program', 'there is no ssh: install openssh-client, or give an address with https://')]
      : []),
    ...(known?.length === 0 ? [fails('host key', `nobody trusted ${address.host} yet: nightshift connect trust`)] : []),
    ...credentials(keeping, address, logins),
    await reached(project, reader),
  ]
}

function credentials({ sealing, git }: Keeping, address: GitAddress, logins: KeptLogin[]): HostFinding[] {
  if (address.kind === 'path') return []
  const writes = chosen(logins, 'write')
  if (!writes) {
    if (address.kind === 'ssh') return [fails('key', 'none was made: nightshift connect key')]
    if (git.token?.host !== address.host)
      return [fails('token', `there is none for ${address.host}: nightshift connect token, or GIT_TOKEN and GIT_HOST`)]
    return git.token.read ? [] : [note('token', 'what only reads holds the token that may push: GIT_READ_TOKEN')]
  }
  const sealed = logins.filter((one) => unseal(sealing, one.id, one.sealed) === null)
  const older = logins.filter((one) => sealedBy(one.sealed) !== sealing[0]?.kid)
  const foreign = logins.filter((one) => one.host !== address.host)
  return [
    ...sealed.map((one) =>
      fails(one.kind, `it cannot be opened: ENCRYPTION_KEY does not hold ${sealedBy(one.sealed)}`),
    ),
    ...foreign.map((one) => fails(one.kind, `it is for ${one.host}, and the repository is at ${address.host}`)),
    ...(sealed.length === 0 && older.length > 0
      ? [note('encryption', 'an older key sealed it: keep that key until it was used once more')]
      : []),
    ...(chosen(logins, 'read') === writes
      ? [
          note(
            writes.kind,
            `what only reads holds the ${writes.kind} that may push: nightshift connect ${writes.kind} --read`,
          ),
        ]
      : []),
  ]
}

/** Asked, not guessed: whether the production branch is there for us. */
export async function reached(project: Project, reader: CodeReader): Promise<HostFinding> {
  const { production } = project.settings.branches
  try {
    const head = await reader.head(production)
    if (head) return { state: 'ok', name: 'repository', detail: `${production} is at ${head.slice(0, 12)}` }
    return fails('repository', `it has no branch ${production}`)
  } catch (error) {
    return fails('repository', error instanceof Error ? error.message : String(error))
  }
}

const fails = (name: string, detail: string): HostFinding => ({ state: 'fails', name, detail })
const note = (name: string, detail: string): HostFinding => ({ state: 'note', name, detail })
