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

/** Blocks of `.yarnrc.yml` that say which dependencies there are; the others name registries, plugins and programs. */
const NAMING = /^["']?(?:packageExtensions|catalogs?)["']?\s*:/

function withoutSettings(text: string): string {
  let kept = false
  // Every character that some reader of YAML takes for a line's end is one here.
  const lines = text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).filter((line) => {
    if (/^[^\s#]/.test(line)) kept = NAMING.test(line)
    return kept
  })
  return lines.length > 0 ? `${lines.join('\n')}\n` : ''
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
    if (name === '.yarnrc.yml') return { ...file, bytes: Buffer.from(withoutSettings(text())) }
    if (name !== 'yarn.lock' || manager !== 'yarn') return file
    return { ...file, bytes: Buffer.from(text().replace(ARCHIVE_HOST, `$1${REGISTRY}`)) }
  }
  const own = {
    path: folder === '' ? '.yarnrc' : `${folder}/.yarnrc`,
    bytes: Buffer.from(scripts ? '' : '--ignore-scripts true\n'),
  }
  return [...files.map(change), ...(manager === 'yarn' ? [own] : [])]
}
