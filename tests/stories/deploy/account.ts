import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { baseEnv, exactly, npmEnv } from '../../../cli/env.ts'
import type { Parts } from '../../../cli/parts.ts'
import { ROOT } from '../../architecture/imports.ts'

/** One emulated service, started by its command as anybody would. */
export interface Account {
  /** Settings of Nightshift's, by their names. */
  settings: Record<string, string>
  /** What else it says: `project`, `domains`, `DSN`, …; mails come later. */
  said(about: string): string | undefined
}

/** Building the sample's history, and its app twice, on a machine that is busy. */
const PATIENCE_MS = 10 * 60_000

export async function openAccount(parts: Parts, name: string, ...argv: string[]): Promise<Account> {
  const program = [join(ROOT, 'cli/emulator.ts'), name, ...argv]
  const child = spawn(process.execPath, program, { cwd: ROOT, env: exactly({ ...baseEnv(), ...npmEnv() }) })
  parts.add(`the emulated ${name}`, async () => {
    if (child.exitCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  let text = ''
  let trouble = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (trouble += chunk.toString()))
  const ends = name === 'accounts' || name === 'slack' || name === 'sendgrid' ? /^[A-Z_]+=/m : /^# /m
  for (let waited = 0; !ends.test(text); waited += 100) {
    if (child.exitCode !== null || waited > PATIENCE_MS)
      throw new Error(`the emulated ${name} did not start: ${trouble}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  // Lines come at once, though perhaps in two pieces.
  await new Promise((resolve) => setTimeout(resolve, 300))
  return {
    settings: Object.fromEntries(
      text.split('\n').flatMap((line) => {
        const [, key, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? []
        return key && value !== undefined ? [[key, value]] : []
      }),
    ),
    said: (about) => new RegExp(`^# ${about}:? (.*)$`, 'gm').exec(text)?.[1] ?? undefined,
  }
}
