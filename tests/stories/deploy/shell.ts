import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exactly } from '../../../cli/env.ts'

export interface Ran {
  code: number
  /** Both streams, as a person sees them. */
  said: string
  seconds: number
}

/** A person's terminal: what one block exports is there in the next. */
export interface Terminal {
  cwd: string
  /** Every block that was run, with what it took. */
  log: { block: string; seconds: number }[]
  /** Runs a block to its end; throws with what was said where a command of it fails. */
  paste(block: string): Promise<string>
  /** The same, for a block that may fail. */
  tries(block: string): Promise<Ran>
  set(name: string, value: string): void
}

export async function openTerminal(folder: string, cwd: string, env: Record<string, string>): Promise<Terminal> {
  const kept = join(folder, 'exported.sh')
  await writeFile(kept, '')
  const own = { ...env }
  const log: Terminal['log'] = []
  const tries = async (block: string): Promise<Ran> => {
    const script = `. "${kept}"\nset -o pipefail -e\n${block}\nexport -p > "${kept}"\n`
    const begun = performance.now()
    const child = spawn('bash', ['-c', script], { cwd, env: exactly(own), stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)))
    const seconds = Math.round((performance.now() - begun) / 100) / 10
    log.push({ block, seconds })
    return { code, said, seconds }
  }
  return {
    ...{ cwd, log, tries },
    set(name, value) {
      own[name] = value
    },
    async paste(block) {
      const { code, said } = await tries(block)
      if (code !== 0) throw new Error(`${block}\n\nended with ${code}:\n${said}`)
      return said
    },
  }
}
