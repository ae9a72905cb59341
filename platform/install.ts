import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { lstat, mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { TreeFile } from './tree.ts'

const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock']
const INPUTS = [...LOCKFILES, 'package.json', '.npmrc', 'pnpm-workspace.yaml']

/**
 * Names what an install makes: the command and the bytes of every file it goes by.
 * Null when nothing pins it (no lockfile), or when the commit brings a `node_modules` of its own.
 */
export function dependencyKey(command: string, files: TreeFile[]): string | null {
  const inputs = files.filter((file) => INPUTS.includes(basename(file.path)))
  if (!inputs.some((file) => LOCKFILES.includes(basename(file.path)))) return null
  if (files.some((file) => file.path.split('/')[0] === 'node_modules')) return null
  const facts = [command, ...inputs.map((file) => `${file.path} ${file.oid}`).sort()]
  return createHash('sha256').update(facts.join('\0')).digest('hex').slice(0, 32)
}

export function isInstalled(folder: string, key: string): boolean {
  return existsSync(join(folder, key, 'node_modules'))
}

/**
 * Moves what an install made out of the build's folder into the shared set.
 * Answers false, leaving it where it is, unless it is a real folder: a link put there by the install command would
 * show the next box whatever it points to on this machine.
 */
export async function keepInstalled(build: string, folder: string, key: string): Promise<boolean> {
  const made = join(build, 'node_modules')
  const kind = await lstat(made).catch(() => null)
  if (kind === null || !kind.isDirectory()) return false
  await mkdir(join(folder, key), { recursive: true, mode: 0o755 })
  try {
    await rename(made, join(folder, key, 'node_modules'))
  } catch (error) {
    // another build of the same lockfile was quicker; its set is the same
    if (!isInstalled(folder, key)) throw error
    await rm(made, { recursive: true, force: true })
  }
  return true
}
