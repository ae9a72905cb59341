import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { exactly } from '../../cli/env.ts'
import { CHECKOUT, COMPILED } from '../setup/compiled.ts'
import type { ADesk } from './desk.ts'

export interface Ran {
  code: number
  out: string
  err: string
}

const PROGRAM = join(CHECKOUT, 'cli/nightshift.ts')

/** Runs a command line as a program of its own, with nothing of the test's environment but PATH. */
export function run(argv: string[], env: Record<string, string>, input = '', cwd = '/'): Promise<Ran> {
  const all = { PATH: process.env.PATH ?? '', ...COMPILED, ...env }
  const child = spawn(process.execPath, [PROGRAM, ...argv], { env: exactly(all), cwd, stdio: 'pipe' })
  child.stdin.end(input)
  const ran = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (ran.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (ran.err += chunk.toString()))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => done({ code: code ?? -1, ...ran }))
  })
}

/** A person at another machine: an address and a token, and no state folder. */
export const elsewhere = (desk: ADesk): Record<string, string> => ({
  NIGHTSHIFT_HOME: '/nonexistent/nightshift',
  NIGHTSHIFT_URL: desk.stack.url,
  NIGHTSHIFT_TOKEN: desk.stack.secrets.controlToken,
})

/** A person at the machine where it runs: the state folder says where, and holds the token. */
export const here = (desk: ADesk): Record<string, string> => ({ NIGHTSHIFT_HOME: desk.home })

/**
 * The same at a terminal: what it shows, with `typed` typed once `prompt` was shown. The terminal is `script`'s, which
 * shows what is typed unless the program told it not to.
 */
export function atTerminal(argv: string[], env: Record<string, string>, prompt: string, typed: string): Promise<Ran> {
  const words = [process.execPath, PROGRAM, ...argv].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  const all = { PATH: process.env.PATH ?? '', ...COMPILED, ...env }
  const child = spawn('script', ['-qefc', words, '/dev/null'], { env: exactly(all), cwd: '/', stdio: 'pipe' })
  let out = ''
  let asked = false
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (asked || !out.includes(prompt)) return
    asked = true
    child.stdin.write(`${typed}\r`)
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => done({ code: code ?? -1, out, err: '' }))
  })
}
