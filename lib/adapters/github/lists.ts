import { z } from 'zod'
import { Fault } from '../../errors.ts'
import { parsed } from './answers.ts'
import type { Api } from './client.ts'

const PAGE = 100
/** More than this is not read to the end, and not guessed about. */
const PAGES = 20

/** A whole list, page by page, in the order GitHub has it; `inside` names the field that holds it. */
export async function listed<T>(
  api: Api,
  path: string,
  asked: Record<string, unknown>,
  row: z.ZodType<T>,
  inside?: string,
): Promise<T[]> {
  const all: T[] = []
  for (let page = 1; page <= PAGES; page++) {
    const { data } = await api.call(path, { ...asked, per_page: PAGE, page })
    const rows = inside ? (data as Record<string, unknown> | null)?.[inside] : data
    const read = parsed(z.array(row), rows, 'list')
    all.push(...read)
    if (read.length < PAGE) return all
  }
  throw new Fault('CODE_UNREACHABLE', `GitHub’s list is longer than ${PAGES * PAGE} rows.`)
}
