import { chmod, copyFile, lstat, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Scripts by which a repository brings its tool along: they would download it, and there is no network. */
const SCRIPTS = { mvnw: 'mvn', gradlew: 'gradle' }

const kept = (folder: string, name: string): string => join(folder, `${name}.own`)

/** Lets `./mvnw` in the repository's copy run our `mvn` instead; the script itself is kept aside. */
export async function replaceWrappers(folder: string, workspace: string): Promise<void> {
  for (const [name, tool] of Object.entries(SCRIPTS)) {
    const script = join(workspace, name)
    const there = await lstat(script).catch(() => null)
    if (!there?.isFile()) continue
    await copyFile(script, kept(folder, name))
    await writeFile(script, `#!/bin/sh\nexec '${join(folder, 'bin', tool).replaceAll("'", `'\\''`)}' "$@"\n`)
    await chmod(script, 0o755)
  }
}

/** Puts the repository's own scripts back. */
export async function restoreWrappers(folder: string, workspace: string): Promise<void> {
  for (const name of Object.keys(SCRIPTS)) {
    const own = kept(folder, name)
    if (!(await lstat(own).catch(() => null))) continue
    const draft = join(workspace, `.${name}.own`)
    // The folder of the run may be on another file system.
    await copyFile(own, draft)
    await rename(draft, join(workspace, name))
  }
}
