import type { DetectedRuntime } from '../domain/runtime.ts'
import { makeTargets, makeTest } from './make.ts'
import { sectionsOf, settingOf } from './sections.ts'
import { baseOf, below, folderOf, join, projectFolders, type Tree, within } from './tree.ts'

export function detectRust(tree: Tree, given: string | null): DetectedRuntime[] {
  return projectFolders(tree, (name) => name === 'Cargo.toml').map((folder) =>
    runtimeOf(tree, folder, folder === '' ? given : null),
  )
}

function runtimeOf(tree: Tree, folder: string, given: string | null): DetectedRuntime {
  const sections = sectionsOf(tree.text(join(folder, 'Cargo.toml')))
  const workspace = sections.has('workspace')
  const members = below(tree, folder).filter((path) => baseOf(path) === 'Cargo.toml' && folderOf(path) !== folder)
  // Unit tests stand inside the sources, whose text is not read: any source may hold them.
  const source = below(tree, folder).find((path) => path.endsWith('.rs'))
  const target = makeTest(makeTargets(tree, folder), /\bcargo (?:test|nextest)\b/)
  const dependent = [...sections].some(
    ([name, body]) => /(?:^|\.)(?:dev-|build-)?dependencies(?:\.|$)/.test(name) && body.trim() !== '',
  )
  const formats = ['rustfmt.toml', '.rustfmt.toml'].some((name) => tree.has(join(folder, name)))
  const ci = tree.paths.some(
    (path) => path.startsWith('.github/workflows/') && /cargo fmt|rustfmt/.test(tree.text(path)),
  )
  const put = (command: string | null) => within(folder, command)
  return {
    ...{ runtime: 'rust', folder, build: null, start: null },
    members: workspace ? members.map(folderOf).slice(0, 200) : [],
    runners: source ? [{ runner: 'cargo', program: 'cargo', why: `${join(folder, 'Cargo.toml')} and ${source}` }] : [],
    test: given ?? put(source ? (target ?? `cargo test${workspace ? ' --workspace' : ''}`) : null),
    install: put(
      dependent || workspace ? `cargo fetch${tree.has(join(folder, 'Cargo.lock')) ? ' --locked' : ''}` : null,
    ),
    types: put('cargo check --all-targets'),
    lint: null,
    format: formats || ci ? put('rustfmt') : null,
    engines: engines(tree, folder, sections),
  }
}

function engines(tree: Tree, folder: string, sections: Map<string, string>): Record<string, string> {
  const pinned = sectionsOf(tree.text(join(folder, 'rust-toolchain.toml'))).get('toolchain')
  const version =
    settingOf(sections.get('package'), 'rust-version') ??
    settingOf(sections.get('workspace.package'), 'rust-version') ??
    settingOf(pinned, 'channel') ??
    tree.text(join(folder, 'rust-toolchain')).trim().split('\n')[0]
  const edition = settingOf(sections.get('package'), 'edition')
  return { ...(version ? { rust: version } : {}), ...(edition ? { edition } : {}) }
}
