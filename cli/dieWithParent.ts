import { existsSync } from 'node:fs'

/** From util-linux, which Debian cannot be without. */
const SETPRIV = '/usr/bin/setpriv'

/**
 * The argv that makes the kernel send `signal` to the program when the process that started it ends, however it ends:
 * a `kill -9` of `bin/start` leaves nothing behind. Without setpriv only an orderly stop does.
 */
export function dieWithParent(signal: 'INT' | 'TERM' | 'KILL', argv: [string, ...string[]]): [string, ...string[]] {
  return existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', signal, '--', ...argv] : argv
}
