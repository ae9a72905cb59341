import type { ISql } from 'postgres'
import type { GitChoice } from '../../domain/codeChoice.ts'
import type { GitAddress } from '../../domain/gitAddress.ts'
import { type GitLogin, keysOf, type LoginUse } from '../../domain/gitLogin.ts'
import { type SealingKey, seal, sealedBy, unseal } from '../../domain/sealed.ts'
import { Fault } from '../../errors.ts'
import { gitHosts, gitLogins, type KeptLogin, resealGitLogin } from '../../store/gitLogins.ts'
import type { Far } from './reach.ts'

export interface Keeping {
  sql: ISql
  sealing: SealingKey[]
  git: Pick<GitChoice, 'token' | 'cafile' | 'proxy'>
}

/** What a zone reaches repositories with: the project's own login, else the server's token for that host. */
export function farOf({ sql, sealing, git }: Keeping, use: LoginUse): Far {
  return {
    cafile: git.cafile ?? undefined,
    proxy: git.proxy ?? undefined,
    hostKeys: async (project, host) => keysOf(host, await gitHosts(sql, project.id)),
    async login(project, address) {
      const kept = chosen(await gitLogins(sql, project.id), use)
      return kept ? opened(sql, sealing, kept) : ofServer(git, use, address)
    },
  }
}

/** What reads uses its own login where it has one, and otherwise the one that writes. */
export const chosen = (logins: KeptLogin[], use: LoginUse): KeptLogin | undefined =>
  logins.find((one) => one.use === use) ?? logins.find((one) => one.use === 'write')

/** The secret, sealed anew where an older key sealed it, so that the older one can go. */
async function opened(sql: ISql, sealing: SealingKey[], kept: KeptLogin): Promise<GitLogin> {
  const secret = unseal(sealing, kept.id, kept.sealed)
  if (secret === null)
    throw new Fault('CREDENTIAL_SEALED', `It is for ${kept.host}, sealed by ${sealedBy(kept.sealed)}.`)
  const [current] = sealing
  if (current && sealedBy(kept.sealed) !== current.kid)
    await resealGitLogin(sql, kept.id, kept.sealed, seal(current, kept.id, secret))
  const { host, username: user } = kept
  return kept.kind === 'key' ? { kind: 'key', host, seed: secret } : { kind: 'token', host, user, token: secret }
}

function ofServer({ token }: Keeping['git'], use: LoginUse, address: GitAddress): GitLogin {
  if (!token || address.kind !== 'https' || address.host !== token.host) return { kind: 'none' }
  const { host, user, read, write } = token
  return { kind: 'token', host, user, token: use === 'read' ? (read ?? write) : write }
}
