import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

const PATH = `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`
const MODULES = join(import.meta.dirname, '../../node_modules')

const folders: string[] = []

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder that goes away with the test file. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ns-clinic-'))
  folders.push(folder)
  return folder
}

/** A plain copy of a commit, with this checkout's packages beside it. */
export function copyOf(repository: string, commit: string): string {
  const folder = temporary()
  run(folder, `git --git-dir '${repository}' archive '${commit}' | tar -x`)
  symlinkSync(MODULES, join(folder, 'node_modules'))
  return folder
}

/** Runs a shell line in a folder with nothing of this process's environment. */
export function run(folder: string, line: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    env: { PATH, HOME: folder, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** Fills the tables and starts the app on a free port. */
export async function startApp(folder: string, env: Record<string, string> = {}) {
  const CLINIC_DB = join(temporary(), 'clinic.db')
  run(folder, 'node scripts/seed.ts', { CLINIC_DB })
  const child = spawn(process.execPath, ['--import', './src/instrument.ts', 'src/server.ts'], {
    cwd: folder,
    env: { PATH, PORT: '0', CLINIC_DB, ...env },
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const port = await new Promise<string>((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        const found = output.match(/listens on (\d+)/)?.[1]
        if (found) resolve(found)
      })
    }
    ended.then(() => reject(new Error(`the app ended: ${output}`)))
  })
  const base = `http://127.0.0.1:${port}`
  return {
    base,
    port: Number(port),
    get: (path: string) => fetch(base + path),
    post: (path: string, body: string, headers: Record<string, string> = {}) =>
      fetch(base + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }),
    /** Asks the app to end; answers its exit status. */
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
