import { constants } from 'node:fs'
import { access, chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'

/** Where programs of a toolchain lie inside: the system's, and folders that an operator shows below /opt. */
const SYSTEM = ['/usr/local/bin', '/usr/bin', '/bin']

/** PATH of a test command: our programs, Node's, then what was shown below /opt, chosen over the system's. The same for all. */
export async function toolPath(folder: string): Promise<string> {
  const names = await readdir('/opt').catch(() => [])
  const extra = names.sort().flatMap((name) => [`/opt/${name}/bin`])
  return [...new Set([join(folder, 'bin'), dirname(process.execPath), ...extra, ...SYSTEM])].join(':')
}

/** The program itself, not one of ours; null where the sandbox has none. */
export async function findProgram(name: string, path: string, folder: string): Promise<string | null> {
  for (const place of path.split(':')) {
    if (place === join(folder, 'bin')) continue
    const file = join(place, name)
    if (
      await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return file
  }
  return null
}

/** A program of ours beside a module: JavaScript in the sandbox, TypeScript in a checkout, as the module itself. */
export const beside = ({ dirname, filename }: ImportMeta, name: string): string =>
  join(dirname, `${name}${extname(filename)}`)

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/**
 * Puts a program of ours earlier on the PATH: `node <wrapper> <folder> <real program> <arguments>`. Where there is no
 * real one it says so, since "not found" alone would look like the repository's fault.
 */
export async function placeProgram(folder: string, name: string, wrapper: string, real: string | null): Promise<void> {
  const bin = join(folder, 'bin')
  await mkdir(bin, { recursive: true })
  const body =
    real === null
      ? `echo ${quoted(`nightshift: ${name} is not installed in this sandbox; it was found neither below /usr nor among the toolchains of whoever started this.`)} >&2\nexit 127`
      : `exec ${[process.execPath, wrapper, folder, real].map(quoted).join(' ')} "$@"`
  const file = join(bin, name)
  await writeFile(file, `#!/bin/sh\n${body}\n`)
  await chmod(file, 0o755)
}
