import { resolve } from 'node:path'
import type { Ground, Progress } from '../../agents/repair/ground.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import { openCheckout, sandboxAt } from '../../lib/adapters/index.ts'
import { Manifest } from '../../lib/domain/manifest.ts'
import type { Detection, ListedFile } from '../../lib/domain/runtime.ts'
import { Fault } from '../../lib/errors.ts'
import { detect } from '../../lib/runtimes/detect.ts'
import type { LocalCheckout, Sandbox } from '../../lib/world.ts'
import { calledFrom } from '../env.ts'
import { makeHome } from '../home.ts'
import { registrySettings } from '../stack/registry.ts'
import { toolchain } from '../toolchain.ts'
import type { Asked } from './asked.ts'
import { dependenciesOf } from './dependencies.ts'

const checkoutOfOurs = resolve(import.meta.dirname, '../..')
/** A suite that takes longer is no input for a search. */
const WALL_MS = 600_000

export interface Prepared {
  ground: Ground
  local: LocalCheckout
  detection: Detection
}

/** A repository read, its dependencies in place, the sandbox tested: all a repair needs, and nothing of it a server. */
export async function prepare(
  home: string,
  asked: Asked,
  command: string | null,
  progress: Progress,
): Promise<Prepared> {
  const root = resolve(calledFrom(), asked.repo)
  const local = await openCheckout(root)
  try {
    const files = asked.sha ? await filesAt(local, asked.sha) : local.files
    const texts = textsOf(files)
    progress(
      'read',
      `${files.length} files${local.dirty.length > 0 && !asked.sha ? `, ${local.dirty.length} not committed` : ''}`,
    )
    const manifest = manifestIn(texts['nightshift.json'])
    const detection = detect(listed(texts), command ?? manifest?.test.run ?? null)
    const run = command ?? manifest?.test.run ?? detection.test
    if (!run) throw new Fault('NO_TESTS', 'Say how with --test.')
    const sandbox = await openSandbox(home, progress)
    const dependencies = await dependenciesOf(sandbox, root, files, manifest, detection, progress)
    const base = asked.base ? await local.history.commit(asked.base) : null
    if (asked.base && !base) throw new Fault('NOT_FOUND', `The repository has no commit ${asked.base}.`)
    const ground: Ground = {
      ...{ sandbox, dependencies, files, texts, history: local.history, entries: local.entries, manifest },
      command: {
        ...{ command: withBuild(run, detection, manifest), env: manifest?.env ?? {}, wallMs: WALL_MS },
        services: manifest?.services.includes('postgres') ? ['postgres'] : [],
      },
      checks: checksIn(detection, manifest),
      ...{ judges: [], protect: [], goodBase: base?.sha ?? null, isMeant: () => true },
      ...{ model: null, attempts: asked.attempts, searchMs: asked.searchMs },
    }
    return { ground, local, detection }
  } catch (error) {
    await local.close()
    throw error
  }
}

async function filesAt(local: LocalCheckout, name: string) {
  const commit = await local.history.commit(name)
  if (!commit) throw new Fault('NOT_FOUND', `The repository has no commit ${name}.`)
  return local.history.files(commit.sha)
}

async function openSandbox(home: string, progress: Progress): Promise<Sandbox> {
  await makeHome(home)
  const tools = await toolchain(home)
  const settings = await registrySettings(tools, checkoutOfOurs)
  const registry = settings.NPM_REGISTRY ? { url: settings.NPM_REGISTRY, cafile: settings.NPM_CAFILE } : undefined
  const sandbox = sandboxAt({ home, toolchain: tools, programs: checkoutOfOurs, registry })
  const test = await sandbox.selfTest()
  if (!test.ok) throw new Fault('SANDBOX_UNAVAILABLE', `${test.why} ${test.remedy}`)
  progress('read', `sandbox: ${test.boundary}`)
  return sandbox
}

/** What has to run before the tests, where the repository's own command does not do it. */
function withBuild(run: string, { runtimes }: Detection, manifest: Manifest | null): string {
  const build = manifest ? manifest.build : (runtimes[0]?.build ?? null)
  return [manifest?.setup, build, run].filter((part) => part && (part === run || !run.includes(part))).join(' && ')
}

/** What the manifest says, or else what the repository's files do. */
function checksIn({ runtimes }: Detection, manifest: Manifest | null): string[] {
  const { types, lint } = manifest?.check ?? { types: runtimes[0]?.types, lint: runtimes[0]?.lint }
  return [types, lint].filter((line): line is string => !!line)
}

function manifestIn(text: string | undefined): Manifest | null {
  if (text === undefined) return null
  try {
    return Manifest.parse(JSON.parse(text))
  } catch (error) {
    throw new Fault('MANIFEST_INVALID', error instanceof Error ? error.message.slice(0, 300) : '')
  }
}

const listed = (texts: Record<string, string>): ListedFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, text }))
