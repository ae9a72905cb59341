import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Collecting } from './collector.ts'
import { namedOnly } from './whole.ts'

/** What our programs on the PATH are told: they see their arguments and this file, and nothing else of the run. */
export type Asked = Omit<Collecting, 'folder'>

export const writeAsked = (tool: string, { folder, workspace, only, coverage }: Collecting): Promise<void> =>
  writeFile(
    join(folder, `${tool}.asked.json`),
    JSON.stringify({ workspace, only: namedOnly(only), coverage } satisfies Asked),
  )

export const readAsked = async (tool: string, folder: string): Promise<Asked> =>
  JSON.parse(await readFile(join(folder, `${tool}.asked.json`), 'utf8')) as Asked
