import type { TestFailure } from '../domain/testRun.ts'

/** Codes and sentences of what lies outside the code: another host, the disk, a program or a package that is not there. */
const NETWORK =
  /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)\b|\bgetaddrinfo\b|Network is unreachable|Name or service not known|Temporary failure in name resolution|Connection refused/
const MACHINE =
  /\b(?:ENOSPC|EMFILE|ENOMEM)\b|: not found\b|command not found|spawn \S+ ENOENT|Executable doesn't exist|browser(?:s)? (?:was|were) not found|Could not find (?:Chrome|a browser)/i
const PACKAGE = /Cannot find (?:package|module) '(?![./])[^']+'|No module named '?[\w.]+'?/

export type Elsewhere = 'network' | 'machine' | 'dependency'

/**
 * Why a failure is none of this code's, or null. A package that is missing is the installation's unless the repository
 * holds a module of that name, which `own` says.
 */
export function elsewhere({ message, type }: TestFailure, own: (module: string) => boolean): Elsewhere | null {
  const text = `${type}: ${message}`
  if (NETWORK.test(text)) return 'network'
  if (MACHINE.test(text)) return 'machine'
  const missing = PACKAGE.exec(text)?.[0]
  const name = missing && /'?([\w@./-]+)'?$/.exec(missing)?.[1]
  return name && !own(name) ? 'dependency' : null
}
