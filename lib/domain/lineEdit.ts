import type { Edit } from './tree.ts'

/** What differs between two texts of a file: a few lines, where the texts may be large and the differences many. */
export interface LineEdit {
  path: string
  /** Lines before the difference. */
  at: number
  /** Lines that go. */
  gone: number
  /** Lines that come instead, without their line feeds. */
  lines: string[]
}

export function lineEdit(path: string, before: string, after: string): LineEdit {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const most = Math.min(old.length, now.length)
  let at = 0
  while (at < most && old[at] === now[at]) at++
  let end = 0
  while (end < most - at && old.at(-1 - end) === now.at(-1 - end)) end++
  return { path, at, gone: old.length - at - end, lines: now.slice(at, now.length - end) }
}

/** The whole text again. Lines that are not there change nothing: what comes from a sandbox may say anything. */
export function wholeEdit(edit: Edit | LineEdit, texts: Record<string, string>): Edit {
  if ('text' in edit) return edit
  const { path, at, gone, lines } = edit
  const all = (texts[path] ?? '').split('\n')
  return { path, text: [...all.slice(0, at), ...lines, ...all.slice(at + gone)].join('\n') }
}
