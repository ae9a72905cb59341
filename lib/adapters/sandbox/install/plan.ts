import { LOCKFILES } from '../../../domain/dependencies.ts'
import type { SandboxFile } from '../../../domain/sandbox.ts'
import { fileText, isClassic, type ManagerName } from './managers.ts'

export interface Plan {
  manager: ManagerName
  command: string
  /** Nothing in the repository fixes the versions: what is resolved now is kept and used again. */
  open: boolean
  /** Where the manager is started, below the root; empty for the root itself. */
  folder: string
}

type Choice = Omit<Plan, 'folder'>

/** The default of `nightshift.json`, which says no more than: as the lockfile has it. */
const DEFAULT = 'npm ci'

const WORDS: [RegExp, ManagerName][] = [
  [/^(?:\S*\/)?pnpm\b/, 'pnpm'],
  [/^(?:\S*\/)?bunx?\b/, 'bun'],
  [/^(?:\S*\/)?(?:pip3?|python3?)\b/, 'pip'],
]
/** Ours, which reads manifests where pip would build what is not here; see there. */
const PYTHON = 'python3 /nightshift/lib/adapters/sandbox/install/python.py'
const PIP_INSTALL =
  /^(?:python[\d.]* -m )?pip3? install\s+(?!.*(?:^|\s)(?:-t|--target|--prefix|--root)\b)([^;|&<>$`\n]+)$/
const PYTHON_TOOL =
  /^(?:python[\d.]* -m )?(?:uv sync|poetry (?:install|sync)|pdm (?:install|sync)|pipenv (?:install|sync))\b/
const PYTHON_MANIFEST = /^(?:pyproject\.toml|setup\.(?:py|cfg)|Pipfile|(?:.*\/)?[\w.-]*requirements[\w.-]*\.txt)$/

/** Exact where every line names one version or one archive. */
const pinned = (text: string): boolean =>
  text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('--hash'))
    .every((line) => /^[\w.[\],-]+\s*==\s*[\w.!+-]+(?:\s|;|\\|$)/.test(line))

/** What pip is to install, by the words of a command or by the manifests. Fixed where one file of exact versions is all. */
function python(files: SandboxFile[], folder: string, words: string): Choice {
  const named = files.filter(({ path }) => PYTHON_MANIFEST.test(path))
  const only = named.length === 1 && named[0]?.path === 'requirements.txt'
  const open = !(only && pinned(fileText(files, 'requirements.txt') ?? ''))
  return { manager: 'pip', command: `${PYTHON} ${quoted(folder || '.')}${words && ` ${words}`}`, open }
}

function usual(files: SandboxFile[], folder: string): Choice {
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
  if (files.some(({ path }) => PYTHON_MANIFEST.test(path))) return python(files, folder, '')
  return { manager: 'npm', command: DEFAULT, open: false }
}

/** The words of one or more `pip install`, together; null where the command is anything else. */
function pipWords(command: string): string | null {
  const parts = command.split('&&').map((part) => PIP_INSTALL.exec(part.trim())?.[1]?.trim() ?? null)
  return parts.includes(null) ? null : parts.join(' ')
}

function chosen(files: SandboxFile[], folder: string, command: string): Choice {
  if (command === DEFAULT) return usual(files, folder)
  const words = PYTHON_TOOL.test(command) ? '' : pipWords(command)
  if (words !== null) return python(files, folder, words)
  const plain = command.replace(/^corepack\s+(?=pnpm|yarn)/, '')
  if (/^(?:\S*\/)?yarn\b/.test(plain))
    return { manager: isClassic(files) ? 'yarn' : 'berry', command: plain, open: false }
  const manager = WORDS.find(([word]) => word.test(plain))?.[1] ?? 'npm'
  return { manager, command: plain, open: false }
}

const quoted = (word: string): string => (/^[\w@./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

/** Which manager runs what, and where. A command of the project's own is taken as it is, but for Python's. */
export function planInstall(files: SandboxFile[], command: string): Plan {
  const [, single, plain, rest = ''] = /^\s*cd\s+(?:'([^']+)'|([\w@./-]+))\s*&&\s*(.+)$/s.exec(command) ?? []
  const folder = (single ?? plain ?? '').replace(/^\.\/|\/+$/g, '').replace(/^\.$/, '')
  if (folder === '' || folder.split('/').includes('..') || folder.startsWith('/'))
    return { ...chosen(files, '', folder === '' && rest ? rest : command.trim()), folder: '' }
  const choice = chosen(seenFrom(files, folder), folder, rest.trim())
  // Python's is started at the root, where a run looks for `.venv`, and told the folder.
  if (choice.command.startsWith(PYTHON)) return { ...choice, folder: '' }
  return { ...choice, command: `cd ${quoted(folder)} && ${choice.command}`, folder }
}

/** Files by their paths below a folder. One without a lockfile of its own is of the root's workspace, and the root's stand in. */
export function seenFrom(files: SandboxFile[], folder: string): SandboxFile[] {
  if (folder === '') return files
  const own = files
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .map((file) => ({ ...file, path: file.path.slice(folder.length + 1) }))
  if (own.some(({ path }) => LOCKFILES.includes(path))) return own
  return [...own, ...files.filter(({ path }) => !path.includes('/') && !own.some((file) => file.path === path))]
}

/** The folder an install has to leave. */
export const expectedOf = ({ manager, folder }: Plan): string =>
  manager === 'pip' ? '.venv' : folder === '' ? 'node_modules' : `${folder}/node_modules`
