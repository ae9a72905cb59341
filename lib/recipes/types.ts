import ts from 'typescript'

/** What the compiler knows of the whole project: types, diagnostics, its own code fixes. */
export interface Types {
  service: ts.LanguageService
  program: ts.Program
  checker: ts.TypeChecker
  /** The parsed file of a repository path. */
  file(path: string): ts.SourceFile | null
  /** Name the service knows a repository path by. */
  nameOf(path: string): string
  /** Repository path of a file's name; null for dependencies and the language's own library. */
  pathOf(name: string): string | null
  /** The same project with some texts replaced. */
  with(edits: Record<string, string>): Types
}

/** Where dependencies and the language's library are read from; the repository's own files come from the input alone. */
export interface Disk {
  /** Absolute folder the repository stands in; `node_modules` lies below it. */
  root: string
  system: Pick<ts.System, 'readFile' | 'fileExists' | 'directoryExists' | 'getDirectories'>
}

/** What is parsed once serves every project of the process, most of all the language's library and Node's types. */
const PARSED = ts.createDocumentRegistry()

/** Opened once, when first asked for. */
export function openTypes(files: Record<string, string>, disk: Disk): () => Types {
  let opened: Types | null = null
  return () => {
    opened ??= open(files, disk)
    return opened
  }
}

function open(files: Record<string, string>, disk: Disk): Types {
  const host = hostOf(files, disk)
  const service = ts.createLanguageService(host, PARSED)
  const program = service.getProgram()
  if (!program) throw new Error('the compiler could not open the project')
  const nameOf = (path: string): string => `${disk.root}/${path}`
  return {
    service,
    program,
    checker: program.getTypeChecker(),
    file: (path) => program.getSourceFile(nameOf(path)) ?? null,
    nameOf,
    pathOf(name) {
      const path = name.startsWith(`${disk.root}/`) ? name.slice(disk.root.length + 1) : null
      return path !== null && path in files ? path : null
    },
    with: (edits) => open({ ...files, ...edits }, disk),
  }
}

const SOURCE = /\.[cm]?[jt]sx?$/

function hostOf(files: Record<string, string>, { root, system }: Disk): ts.LanguageServiceHost {
  const names = new Map(Object.keys(files).map((path) => [`${root}/${path}`, path]))
  const folders = foldersOf(names.keys())
  const outside = (name: string): boolean => !name.startsWith(`${root}/`) || name.startsWith(`${root}/node_modules/`)
  const read = (name: string): string | undefined => {
    const path = names.get(name)
    if (path !== undefined) return files[path]
    return outside(name) ? system.readFile(name) : undefined
  }
  return {
    getCompilationSettings: () => settingsOf(files, root),
    getScriptFileNames: () => [...names].filter(([, path]) => SOURCE.test(path)).map(([name]) => name),
    // Of the repository's own files there are several versions at a time: a text is its own version.
    getScriptVersion: (name) => files[names.get(name) ?? ''] ?? 'installed',
    getScriptSnapshot(name) {
      const text = read(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => names.has(name) || (outside(name) && system.fileExists(name)),
    readFile: read,
    directoryExists: (name) => folders.has(name) || (outside(`${name}/`) && system.directoryExists(name)),
    getDirectories: (name) => (outside(`${name}/`) ? system.getDirectories(name) : []),
  }
}

function foldersOf(names: Iterable<string>): Set<string> {
  const folders = new Set<string>()
  for (const name of names) {
    for (let end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) folders.add(name.slice(0, end))
  }
  return folders
}

/** As the project is compiled, but JavaScript is read for types as well. */
function settingsOf(files: Record<string, string>, root: string): ts.CompilerOptions {
  const text = files['tsconfig.json'] ?? files['jsconfig.json']
  const parsed = text === undefined ? {} : ts.parseConfigFileTextToJson('tsconfig.json', text).config
  const { options } = ts.convertCompilerOptionsFromJson(parsed?.compilerOptions ?? {}, root)
  const typed = parsed?.compilerOptions !== undefined
  return {
    ...(typed ? options : { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ESNext, strict: false }),
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    maxNodeModuleJsDepth: 0,
    composite: false,
    incremental: false,
    plugins: [],
  }
}
