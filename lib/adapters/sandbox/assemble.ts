import type { SandboxChoice } from '../../domain/sandboxChoice.ts'
import type { Sandbox } from '../../world.ts'
import { type BubblewrapOptions, bubblewrap } from '../sandbox.bubblewrap.ts'
import { detachedLater, openedLater } from './later.ts'

/** Options every sandbox of this machine takes, and the choice. Vercel's machines have a toolchain and a budget of their own. */
interface SandboxConfig {
  home: string
  toolchain: string
  registry: BubblewrapOptions['registry']
  pythonIndex: BubblewrapOptions['pythonIndex']
  cacheBytes: number
  sandbox: SandboxChoice
}

/** `programs`: folder of ours that is shown in every run. */
export function sandboxOf(config: SandboxConfig, programs: string): Sandbox {
  const { home, toolchain, registry, pythonIndex, cacheBytes: budget, sandbox } = config
  const options = { home, toolchain, programs, registry, pythonIndex, budget }
  if (sandbox.kind === 'docker') {
    const { socket } = sandbox
    return openedLater(async () => (await import('../sandbox.docker.ts')).docker({ ...options, socket }))
  }
  if (sandbox.kind === 'vercel') {
    const { kind: _, ...account } = sandbox
    const asked = { home, programs, registry, pythonIndex, ...account }
    return detachedLater(async () => (await import('../sandbox.vercel.ts')).vercel(asked))
  }
  return bubblewrap(options)
}
