/** Where a repository is. `remote` is what git is given; it is strict, because it is also an argument. */
export type GitAddress =
  | { kind: 'path'; remote: string }
  | { kind: 'https'; remote: string; host: string; origin: string }
  | { kind: 'ssh'; remote: string; host: string; user: string }

const HOST = '([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)'
const PORT = '(?::(\\d{1,5}))?'
const USER = '([a-z0-9_][a-z0-9_.-]{0,63})'
const PATH = '[\\w~.+/-]+'

const HTTPS = new RegExp(`^https://${HOST}${PORT}/${PATH}$`, 'i')
const SSH = new RegExp(`^ssh://(?:${USER}@)?${HOST}${PORT}/${PATH}$`, 'i')
/** As `git clone` takes it too; the path begins with no dash, and is no port. */
const SCP = new RegExp(`^${USER}@${HOST}:(?!\\d+/?$)[\\w~./]${PATH}$`, 'i')

/**
 * An absolute path, `https://`, `ssh://` or `git@host:path`; null for anything else: no leading dash, no helper syntax
 * such as `ext::`, no credentials in it. `host` carries a port where it is not the usual one.
 */
export function gitAddress(address: string): GitAddress | null {
  if (/[\0\s]/.test(address) || address.includes('::')) return null
  if (address.startsWith('/')) return { kind: 'path', remote: address }
  const https = HTTPS.exec(address)
  if (https) {
    const host = named(https[1]!, https[2], '443')
    return { kind: 'https', remote: address, host, origin: `https://${host}` }
  }
  const ssh = SSH.exec(address)
  if (ssh) return { kind: 'ssh', remote: address, host: named(ssh[2]!, ssh[3], '22'), user: ssh[1] ?? '' }
  const scp = SCP.exec(address)
  return scp && { kind: 'ssh', remote: address, host: named(scp[2]!, undefined, '22'), user: scp[1]! }
}

const named = (host: string, port: string | undefined, usual: string): string =>
  port === undefined || port === usual ? host.toLowerCase() : `${host.toLowerCase()}:${port}`
