import type { TestFailure } from '../domain/testRun.ts'

/** Codes and sentences of what lies outside the code: another host, the disk, a program or a package that is not there. */
const NETWORK =
  /\b(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ENOTCACHED)\b|cache mode is 'only-if-cached'|audit endpoint returned an error|Network is unreachable|Name or service not known|Temporary failure in name resolution|Connection refused(?! \w)/
const MACHINE =
  /\b(?:ENOSPC|EMFILE|ENOMEM)\b|spawn \S+ ENOENT|Executable doesn't exist|browsers? (?:was|were) not found|Could not find (?:Chrome|a browser)/i
/** As shells say it, with their name or the line of the script in front: programs have their own words for not finding. */
const NO_COMMAND =
  /^(?:\S*sh: (?:(?:line )?\d+: )?|\S+: (?:line )?\d+: )\S+: (?:command )?not found\s*$|^zsh:(?:\d+:)? command not found: /m
/** Of an alias (`#lib/x`, `@/x`, `~/x`) the repository itself says where it is. */
const PACKAGE = /Cannot find (?:package|module) '(?![./#~]|@\/)[^']+'|No module named '?[\w.]+'?/

export type Elsewhere = 'network' | 'machine' | 'dependency'

/**
 * Why a failure is none of this code's, or null. A package that is missing is the installation's unless the repository
 * holds a module of that name, which `own` says. What an assertion says is about values, whatever words they hold.
 */
export function elsewhere(failure: TestFailure, own: (module: string) => boolean): Elsewhere | null {
  const { message } = failure
  if (isAssertion(failure)) return null
  if (NETWORK.test(message)) return 'network'
  if (MACHINE.test(message) || NO_COMMAND.test(message)) return 'machine'
  const missing = PACKAGE.exec(message)?.[0]
  const name = missing && /'?([\w@./-]+)'?$/.exec(missing)?.[1]
  return name && !own(name) ? 'dependency' : null
}

const isAssertion = ({ type, expected, actual }: TestFailure): boolean =>
  /assert/i.test(type) || expected !== null || actual !== null
