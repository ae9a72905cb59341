import type { Change } from './changes.ts'
import type { Hit } from './hit.ts'

const PLAIN = '100644'

/** Only plain files may come, and only as plain files may they change. Nothing is deleted. */
export function modeHits({ base, head }: Change): Hit[] {
  const modes = [base?.mode, head?.mode]
  if (modes.includes('120000')) return [hit('symlink', 'Symbolic links are never written or replaced.')]
  if (modes.includes('160000')) return [hit('submodule', 'Submodules are never added, moved or removed.')]
  if (head === null) return [hit('deleted', 'Files are never deleted or moved.')]
  if (base !== null && base.mode !== head.mode) return [hit('mode', 'File modes are never changed.')]
  if (head.mode !== PLAIN) return [hit('mode', 'Only plain files are written, never executable ones.')]
  return []
}

const hit = (rule: string, why: string): Hit => ({ rule, why, answer: 'refused' })
