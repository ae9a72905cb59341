import { execFile } from 'node:child_process'
import { access, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { copyReadable, emptyFolder, readableFolder } from './copyReadable.ts'
import { exactly, npmProgram, searchPath } from './env.ts'

/**
 * Copies Node and npm once to `<home>/toolchain/node` ({bin/node, bin/npm, bin/npx, lib/node_modules/npm}), readable for
 * everyone: sandboxes and deployed apps run as other users, and either may be installed where those cannot look.
 * Answers the folder.
 */
export async function toolchain(home: string, node = process.execPath, npm?: string): Promise<string> {
  const folder = join(home, 'toolchain', 'node')
  const npmFolder = npm ?? (await npmInstallation())
  const wanted = `node ${await versionOf(node)} npm ${await npmVersion(npmFolder)}\n`
  if ((await readFile(join(folder, 'VERSION'), 'utf8').catch(() => '')) === wanted) return folder
  const fresh = `${folder}.${process.pid}.new`
  await readableFolder(dirname(folder))
  await emptyFolder(fresh)
  for (const part of ['bin', 'lib', 'lib/node_modules']) await readableFolder(join(fresh, part))
  await copyReadable(await realpath(node), join(fresh, 'bin/node'))
  await copyReadable(npmFolder, join(fresh, 'lib/node_modules/npm'))
  for (const name of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(fresh, 'bin', name))
  }
  // Written last: a folder without it is half made.
  await writeFile(join(fresh, 'VERSION'), wanted)
  await putInPlace(fresh, folder, wanted)
  return folder
}

/** Several programs may start at once on a fresh machine: the first one's copy stands, and the others' go. */
async function putInPlace(fresh: string, folder: string, wanted: string): Promise<void> {
  const stands = async () => (await readFile(join(folder, 'VERSION'), 'utf8').catch(() => '')) === wanted
  if (!(await stands())) {
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
      if (!(await stands())) throw error
    })
  }
  await rm(fresh, { recursive: true, force: true })
}

/** The folder of the npm people use here: the one on PATH, else the one that started us. */
export async function npmInstallation(folders = searchPath(), startedBy = npmProgram()): Promise<string> {
  const programs = [...folders.map((folder) => join(folder, 'npm')), ...(startedBy ? [startedBy] : [])]
  for (const program of programs) {
    const real = await realpath(program).catch(() => null)
    if (!real) continue
    // A version manager's `npm` may be a shim; then npm lies beside the Node it belongs to.
    for (const candidate of [dirname(dirname(real)), join(dirname(dirname(real)), 'lib/node_modules/npm')]) {
      if (await exists(join(candidate, 'bin/npm-cli.js'))) return candidate
    }
  }
  throw new Error('npm was not found on PATH. Install it (Debian: apt-get install -y npm) and start again.')
}

async function versionOf(node: string): Promise<string> {
  if (node === process.execPath) return process.version
  return (await promisify(execFile)(node, ['--version'], { env: exactly({}) })).stdout.trim()
}

const npmVersion = async (folder: string): Promise<string> =>
  (JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }).version

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
