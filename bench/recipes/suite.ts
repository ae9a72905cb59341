import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { exactly, person, searchPath } from '../../cli/env.ts'
import type { Suite } from './package.ts'

export interface Ran {
  green: boolean
  ms: number
  /** The end of what it printed, at most 4,000 characters. */
  output: string
}

/** The system's programs before anybody's own: packages of Debian are tested by Debian's Python. */
export const systemFirst = (): string => ['/usr/local/bin', '/usr/bin', '/bin', ...searchPath()].join(':')

/** Runs a shell line in a folder, with nothing of our environment; one that takes longer than `wallMs` is not green. */
export function runCommand(folder: string, command: string, wallMs: number): Promise<Ran> {
  const path = [join(folder, 'node_modules/.bin'), dirname(process.execPath), systemFirst()]
  const env = exactly({
    ...{ PATH: path.join(':'), HOME: tmpdir(), LANG: 'C.UTF-8', CI: 'true' },
    // Where rustup keeps what its `cargo` stands for.
    RUSTUP_HOME: join(person().userHome, '.rustup'),
    ...{ PYTHONDONTWRITEBYTECODE: '1', NODE_OPTIONS: '--max-old-space-size=1024' },
  })
  const began = performance.now()
  return new Promise((done, fail) => {
    // A group of its own: what a mutant leaves running ends with it.
    const child = spawn('sh', ['-c', command], {
      ...{ cwd: folder, env, detached: true },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const end = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {
        // Nobody is left in the group.
      }
    }
    const late = setTimeout(end, wallMs)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (bytes: Buffer) => {
        output = (output + bytes.toString()).slice(-4000)
      })
    child.on('error', fail)
    child.on('exit', (status) => {
      clearTimeout(late)
      end()
      done({ green: status === 0, ms: performance.now() - began, output })
    })
  })
}

/** The suite's tree in a folder of its own, with other texts over it; null removes a file. */
export function layOut(suite: Suite, folder: string, ...overlays: Record<string, string | null>[]): void {
  rmSync(folder, { recursive: true, force: true })
  cpSync(suite.tree, folder, { recursive: true })
  for (const overlay of overlays)
    for (const [path, text] of Object.entries(overlay)) {
      const file = join(folder, path)
      rmSync(file, { force: true })
      if (text === null) continue
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
  // Hard links: packages are read, not written, and a copy of each would take longer than most suites.
  if (suite.modules && existsSync(suite.modules))
    execFileSync('cp', ['-al', suite.modules, join(folder, 'node_modules')])
}

/** As many milliseconds as a run may take before it counts as stuck. */
export const wallOf = (suite: Suite): number => Math.max(30_000, suite.seconds * 5_000)
