import { homedir } from 'node:os'

/** The account's home folder; null where the uid we run under has none, as in many containers. */
export function accountHome(): string | null {
  try {
    return homedir()
  } catch {
    return null
  }
}
