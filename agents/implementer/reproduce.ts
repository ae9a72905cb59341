import type { CapturedRequest } from '../../lib/domain/event.ts'
import type { FixtureRequest } from '../../lib/domain/fixture.ts'
import { replayRequestOf } from '../../lib/policy/replayRequest.ts'
import type { Sandbox } from '../../lib/world.ts'
import type { Checkout } from './checkout.ts'
import { appOf, runHarness } from './harness.ts'

type Reproduction = { ok: true; request: FixtureRequest; kept: string[] } | { ok: false; why: string }

const MINIMISE_MS = 45_000

/** Finds a captured request that fails with the fingerprint here, then makes the smallest one that still does. */
export async function reproduce(
  sandbox: Sandbox,
  base: Checkout,
  dependencies: string | null,
  requests: CapturedRequest[],
  fingerprint: string,
): Promise<Reproduction> {
  const app = appOf(base.manifest)
  const as = base.manifest.replay.as
  const tracked = base.files.map((file) => file.path)
  let why = 'no captured request can be sent again'
  for (const captured of requests) {
    const request = replayRequestOf(captured, as)
    if (!request) continue
    const task = { kind: 'replay' as const, app, requests: [request], smoke: [], tracked }
    const { result, run } = await runHarness(sandbox, base.files, dependencies, task)
    if (result.kind === 'failed')
      return { ok: false, why: `the app did not ${result.stage} in the sandbox: ${result.why}` }
    const answer = result.answers.at(-1)
    if (!answer?.fingerprints.includes(fingerprint)) {
      why = `the captured request answered ${answer?.status ?? 0} here, without this error`
      continue
    }
    if (run.egress > 0 || answer.errors.some((error) => error.network))
      return { ok: false, why: 'the failing run tried to reach another host, so it proves nothing about this code' }
    return minimise(sandbox, base, dependencies, request, fingerprint, tracked)
  }
  return { ok: false, why }
}

async function minimise(
  sandbox: Sandbox,
  base: Checkout,
  dependencies: string | null,
  request: FixtureRequest,
  fingerprint: string,
  tracked: string[],
): Promise<Reproduction> {
  const { result } = await runHarness(sandbox, base.files, dependencies, {
    kind: 'minimise',
    app: appOf(base.manifest),
    request,
    fingerprint,
    keepHeaders: Object.keys(base.manifest.replay.as),
    tracked,
    budgetMs: MINIMISE_MS,
  })
  if (result.kind === 'failed') return { ok: false, why: `the request could not be made smaller: ${result.why}` }
  return { ok: true, request: result.request, kept: result.kept }
}
