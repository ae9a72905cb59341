import { readdirSync, readFileSync } from 'node:fs'

export interface Seen {
  pid: number
  /** User on this machine, not inside a box. */
  uid: number
}

/** Processes of this machine whose command line holds a marker, as the host sees them. */
export function processesWith(marker: string): Seen[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(marker)) return []
      const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      return [{ pid: Number(pid), uid: Number(uid) }]
    } catch {
      // it ended while we looked
      return []
    }
  })
}
