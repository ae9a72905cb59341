import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { git } from './spawn.ts'

/** A throw-away repository of ours that borrows another's objects. */
export interface Scratch {
  dir: string
  /** The repository borrowed from; null where the folder is none. */
  gitDir: string | null
  close(): Promise<void>
}

/**
 * Nothing the repository brings decides what is read: no fetching of what a partial clone lacks (which would run what
 * its remote names), no grafts, and no index of commits or packs that says other things than the objects do.
 */
export const BORROWED = {
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_GRAFT_FILE: '/dev/null',
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'core.commitGraph',
  GIT_CONFIG_VALUE_0: 'false',
  GIT_CONFIG_KEY_1: 'core.multiPackIndex',
  GIT_CONFIG_VALUE_1: 'false',
}

/** Settings, attributes and hooks of the target are not even read; only names are looked up in it. */
export async function borrow(path: string): Promise<Scratch> {
  const found = await locate(path)
  const format = found
    ? line(await git(found.gitDir, ['rev-parse', '--show-object-format'], { env: BORROWED }))
    : 'sha1'
  const dir = await mkdtemp(join(tmpdir(), 'nightshift-git-'))
  const close = () => rm(dir, { recursive: true, force: true })
  try {
    await git(dir, ['init', '--bare', '--quiet', '--template=', `--object-format=${format}`])
    // Quoted, so that no character of the path means anything; alternates of the target are followed from there.
    const quoted = found?.objects.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')
    if (quoted !== undefined) await writeFile(join(dir, 'objects/info/alternates'), `"${quoted}"\n`)
  } catch (error) {
    await close()
    throw error
  }
  return { dir, gitDir: found?.gitDir ?? null, close }
}

/** Where a repository keeps its names and its objects: read from its files, since asking git would be asking it. */
async function locate(path: string): Promise<{ gitDir: string; objects: string } | null> {
  const gitDir = await gitDirOf(path)
  const common = resolve(gitDir, (await textIn(join(gitDir, 'commondir'))) ?? '.')
  const objects = join(common, 'objects')
  return (await isFolder(objects)) && (await textIn(join(gitDir, 'HEAD'))) !== null ? { gitDir, objects } : null
}

async function gitDirOf(path: string): Promise<string> {
  const dot = join(path, '.git')
  if (await isFolder(dot)) return dot
  // A worktree of its own or a submodule: the file says where its repository is.
  const named = /^gitdir: (.+)$/s.exec((await textIn(dot)) ?? '')?.[1]
  return named === undefined ? path : resolve(path, named)
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** A small file of git's, without its last line end. */
const textIn = (path: string): Promise<string | null> =>
  readFile(path, 'utf8').then(
    (text) => text.replace(/\r?\n$/, ''),
    () => null,
  )

export const line = (out: { stdout: Buffer }): string => out.stdout.toString('latin1').trim()
