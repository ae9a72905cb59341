import { type DefinitionNode, type DocumentNode, Kind, parse, print, visit } from 'graphql'

/** The named fields of the named types, with every input, scalar and enum they speak of. */
export function prunedSdl(sdl: string, wanted: Readonly<Record<string, readonly string[]>>): string {
  const all = new Map<string, DefinitionNode>()
  for (const definition of parse(sdl).definitions)
    if ('name' in definition && definition.name) all.set(definition.name.value, definition)
  const kept = new Map<string, DefinitionNode>()

  function keep(name: string): void {
    if (kept.has(name)) return
    const found = all.get(name)
    // Scalars of the language itself are declared nowhere.
    if (!found) return
    const bare = bareOf(found)
    kept.set(name, bare)
    visit(bare, { NamedType: (node) => keep(node.name.value) })
  }

  function bareOf(found: DefinitionNode): DefinitionNode {
    const noWords = visit(found, {
      enter: (node) => ('description' in node && node.description ? { ...node, description: undefined } : undefined),
      Directive: () => null,
    })
    if (noWords.kind !== Kind.OBJECT_TYPE_DEFINITION && noWords.kind !== Kind.INTERFACE_TYPE_DEFINITION) return noWords
    const name = noWords.name.value
    const fields = (noWords.fields ?? []).filter((field) => wanted[name]?.includes(field.name.value))
    const missing = (wanted[name] ?? []).filter((one) => !fields.some((field) => field.name.value === one))
    if (missing.length > 0) throw new Error(`${name} has no ${missing.join(', ')}`)
    const interfaces = (noWords.interfaces ?? []).filter((one) => one.name.value in wanted)
    return { ...noWords, fields, interfaces }
  }

  for (const name of Object.keys(wanted)) keep(name)
  const named = [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, definition]) => definition)
  return `${print({ kind: Kind.DOCUMENT, definitions: named } as DocumentNode)}\n`
}
