/** A package's document or one of its archives: reading a registry needs nothing else, and a query could carry data out. */
const PACKAGE = /^\/(?:@[\w.~-]+(?:\/|%2f))?[\w.~-]+(?:\/-\/(?:@[\w.~-]+\/)?[\w.~+-]+\.tgz)?$/i
export const SHORT_DOCUMENT = 'application/vnd.npm.install-v1+json'

/** The path to ask the registry for; null when it is none of a package's. */
export function registryPath(base: URL, target: string): string | null {
  const prefix = base.pathname.replace(/\/$/, '')
  // Lockfiles name archives by their full path, which already holds the registry's own prefix.
  const path = prefix !== '' && target.startsWith(`${prefix}/`) ? target.slice(prefix.length) : target
  return PACKAGE.test(path) && !path.includes('..') ? prefix + path : null
}

const TARBALL = /("tarball"\s*:\s*")https?:\/\/[^/"]+\//g

/** A document whose archives are asked of us: managers go where it says, and inside there is nowhere else to go. */
export const withOwnArchives = (document: string, own: string): string => document.replace(TARBALL, `$1${own}`)
