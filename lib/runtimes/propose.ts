import { Manifest } from '../domain/manifest.ts'
import type { DetectedRuntime, Detection } from '../domain/runtime.ts'

/** Services a sandbox can offer; others are for a person to say. */
const OFFERED = ['postgres']

/** A valid `nightshift.json` for what was found; null when nothing says how tests are run. */
export function proposeManifest({ runtimes, services, test }: Detection): Manifest | null {
  const first = runtimes.find((one) => one.test !== null) ?? runtimes[0]
  if (test === null) return null
  return Manifest.parse({
    install: first?.install ?? null,
    build: first?.build ?? null,
    test: { run: test, report: report(first) },
    check: { types: first?.types ?? null, lint: first?.lint ?? null },
    start: first?.start ?? null,
    health: '/',
    services: services.map(({ name }) => name).filter((name) => OFFERED.includes(name)),
    errors: 'stderr',
  })
}

function report(runtime: DetectedRuntime | undefined): Manifest['test']['report'] {
  switch (runtime?.runtime) {
    case 'go':
      return 'go-json'
    case 'rust':
      return 'cargo'
    case 'java':
    case 'python':
      return 'junit'
    default:
      return 'tap'
  }
}
