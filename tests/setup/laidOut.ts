import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'

const cp = (flags: string, from: string[], into: string) => promisify(execFile)('/bin/cp', [flags, ...from, into])

/** Folders of files nobody writes to, as hard links in another folder; whoever removes them there removes links. */
export async function linked(folders: string[], into: string): Promise<void> {
  await mkdir(into, { recursive: true })
  await cp('-al', folders, into)
}

/** The same for what is written to: copies, with owners and modes. */
export const copied = (folders: string[], into: string) => cp('-a', folders, into)
