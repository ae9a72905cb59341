import { accessSync, constants, existsSync } from 'node:fs'

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

/** Maven does nothing by itself: without the plugins that Debian has beside it, it asks a network for them. */
const SUREFIRE = '/usr/share/maven-repo/org/apache/maven/plugins/maven-surefire-plugin'

/** Whether it is there, with all it needs to run tests without a network. */
export const works = (name: string): boolean => installed(name) && (name !== 'mvn' || existsSync(SUREFIRE))
