import { access, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { readAsked } from '../asked.ts'
import { passThrough } from '../passThrough.ts'
import { gradleArguments, mavenArguments } from './arguments.ts'
import { RAN } from './files.ts'

/** `mvn` and `gradle` on the PATH: `wrap.ts <folder> <real program> <arguments>`. */
const [folder = '', real = '', ...args] = process.argv.slice(2)
/** Where Debian keeps what its own Maven builds with. */
const DEBIAN = '/usr/share/maven-repo'

const there = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

async function words(): Promise<string[]> {
  const asked = await readAsked('java', folder)
  if (basename(real) === 'gradle') return gradleArguments(args, asked)
  const own = await there(join(homedir(), '.m2/repository'))
  return mavenArguments(args, asked, !own && (await there(DEBIAN)) ? DEBIAN : null)
}

await writeFile(join(folder, `${process.pid}.${RAN}`), '')
process.exitCode = await passThrough({ program: real, args: await words() })
