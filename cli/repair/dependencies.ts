import type { Progress } from '../../agents/repair/ground.ts'
import { isDependencyManifest, isInstallable } from '../../lib/domain/dependencies.ts'
import type { Manifest } from '../../lib/domain/manifest.ts'
import type { Detection } from '../../lib/domain/runtime.ts'
import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import { Fault } from '../../lib/errors.ts'
import type { Sandbox } from '../../lib/world.ts'

/**
 * Dependencies for the run: what is installed beside the checkout already, as a read-only copy; else installed in the
 * sandbox, which reaches the package registry alone. Null where it has none.
 */
export async function dependenciesOf(
  sandbox: Sandbox,
  root: string,
  files: SandboxFile[],
  manifest: Manifest | null,
  { runtimes }: Detection,
  progress: Progress,
): Promise<string | null> {
  const adopted = await sandbox.adopt(root)
  if (adopted.ok) {
    progress('install', adopted.cached ? 'dependencies as installed, known from before' : 'dependencies as installed')
    return adopted.key
  }
  const command = manifest ? manifest.install : (runtimes[0]?.install ?? null)
  if (!command || !isInstallable(command) || !hasDependencies(files)) return null
  progress('install', command)
  const done = await sandbox.install(files, command)
  if (!done.ok && runtimes[0]?.runtime === 'python') {
    // Packages of the system are seen by every run, and what is missing beside them is told from a fault of the code.
    progress('install', `${done.why} ${lastLine(done.output)} It goes on with the Python packages of this machine.`)
    return null
  }
  if (!done.ok) throw new Fault('INSTALL_FAILED', `${done.why} ${lastLine(done.output)}`)
  progress('install', done.cached ? 'installed before' : `installed in ${Math.round(done.ms / 1000)} s`)
  return done.key
}

function hasDependencies(files: SandboxFile[]): boolean {
  return files.some(
    ({ path, bytes }) => isDependencyManifest(path) && /ependencies|==|>=|^\w/m.test(Buffer.from(bytes).toString()),
  )
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
