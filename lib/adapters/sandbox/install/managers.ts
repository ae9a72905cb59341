import type { SandboxFile } from '../../../domain/sandbox.ts'

export type ManagerName = 'npm' | 'yarn' | 'berry' | 'pnpm' | 'bun' | 'pip'

/** A package manager that is itself a package; npm and pip come with the interpreters. */
interface ManagerProgram {
  package: string
  version: string
  /** Subresource integrity of its archive, where the project names one. */
  integrity: string | null
}

const BUN: Record<string, string> = { x64: '@oven/bun-linux-x64', arm64: '@oven/bun-linux-aarch64' }
/** What is taken where the project does not say. One that reads the lockfile's version. */
const VERSIONS = { yarn: '1.22.22', berry: '4.18.1', bun: '1.4.5', pnpm: '10.20.0' }
const PNPM_BY_LOCKFILE: [RegExp, string][] = [
  [/^lockfileVersion: '?5\./m, '7.33.7'],
  [/^lockfileVersion: '?6\./m, '8.15.9'],
]
const FIELD = /^(npm|yarn|pnpm|bun)@(\d+)(\.\d+\.\d+(?:-[\w.]+)?)(?:\+sha(512|1|224|256|384)\.([0-9a-f]+))?$/

export const fileText = (files: SandboxFile[], path: string): string | null => {
  const found = files.find((file) => file.path === path)
  return found ? Buffer.from(found.bytes).toString('utf8') : null
}

function declared(
  files: SandboxFile[],
): { name: string; major: number; version: string; integrity: string | null } | null {
  try {
    const field = FIELD.exec(JSON.parse(fileText(files, 'package.json') ?? '{}').packageManager ?? '')
    if (!field) return null
    const [, name = '', major, rest = '', bits, hex = ''] = field
    // A registry vouches for sha512; other sums are for the manager's own downloads.
    const integrity = bits === '512' ? `sha512-${Buffer.from(hex, 'hex').toString('base64')}` : null
    return { name, major: Number(major), version: `${major}${rest}`, integrity }
  } catch {
    return null
  }
}

/** Yarn 1 and those after it are two programs of one name. */
export const isClassic = (files: SandboxFile[]): boolean => {
  const named = declared(files)
  if (named?.name === 'yarn') return named.major < 2
  return !/^__metadata:/m.test(fileText(files, 'yarn.lock') ?? '')
}

/** The exact program: the one `packageManager` names, or else one that reads the lockfile. Null for npm and pip. */
export function managerProgram(name: ManagerName, files: SandboxFile[], arch = process.arch): ManagerProgram | null {
  if (name === 'npm' || name === 'pip') return null
  const packages = { yarn: 'yarn', berry: '@yarnpkg/cli-dist', pnpm: 'pnpm', bun: BUN[arch] ?? 'bun' }
  const named = declared(files)
  const spoken = name === 'berry' ? 'yarn' : name
  // Sums of yarn 2 and later are of its script, sums of bun of its wrapper: neither is of the archive we take.
  const sum = name === 'yarn' || name === 'pnpm' ? (named?.integrity ?? null) : null
  if (named?.name === spoken) return { package: packages[name], version: named.version, integrity: sum }
  const lock = fileText(files, 'pnpm-lock.yaml') ?? ''
  const older = name === 'pnpm' ? PNPM_BY_LOCKFILE.find(([pattern]) => pattern.test(lock))?.[1] : undefined
  return { package: packages[name], version: older ?? VERSIONS[name], integrity: null }
}

/** A project that depends on the program alone, so that it is installed as everything else is. */
export function managerProject({ package: name, version, integrity }: ManagerProgram): SandboxFile[] {
  const own = { name: 'manager', version: '1.0.0', dependencies: { [name]: version } }
  const file = (path: string, value: unknown) => ({ path, bytes: Buffer.from(JSON.stringify(value)) })
  if (integrity === null) return [file('package.json', own)]
  const packages = { '': own, [`node_modules/${name}`]: { version, integrity } }
  const lock = { ...own, lockfileVersion: 3, requires: true, packages }
  return [file('package.json', own), file('package-lock.json', lock)]
}
