import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { applyPatch, parsePatch } from 'diff'
import { systemFirst } from './suite.ts'

export interface Repaired {
  outcome: 'proven' | 'refused' | 'error'
  /** Whole new texts by path; empty unless proven. */
  patched: Record<string, string>
  why: string
  ms: number
  /** What the command wrote about itself, where it did. */
  metadata: Metadata | null
}

export interface Candidate {
  recipe: string
  summary: string
  score: number | null
  chosen: boolean
  patch: string
}

/** The parts of the command's own account that are read here; all of them may be missing. */
export interface Metadata {
  why?: string | null
  author?: string | null
  attempts?: unknown[]
  search?: object
  green_candidates?: Candidate[]
  cost?: { usd?: number; model_calls?: number; tokens?: Record<string, number> }
  /** Milliseconds. */
  stages?: Record<string, number>
}

export type Repair = (folder: string, testCommand: string, more?: string[]) => Promise<Repaired>

const COMMAND = resolve(import.meta.dirname, '../../bin/nightshift')

/** The command line's own repair, on a plain folder: what is judged is what people run. */
export const repairWith: Repair = async (folder, testCommand, more = []) => {
  const out = mkdtempSync(join(tmpdir(), 'bench-repair-'))
  const began = performance.now()
  try {
    const argv = ['repair', '--repo', folder, '--test', testCommand, '--out', out, '--json', ...more]
    const { exit, stderr } = await run(argv)
    const ms = performance.now() - began
    const metadata = readMetadata(out)
    const why = metadata?.why ?? stderr.trim().split('\n').at(-1) ?? ''
    if (exit === 2 || exit === 3) return { outcome: 'refused', patched: {}, why, ms, metadata }
    if (exit !== 0) return { outcome: 'error', patched: {}, why: `exit ${exit}: ${why}`, ms, metadata }
    const patched = applied(folder, textOf(out, /^patch-.*\.diff$/) ?? '')
    return { outcome: 'proven', patched, why, ms, metadata }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

function run(argv: string[]): Promise<{ exit: number | null; stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(COMMAND, argv, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PATH: systemFirst() },
    })
    let stderr = ''
    child.stderr.on('data', (bytes: Buffer) => {
      stderr = (stderr + bytes.toString()).slice(-4000)
    })
    child.on('error', fail)
    child.on('close', (exit) => done({ exit, stderr }))
  })
}

function textOf(folder: string, name: RegExp): string | null {
  const found = readdirSync(folder).find((one) => name.test(one))
  return found ? readFileSync(join(folder, found), 'utf8') : null
}

function readMetadata(out: string): Metadata | null {
  const text = textOf(out, /^metadata-.*\.json$/)
  return text === null ? null : JSON.parse(text)
}

/** The texts a patch makes of a folder's files; throws where it does not apply, which no proven patch may do. */
export function applied(folder: string, diff: string): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const file of parsePatch(diff)) {
    const path = nameIn(file.newFileName) ?? nameIn(file.oldFileName)
    if (path === null) continue
    const before = nameIn(file.oldFileName) === null ? '' : readFileSync(join(folder, path), 'utf8')
    const after = applyPatch(before, file)
    if (after === false) throw new Error(`The patch does not apply to ${path}.`)
    texts[path] = after
  }
  return texts
}

const nameIn = (name: string | undefined): string | null =>
  !name || name === '/dev/null' ? null : name.replace(/^[ab]\//, '').split('\t')[0]!
