import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { prefixOf, type Seeker } from './prefix.ts'

const MARKS = ['lib/python*']
/** Folders of a checkout that hold a Python environment. */
const ENVIRONMENTS = ['.venv', 'venv']
const VERSION = /^[\w.-]+$/

/**
 * The Pythons of a checkout: what its environment was made from, and what `python3` is for whoever calls. Nothing is
 * run; what the checkout says is followed only to a folder that is a Python's.
 */
export async function pythons(root: string, seeker: PythonSeeker): Promise<string[]> {
  const bases = await Promise.all(ENVIRONMENTS.map((name) => baseOf(join(root, name))))
  const programs = [...bases, await called(root, seeker)].flatMap((program) => program ?? [])
  const prefixes = await Promise.all(programs.map((program) => prefixOf(program, MARKS, seeker)))
  return prefixes.flatMap((prefix) => prefix ?? [])
}

export interface PythonSeeker extends Seeker {
  /** The first of its name on the caller's PATH. */
  find(name: string): Promise<string | null>
  pyenv: { version: string | undefined }
}

/** `home = …/bin` of `pyvenv.cfg`. */
async function baseOf(environment: string): Promise<string | null> {
  const text = await readFile(join(environment, 'pyvenv.cfg'), 'utf8').catch(() => '')
  const home = /^home\s*=\s*(\/.*?)\s*$/m.exec(text)?.[1]
  return home === undefined ? null : join(home, 'python3')
}

/** pyenv puts a script of its own before the Python it stands for. */
async function called(root: string, { find, pyenv }: PythonSeeker): Promise<string | null> {
  const program = await find('python3')
  if (!program || basename(dirname(program)) !== 'shims') return program
  const place = dirname(dirname(program))
  const chosen = pyenv.version ?? (await nearest(root)) ?? (await firstWord(join(place, 'version')))
  if (chosen === null || !VERSION.test(chosen) || chosen === 'system') return null
  return join(place, 'versions', chosen, 'bin/python3')
}

async function nearest(folder: string): Promise<string | null> {
  const here = await firstWord(join(folder, '.python-version'))
  return here !== null || folder === dirname(folder) ? here : nearest(dirname(folder))
}

const firstWord = async (file: string): Promise<string | null> =>
  /\S+/.exec(await readFile(file, 'utf8').catch(() => ''))?.[0] ?? null
