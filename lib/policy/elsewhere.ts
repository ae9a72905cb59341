import { isAssertion, isOutage } from '../domain/outage.ts'
import type { TestFailure } from '../domain/testRun.ts'

/** Codes and sentences of the machine a test runs on: its disk, a program that is not there. */
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
  if (isOutage(failure)) return 'network'
  if (MACHINE.test(message) || NO_COMMAND.test(message)) return 'machine'
  const missing = PACKAGE.exec(message)?.[0]
  const name = missing && /'?([\w@./-]+)'?$/.exec(missing)?.[1]
  return name && !own(name) ? 'dependency' : null
}
