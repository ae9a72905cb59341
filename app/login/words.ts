import type { Unadmitted } from '@/lib/domain/account.ts'

/** Why somebody is not in, in words that say nothing about anybody else. */
export type Problem = Unadmitted | 'uninvited' | 'unreachable'

export const PROBLEMS: Record<Problem, string> = {
  wrong: 'That did not work: the password does not fit, or the link was used or is too old. Ask for a link.',
  first: 'The first time it takes a link: leave the password empty and ask for one.',
  unconfirmed: 'This address is not verified yet. Ask for a link, and open it.',
  unverifiable:
    'The project people sign in with verifies no addresses, so nobody new is let in. Its owner turns on “Confirm email”.',
  limited: 'That was tried too often. Wait some minutes.',
  unreachable: 'The service people sign in with did not answer. Try again in a moment.',
  uninvited: 'Nobody has invited this address, or the invitation has run out. Ask an owner.',
}

/** Of an address's query, which anybody may write: known words or none. */
export const problemNamed = (name: string | undefined): string | null =>
  name !== undefined && Object.hasOwn(PROBLEMS, name) ? PROBLEMS[name as keyof typeof PROBLEMS] : null
