import { spawn } from 'node:child_process'
import { constants } from 'node:os'

export interface Passed {
  program: string
  args: string[]
  /** Sees stdout; what it answers is printed. Without it the child writes to ours directly. */
  onOutput?: (chunk: Buffer) => void
  onError?: (chunk: Buffer) => void
}

/** Runs the real program in our place; resolves to the status a shell would see. */
export function passThrough({ program, args, onOutput, onError }: Passed): Promise<number> {
  const child = spawn(program, args, {
    stdio: ['inherit', onOutput ? 'pipe' : 'inherit', onError ? 'pipe' : 'inherit'],
  })
  if (onOutput) child.stdout?.on('data', onOutput)
  if (onError) child.stderr?.on('data', onError)
  return new Promise((done) => {
    child.on('error', () => done(127))
    child.on('close', (status, signal) => done(status ?? 128 + (signal ? (constants.signals[signal] ?? 0) : 0)))
  })
}
