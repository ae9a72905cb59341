import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { exactly } from './environment.ts'

const COMPILE = 'adapters/sandbox/compile.mjs'

/**
 * Our own programs as a sandbox gets them, from `lib` to a folder: plain JavaScript, because taking the types away at each
 * start costs every run half a second of a core.
 */
export async function compilePrograms(lib: string, folder: string): Promise<void> {
  const argv = ['--disable-warning=ExperimentalWarning', join(lib, COMPILE), lib, folder]
  await promisify(execFile)(process.execPath, argv, { env: exactly({}) })
}
