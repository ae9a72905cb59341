import { resolve } from 'node:path'
import type { Ground, Progress } from '../../agents/repair/ground.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import { openCheckout, sandboxAt } from '../../lib/adapters/index.ts'
import { Manifest } from '../../lib/domain/manifest.ts'
import type { Detection, ListedFile } from '../../lib/domain/runtime.ts'
import { Fault } from '../../lib/errors.ts'
import { detect } from '../../lib/runtimes/detect.ts'
import type { LocalCheckout } from '../../lib/world/local.ts'
import type { Sandbox } from '../../lib/world.ts'
import { calledFrom, person, searchPath, versionsChosen } from '../env.ts'
import { makeHome } from '../home.ts'
import { registrySettings } from '../stack/registry.ts'
import { toolchain } from '../toolchain.ts'
import { finder, toolchainsFor } from '../toolchains/find.ts'
import type { Asked } from './asked.ts'
import { withBefore } from './before.ts'
import { dependenciesOf } from './dependencies.ts'
import { isResult } from './results.ts'

const checkoutOfOurs = resolve(import.meta.dirname, '../..')
/** A suite that takes longer is no input for a search. */
const WALL_MS = 600_000

/** The repository read: as it stands, or the commit that is named. A branch is of what is committed, or it is refused. */
export async function readCheckout(asked: Asked, progress: Progress): Promise<LocalCheckout> {
  const root = resolve(calledFrom(), asked.repo)
  const out = resolve(calledFrom(), asked.out)
  const local = await openCheckout(root, { at: asked.sha, leaveOut: isResult(root, out) })
  const { files, dirty, history } = local
  progress('read', `${files.length} files${dirty.length > 0 ? `, ${dirty.length} not committed` : ''}`)
  const why = !asked.branch
    ? null
    : !history.head
      ? new Fault('NOT_COMMITTED', 'There is no commit to put a branch on.')
      : dirty.length > 0
        ? new Fault('NOT_COMMITTED', dirty.slice(0, 5).join(', '))
        : null
  if (!why) return local
  await local.close()
  throw why
}

/** Its dependencies in place, the sandbox tested: all a repair needs, and nothing of it a server. */
export async function prepare(
  home: string,
  local: LocalCheckout,
  asked: Asked,
  command: string | null,
  progress: Progress,
): Promise<{ ground: Omit<Ground, 'model'>; detection: Detection }> {
  const { root, files, entries, history } = local
  const texts = textsOf(files)
  const manifest = manifestIn(texts['nightshift.json'])
  const detection = detect(listed(texts), command ?? manifest?.test.run ?? null)
  const run = command ?? manifest?.test.run ?? detection.test
  if (!run) throw new Fault('NO_TESTS', 'Say how with --test.')
  const base = asked.base ? await history.commit(asked.base) : null
  if (asked.base && !base) throw new Fault('NOT_FOUND', `The repository has no commit ${asked.base}.`)
  const languages = [...new Set(detection.runtimes.map(({ runtime }) => runtime))]
  const seeker = { ...person(), ...versionsChosen(), find: finder(searchPath()) }
  const toolchains = await toolchainsFor(root, languages, seeker)
  for (const folder of toolchains) progress('read', `shown to runs: ${folder}`)
  const sandbox = await openSandbox(home, toolchains, progress)
  const dependencies = await dependenciesOf(sandbox, root, files, manifest, detection, progress)
  return {
    detection,
    ground: {
      ...{ sandbox, dependencies, files, texts, history, entries, manifest },
      command: {
        ...{
          command: withBefore(run, [manifest?.setup, buildIn(detection, manifest)]),
          env: manifest?.env ?? {},
          wallMs: WALL_MS,
        },
        services: manifest?.services.includes('postgres') ? ['postgres'] : [],
      },
      checks: checksIn(detection, manifest),
      ...{ judges: [], protect: [], goodBase: base?.sha ?? null, isMeant: () => true },
      ...{ attempts: asked.attempts, searchMs: asked.searchMs },
    },
  }
}

async function openSandbox(home: string, toolchains: string[], progress: Progress): Promise<Sandbox> {
  await makeHome(home)
  const tools = await toolchain(home)
  const settings = await registrySettings(tools, checkoutOfOurs)
  const registry = settings.NPM_REGISTRY ? { url: settings.NPM_REGISTRY, cafile: settings.NPM_CAFILE } : undefined
  const sandbox = sandboxAt({ home, toolchain: tools, programs: checkoutOfOurs, registry, toolchains })
  const test = await sandbox.selfTest()
  if (!test.ok) throw new Fault('SANDBOX_UNAVAILABLE', `${test.why} ${test.remedy}`)
  progress('read', `sandbox: ${test.boundary}`)
  return sandbox
}

const buildIn = ({ runtimes }: Detection, manifest: Manifest | null): string | null =>
  manifest ? manifest.build : (runtimes[0]?.build ?? null)

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
