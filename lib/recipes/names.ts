import type { RecipeAnswer, RecipeInput } from '../domain/repair.ts'
import { faultsAt, fixesFor } from './codeFixes.ts'
import { suspectsIn } from './misnamed.ts'
import { unresolved } from './moduleNames.ts'
import { misnamedIn } from './nameCrash.ts'
import { reimported } from './reimport.ts'
import { imported, type Renamed, respelt } from './renamed.ts'
import { typedSource } from './typed.ts'
import type { Types } from './types.ts'

type Refusal = { why: string }

/** More than these would be guessing. */
const PROPOSALS = 3

/**
 * *A wrong name*: an import that is missing or names nothing, or a word that is misspelt. The compiler says what is wrong
 * and how to repair it; only fixes that import or respell are taken, and only imports that work at run time.
 */
export function names(input: RecipeInput, types: () => Types): RecipeAnswer[] {
  const refuse = (why: string): RecipeAnswer[] => [{ ok: false, recipe: 'names', why }]
  const found = repairs(input, types)
  if ('why' in found) return refuse(found.why)
  return found
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, PROPOSALS)
    .map(({ path, text, summary, assumes }) => ({
      ok: true,
      proposal: { recipe: 'names', edits: [{ path, text }], summary, assumes, modelledOn: null },
    }))
}

function repairs(input: RecipeInput, types: () => Types): Renamed[] | Refusal {
  const { crash, files } = input
  const said = misnamedIn(crash.type, crash.message)
  if (!said) return { why: 'the message does not speak of a name' }
  if (said.kind === 'module') return unresolved(types(), input, said.missing)
  if (said.kind === 'export') return reimported(types(), input, said)
  const source = typedSource(types(), files, crash.path)
  if ('why' in source) return source
  const what = said.kind === 'read' ? said.property : said.name
  const suspects = suspectsIn(source, said, crash.line, crash.column)
  if (suspects.length === 0) return { why: `line ${crash.line} has no ${what} that can fail this way` }
  const blamed = suspects.filter((name) => faultsAt(types(), source, name).length > 0)
  const reasons: string[] = []
  const found = blamed.flatMap((name) =>
    fixesFor(types(), source, name).flatMap((fix) => {
      const made =
        fix.kind === 'import' ? imported(types(), files, source, fix) : respelt(types(), source, name.getText(), fix)
      if (!('why' in made)) return [made]
      reasons.push(made.why)
      return []
    }),
  )
  if (found.length > 0) return found
  const anew = said.kind === 'called' ? reimported(types(), input, said) : null
  if (anew && !('why' in anew)) return anew
  if (blamed.length === 0) return { why: `the compiler has nothing against ${what} on line ${crash.line}` }
  return { why: reasons[0] ?? anew?.why ?? `the compiler knows no import and no spelling for ${what}` }
}
