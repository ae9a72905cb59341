import { accessSync, constants } from 'node:fs'

/** Whether the system has a program where a sandbox would see it: below /usr, not in somebody's home. */
export function installed(name: string): boolean {
  return ['/usr/local/bin', '/usr/bin', '/bin'].some((folder) => {
    try {
      accessSync(`${folder}/${name}`, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
