import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A checkout on this machine that only its owner may enter, with what an install would have left in it. */
export async function openCheckout() {
  const outer = await mkdtemp(join(tmpdir(), 'ns-checkout-'))
  await chmod(outer, 0o700)
  const root = join(outer, 'app')
  await mkdir(root)
  const write = async (path: string, text: string, mode = 0o600) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text, { mode })
  }
  const link = async (path: string, target: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await symlink(target, join(root, path))
  }
  /** Owner, mode, size, time and link count of everything, so that a test can say that nothing was touched. */
  const state = async () => {
    const paths = (await readdir(root, { recursive: true })).sort()
    const facts = await Promise.all(
      paths.map(async (path) => {
        const found = await stat(join(root, path)).catch(() => null)
        return found && [path, found.uid, found.mode, found.size, found.mtimeMs, found.ctimeMs, found.nlink]
      }),
    )
    return JSON.stringify(facts)
  }
  return { outer, root, write, link, state, close: () => rm(outer, { recursive: true, force: true }) }
}
