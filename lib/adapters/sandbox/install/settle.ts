import { basename } from 'node:path'
import type { SandboxFile } from '../../../domain/sandbox.ts'
import type { Plan } from './plan.ts'
import { REGISTRY } from './settings.ts'

const ARCHIVE_HOST = /^(\s+resolved ")https:\/\/[^/"\s]+\//gm
/** What managers run by themselves. Yarn after 1 runs a project's own even where scripts are off. */
const LIFECYCLE = /^(?:(?:pre|post)?(?:install|prepare)|prepublish|pnpm:devPreinstall)$/

function withoutLifecycle(text: string): string {
  try {
    const own = JSON.parse(text)
    const scripts = Object.entries(own.scripts ?? {})
    if (!scripts.some(([name]) => LIFECYCLE.test(name))) return text
    return JSON.stringify({ ...own, scripts: Object.fromEntries(scripts.filter(([name]) => !LIFECYCLE.test(name))) })
  } catch {
    // Not ours to judge: the manager says what is wrong with it.
    return text
  }
}

/**
 * The manifests as a manager is shown them. Yarn 1 writes full addresses into its lockfile and asks them as they stand;
 * what arrives is held to its integrity. It also knows no variable that turns scripts off, so it gets a file; the
 * repository's own is not among what it is shown.
 */
export function settled(
  files: SandboxFile[],
  { manager, folder }: Pick<Plan, 'manager' | 'folder'>,
  scripts: boolean,
): SandboxFile[] {
  const change = (file: SandboxFile): SandboxFile => {
    const text = () => Buffer.from(file.bytes).toString('utf8')
    const name = basename(file.path)
    if (name === 'package.json' && !scripts) return { ...file, bytes: Buffer.from(withoutLifecycle(text())) }
    if (name !== 'yarn.lock' || manager !== 'yarn') return file
    return { ...file, bytes: Buffer.from(text().replace(ARCHIVE_HOST, `$1${REGISTRY}`)) }
  }
  const own = {
    path: folder === '' ? '.yarnrc' : `${folder}/.yarnrc`,
    bytes: Buffer.from(scripts ? '' : '--ignore-scripts true\n'),
  }
  return [...files.map(change), ...(manager === 'yarn' ? [own] : [])]
}
