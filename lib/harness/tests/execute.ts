import { spawn } from 'node:child_process'

export interface Executed {
  /** Null when it had to be killed. */
  exit: number | null
  output: string
  ms: number
}

/** The beginning and the end are kept: a summary stands at the end, what broke first at the beginning. */
const KEPT = 4 * 1024 * 1024
/** What outlives the command, such as a server a test left behind, holds its pipes open; it is not waited for. */
const AFTER_MS = 500

/** Runs a shell line in a process group of its own, and ends all of the group when its time is up. */
export function execute(command: string, cwd: string, env: Record<string, string>, wallMs: number): Promise<Executed> {
  return new Promise((resolve) => {
    const began = performance.now()
    const child = spawn('/bin/sh', ['-c', command], {
      ...{ cwd, env: env as NodeJS.ProcessEnv, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    })
    const chunks: Buffer[] = []
    let size = 0
    const keep = (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      while (size - (chunks[0]?.length ?? 0) > KEPT) size -= chunks.shift()!.length
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    let killed = false
    const end = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {}
    }
    const timer = setTimeout(() => {
      killed = true
      end()
    }, wallMs)
    let over = false
    const done = (exit: number | null) => {
      if (over) return
      over = true
      clearTimeout(timer)
      end()
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
      resolve({ exit: killed ? null : exit, output: Buffer.concat(chunks).toString(), ms: performance.now() - began })
    }
    child.on('error', () => done(127))
    child.on('exit', (code) => setTimeout(() => done(code), AFTER_MS).unref())
    child.on('close', (code) => done(code))
  })
}
