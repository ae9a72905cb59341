import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { baseEnv, exactly } from '../../cli/env.ts'
import type { Verdict } from '../../cli/gate/judge.ts'
import { CHECKOUT, COMPILED } from '../setup/compiled.ts'

export interface Ran {
  status: number
  out: string
  err: string
}

const TEMPORARY = mkdtempSync(join(tmpdir(), 'ns-gate-'))
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }))

/** What calls left in the folder for temporary files. */
export const leftBehind = (): string[] => readdirSync(TEMPORARY)

/** `nightshift gate` as a person runs it, with a home that nobody may make. */
export const gate = (...argv: string[]): Promise<Ran> => gateFrom(null, ...argv)

/** As bin/nightshift runs it for somebody who is in that folder. */
export function gateFrom(folder: string | null, ...argv: string[]): Promise<Ran> {
  const from: Record<string, string> = folder === null ? {} : { NIGHTSHIFT_CALLED_FROM: folder }
  const env = exactly({
    ...baseEnv(),
    ...COMPILED,
    ...from,
    TMPDIR: TEMPORARY,
    NIGHTSHIFT_HOME: '/nonexistent/nightshift',
  })
  const program = join(CHECKOUT, 'cli/nightshift.ts')
  return new Promise((done) => {
    execFile(process.execPath, [program, 'gate', ...argv], { env, maxBuffer: 1 << 26 }, (error, out, err) =>
      done({ status: Number(error?.code ?? 0), out, err }),
    )
  })
}

export async function verdict(...argv: string[]): Promise<Verdict & { status: number; rules: string[] }> {
  const { status, out, err } = await gate(...argv, '--json')
  if (status === 1) throw new Error(err)
  const read = JSON.parse(out) as Verdict
  return { ...read, status, rules: read.findings.map(({ rule }) => rule) }
}
