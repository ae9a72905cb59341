import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { baseEnv, exactly } from '../../../cli/env.ts'
import { livingBy, setBack } from './clock.ts'

/** Fills an empty state folder with thirty-two days at level 2 and so many cures, the last one two days ago. */
export async function makePast(home: string, cures: number): Promise<void> {
  const file = `${home}.clock`
  await setBack(file, 0)
  // PostgreSQL reads it as another user.
  await chmod(file, 0o644)
  const argv = [join(import.meta.dirname, 'past.ts'), home, file, String(cures)]
  const child = spawn(process.execPath, argv, {
    env: exactly({ ...baseEnv(), ...livingBy(file) }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`The past could not be lived: ${said.slice(-2000)}`)
}
