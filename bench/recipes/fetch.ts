import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { person } from '../../cli/env.ts'
import { homeOf } from '../../cli/home.ts'
import type { NpmPackage } from './package.ts'

/** Where fetched packages are kept: the state folder of this checkout. */
export const cacheFolder = (): string =>
  join(homeOf(resolve(import.meta.dirname, '../..'), person()), 'bench', 'recipes')

export interface Fetched {
  tree: string
  modules: string | null
}

/** A folder made whole or not at all; `make` fills the folder it is given. */
export function once(key: string, make: (folder: string) => void): string {
  const folder = join(cacheFolder(), key)
  if (isThere(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  try {
    make(unfinished)
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

const isThere = (folder: string): boolean => {
  try {
    return readdirSync(folder).length > 0
  } catch {
    return false
  }
}

/** Twelve hex digits over what a folder was made from: another recipe, another folder. */
export const keyOf = (name: string, from: unknown): string =>
  `${name.replace(/[^\w.-]/g, '-')}-${createHash('sha256').update(JSON.stringify(from)).digest('hex').slice(0, 12)}`

/** The package's archive, checked and unpacked, its dependencies installed; throws with words when it cannot be had. */
export function fetchNpm(one: NpmPackage): Fetched {
  const folder = once(keyOf(one.name, [one, 1]), (made) => {
    const [packed] = JSON.parse(npm(made, ['pack', `${one.name}@${one.version}`, '--json'])) as { filename: string }[]
    const archive = join(made, packed!.filename)
    checkIntegrity(readFileSync(archive), one.integrity)
    const tree = join(made, 'tree')
    mkdirSync(tree)
    execFileSync('tar', ['-xzf', archive, '-C', tree, '--strip-components=1', '--no-same-owner'])
    rmSync(archive)
    for (const path of one.without) rmSync(join(tree, path), { recursive: true, force: true })
    writeFileSync(join(tree, 'package.json'), manifestOf(readFileSync(join(tree, 'package.json'), 'utf8'), one))
    writeFileSync(join(tree, '.gitignore'), 'node_modules/\n')
    npm(tree, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
    mkdirSync(join(tree, 'node_modules'), { recursive: true })
    renameSync(join(tree, 'node_modules'), join(made, 'modules'))
  })
  return { tree: join(folder, 'tree'), modules: join(folder, 'modules') }
}

const npm = (folder: string, argv: string[]): string =>
  execFileSync('npm', argv, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Throws unless the bytes have the hash, `algorithm-base64` as in a lockfile. */
export function checkIntegrity(bytes: Uint8Array, integrity: string): void {
  const [algorithm, wanted] = [integrity.slice(0, integrity.indexOf('-')), integrity.slice(integrity.indexOf('-') + 1)]
  const found = createHash(algorithm).update(bytes).digest('base64')
  if (found !== wanted) throw new Error(`Its ${algorithm} is ${found}, not ${wanted}.`)
}

/** The package's own manifest with what a checkout needs: its dependencies, the tools its tests need, one command. */
export function manifestOf(text: string, { dev, command }: Pick<NpmPackage, 'dev' | 'command'>): string {
  const own = JSON.parse(text) as Record<string, unknown>
  const kept = ['name', 'version', 'license', 'type', 'main', 'module', 'exports', 'imports', 'dependencies']
  const made = Object.fromEntries(kept.filter((key) => own[key] !== undefined).map((key) => [key, own[key]]))
  return `${JSON.stringify({ ...made, devDependencies: dev, scripts: { test: command } }, null, 2)}\n`
}
