import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../../architecture/imports.ts'

/** One step of a list, or what stands before and between lists: its first words, and the commands it shows. */
export interface Step {
  title: string
  /** Lines of a shell, as a person would paste them; one for each block. */
  blocks: string[]
}

/** A page's steps by the heading they stand below; commands are what is indented, as everywhere in docs/. */
export async function stepsOf(page: string): Promise<Map<string, Step[]>> {
  const text = await readFile(join(ROOT, 'docs', page), 'utf8')
  const sections = new Map<string, Step[]>()
  for (const section of text.split(/^## /m).slice(1)) {
    const [heading = '', ...lines] = section.split('\n')
    sections.set(heading, parse(lines))
  }
  return sections
}

function parse(lines: string[]): Step[] {
  const steps: Step[] = [{ title: '', blocks: [] }]
  /** Of the list's text; its commands stand four deeper. */
  let margin = 0
  let open: string[] | null = null
  const close = () => {
    if (open) steps.at(-1)?.blocks.push(open.join('\n').trimEnd())
    open = null
  }
  for (const line of lines) {
    const item = /^(\d+\.) +(.*)$/.exec(line)
    const indented = line.startsWith(' '.repeat(margin + 4)) && !item
    if (indented) open = [...(open ?? []), line.slice(margin + 4)]
    else if (line.trim() === '' && open) open.push('')
    else close()
    if (item) {
      steps.push({ title: /\*\*(.+?)\.?\*\*/.exec(item[2] ?? '')?.[1] ?? '', blocks: [] })
      margin = 3
    } else if (/^\S/.test(line)) {
      if (margin > 0) steps.push({ title: '', blocks: [] })
      margin = 0
    }
  }
  close()
  return steps.filter(({ title, blocks }) => title !== '' || blocks.length > 0)
}
