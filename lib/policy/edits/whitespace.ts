import ts from 'typescript'
import { isScript, treeOf } from '../integrity/syntax.ts'

/** Languages in which the indentation is part of what a line says. */
const INDENTED = /\.(?:py|ya?ml|pug|haml|sass|coffee|mk)$|(?:^|\/)makefile$/i
/** Languages in which white space outside of strings only separates; in any other text it may be what is shown. */
const FREE = /\.(?:c|h|cc|cpp|hpp|cs|go|java|kt|kts|rs|scala|swift|php|dart|css|scss|less|json|jsonc|sql)$/i
/** Single-file components hold text that is shown besides their script. */
const COMPONENT = /\.(?:vue|svelte)$/i

/** Strings are kept as they are. */
const KEPT = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\s+/g

/** A text without what no parser reads: two texts alike here differ in white space alone. */
export function withoutSpace(path: string, text: string): string {
  if (isScript(path) && !COMPONENT.test(path)) return leaves(path, text)
  if (FREE.test(path)) return text.replace(KEPT, (piece) => (/^\s/.test(piece) ? ' ' : piece)).trim()
  if (!INDENTED.test(path)) return text
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
}

/** The tree of a script with the text of its leaves; of what stands between them only comments, which tools read. */
function leaves(path: string, text: string): string {
  const tree = treeOf(path, text)
  if (!tree) return text
  const parts: string[] = []
  const open: ts.Node[] = [tree]
  for (let node = open.pop(); node; node = open.pop()) {
    const children = node.getChildren(tree)
    if (ts.isJsxText(node)) parts.push(shown(node.getFullText(tree)))
    else parts.push(children.length === 0 ? said(node.getFullText(tree), node.getText(tree)) : `(${node.kind}`)
    for (let at = children.length - 1; at >= 0; at--) open.push(children[at]!)
  }
  return parts.join('\0')
}

const said = (full: string, text: string): string => full.slice(0, full.length - text.length).replace(/\s+/g, '') + text

/** Text of a page as it is shown: a line break and the indentation after it are none of it. */
const shown = (text: string): string => text.replace(/[ \t]*\r?\n\s*/g, '\n')
