import ts from 'typescript'

type Schema = Record<string, unknown>

const OPTIONS: ts.CompilerOptions = {
  ...{ strict: true, types: [], lib: ['lib.es2022.d.ts'], module: ts.ModuleKind.NodeNext },
}

const SIMPLE = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike

/**
 * JSON schemas out of declared types, for descriptions that are published as types alone. Named objects stand once. Fields
 * called `anything` are not looked into.
 */
export function typeSchemas(files: string[], anything: readonly string[] = []) {
  const program = ts.createProgram(files, OPTIONS)
  const checker = program.getTypeChecker()
  const declared = new Map<string, ts.Type>()
  for (const file of files) {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const declaration = symbol.declarations?.[0]
      if (declaration && (ts.isTypeAliasDeclaration(declaration) || ts.isInterfaceDeclaration(declaration)))
        declared.set(symbol.name, checker.getDeclaredTypeOfSymbol(symbol))
    }
  }
  const schemas: Record<string, Schema> = {}

  function of(type: ts.Type): Schema {
    const name = type.aliasSymbol?.name ?? ''
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Union)) || !declared.has(name)) return within(type)
    if (!(name in schemas)) {
      schemas[name] = {}
      Object.assign(schemas[name], plain(type))
    }
    return { $ref: `#/schemas/${name}` }
  }

  /** One without a name that holds itself is anything at all where it comes again. */
  const open = new Set<ts.Type>()
  function within(type: ts.Type): Schema {
    if (open.has(type)) return {}
    open.add(type)
    const made = plain(type)
    open.delete(type)
    return made
  }

  function plain(type: ts.Type): Schema {
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value }
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' }
    if (type.isUnion()) return union(type.types)
    // A text that is only called something else.
    const simple = type.isIntersection() && type.types.find(({ flags }) => flags & SIMPLE)
    if (simple) return plain(simple)
    if (type.isIntersection()) return { allOf: type.types.map(of) }
    if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' }
    if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' }
    if (type.flags & ts.TypeFlags.BooleanLike) return { type: 'boolean' }
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' }
    return type.flags & ts.TypeFlags.Object ? object(type) : {}
  }

  function union(types: ts.Type[]): Schema {
    const all = types.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void))).map(of)
    const unique = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
    const words = unique.filter((one) => 'const' in one).map((one) => one.const)
    const rest = unique.filter((one) => !('const' in one))
    if (words.length > 0) rest.push(isBoolean(words) ? { type: 'boolean' } : { enum: words })
    return rest.length === 1 ? rest[0]! : { anyOf: rest }
  }

  const isBoolean = (words: unknown[]) => words.length === 2 && words.includes(true) && words.includes(false)

  function object(type: ts.Type): Schema {
    const name = type.symbol?.name
    // On the wire it is a number or a text.
    if (name === 'Date') return { type: ['string', 'number'] }
    if (name === 'Array' || name === 'ReadonlyArray')
      return { type: 'array', items: of(checker.getTypeArguments(type as ts.TypeReference)[0]!) }
    // A stream, a function: nothing that is JSON.
    if (!type.symbol?.declarations?.every((one) => files.includes(one.getSourceFile().fileName))) return {}
    const fields = checker.getPropertiesOfType(type)
    const index = type.getStringIndexType()
    if (fields.length === 0) return { type: 'object', additionalProperties: index ? of(index) : true }
    const properties = fields.map((field) => [field.name, fieldOf(field)] as const)
    const required = fields.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name)
    return { type: 'object', properties: Object.fromEntries(properties), ...(required.length ? { required } : {}) }
  }

  const fieldOf = (field: ts.Symbol): Schema =>
    anything.includes(field.name) ? {} : of(checker.getTypeOfSymbol(field))

  return {
    schemas,
    named(name: string): Schema {
      const type = declared.get(name)
      if (!type) throw new Error(`no type is called ${name}`)
      return of(type)
    },
    fields(name: string): { name: string; isOptional: boolean; schema: Schema }[] {
      const type = declared.get(name)
      if (!type) throw new Error(`no type is called ${name}`)
      return checker.getPropertiesOfType(type).map((field) => ({
        ...{ name: field.name, isOptional: (field.flags & ts.SymbolFlags.Optional) !== 0 },
        schema: fieldOf(field),
      }))
    },
  }
}
