import { accessSync, constants, existsSync } from 'node:fs'
import { test } from 'vitest'

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

type Run = () => Promise<void>

/** Tests that take a program of the system's. Where it is missing they are skipped, and each says for want of what. */
export function testWith(program: string) {
  const wanted = works(program) ? test : test.skip
  const why = works(program) ? '' : ` (skipped: ${program} is not installed)`
  return (title: string, first: { timeout: number } | Run, second?: Run): void => {
    const [options, run] = typeof first === 'function' ? [{}, first] : [first, second]
    wanted(`${title}${why}`, options, run)
  }
}
