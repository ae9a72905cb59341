import type { SandboxFile } from '../../../domain/sandbox.ts'
import { fileText, isClassic, type ManagerName } from './managers.ts'

export interface Plan {
  manager: ManagerName
  command: string
  /** Nothing in the repository fixes the versions: what is resolved now is kept and used again. */
  open: boolean
}

/** The default of `nightshift.json`, which says no more than: as the lockfile has it. */
const DEFAULT = 'npm ci'
const PIP = '.venv/bin/python -m pip install --only-binary :all:'
const VENV = 'python3 -m venv .venv'
/** Dependencies of the project table, without building the project, which would run it. */
const FROM_PROJECT = `python3 -c 'import tomllib
for line in tomllib.load(open("pyproject.toml", "rb")).get("project", {}).get("dependencies", []): print(line)' > /tmp/wanted.txt`

const WORDS: [RegExp, ManagerName][] = [
  [/^(?:\S*\/)?pnpm\b/, 'pnpm'],
  [/^(?:\S*\/)?bunx?\b/, 'bun'],
  [/^(?:\S*\/)?(?:pip3?|python3?)\b/, 'pip'],
]

/** Exact where every line names one version or one archive. */
const pinned = (text: string): boolean =>
  text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('--hash'))
    .every((line) => /^[\w.[\],-]+\s*==\s*[\w.!+-]+(?:\s|;|\\|$)/.test(line))

function usual(files: SandboxFile[]): Plan {
  const has = (path: string) => files.some((file) => file.path === path)
  if (has('package-lock.json') || has('npm-shrinkwrap.json')) return { manager: 'npm', command: DEFAULT, open: false }
  if (has('pnpm-lock.yaml')) return { manager: 'pnpm', command: 'pnpm install --frozen-lockfile', open: false }
  if (has('yarn.lock')) {
    return isClassic(files)
      ? { manager: 'yarn', command: 'yarn install --frozen-lockfile --non-interactive', open: false }
      : { manager: 'berry', command: 'yarn install --immutable', open: false }
  }
  if (has('bun.lock') || has('bun.lockb'))
    return { manager: 'bun', command: 'bun install --frozen-lockfile --ignore-scripts', open: false }
  if (has('package.json')) return { manager: 'npm', command: 'npm install', open: true }
  if (has('requirements.txt')) {
    const open = !pinned(fileText(files, 'requirements.txt') ?? '')
    return { manager: 'pip', command: `${VENV} && ${PIP} -r requirements.txt`, open }
  }
  if (has('pyproject.toml'))
    return { manager: 'pip', command: `${FROM_PROJECT} && ${VENV} && ${PIP} -r /tmp/wanted.txt`, open: true }
  return { manager: 'npm', command: DEFAULT, open: false }
}

/** Which manager runs what. A command of the project's own is taken as it is. */
export function planInstall(files: SandboxFile[], command: string): Plan {
  if (command === DEFAULT) return usual(files)
  if (/^(?:\S*\/)?yarn\b/.test(command)) return { manager: isClassic(files) ? 'yarn' : 'berry', command, open: false }
  const manager = WORDS.find(([word]) => word.test(command))?.[1] ?? 'npm'
  return { manager, command, open: false }
}
