export type Manager = 'yarn' | 'pnpm'

/** What a command line of Yarn or pnpm wants, in terms both share. */
export interface Asked {
  /** `script` is a script and nothing else, `program` never one; `either` is the script, or else the program of that name. */
  verb: 'script' | 'program' | 'either' | 'install' | 'version'
  /** The script or program and what it is given. */
  words: string[]
  /** Folder to go to first. */
  folder: string | null
  /** `every` is each member of the workspace, in an order where each comes after what it depends on. */
  where: 'here' | 'root' | 'every'
  /** Names or folders of members, with `*`; none means all but the root. */
  filters: string[]
  ifPresent: boolean
  bail: boolean
}

const VALUED =
  /^(?:--(?:cwd|dir|filter|filter-prod|include|exclude|from|jobs|workspace-concurrency|reporter|loglevel|resume-from)|-[CFj])$/
const FILTER = /^(?:--(?:filter|filter-prod|include|from)|-F)$/
const FOLDER = /^(?:--cwd|--dir|-C)$/
const INSTALL =
  /^(?:install|i|ci|add|remove|import|fetch|rebuild|dedupe|link|up|update|upgrade|clean-install|install-test)$/
const RUN = /^run(?:-script)?$/
const EXEC = /^(?:exec|x|dlx)$/
const OWN = /^(?:test|start|stop|restart)$/
const EVERY = /^(?:recursive|multi|m)$/

/** Takes the options in front of the words and notes what they change; they end at the first word. */
function options(asked: Asked, words: string[]): string[] {
  const rest = [...words]
  while (rest[0]?.startsWith('-')) {
    const word = rest.shift() ?? ''
    if (word === '--') break
    const [name = '', own] = /^--[^=]+=/.test(word)
      ? [word.split('=', 1)[0], word.slice(word.indexOf('=') + 1)]
      : [word]
    const value = VALUED.test(name) ? (own ?? rest.shift() ?? '') : null
    if (FOLDER.test(name)) asked.folder = value
    else if (FILTER.test(name)) asked.filters.push(value ?? '')
    else if (name === '--exclude') asked.filters.push(`!${value}`)
    else if (/^(?:-r|--recursive)$/.test(name)) asked.where = 'every'
    else if (/^(?:-w|--workspace-root)$/.test(name)) asked.where = 'root'
    else if (name === '--if-present') asked.ifPresent = true
    else if (name === '--no-bail') asked.bail = false
    else if (/^(?:-v|--version)$/.test(name)) asked.verb = 'version'
  }
  return rest
}

export function askedOf(manager: Manager, line: string[]): Asked {
  const asked: Asked = {
    ...{ verb: 'either', words: [], folder: null, where: 'here', filters: [], ifPresent: false, bail: true },
  }
  let rest = options(asked, line)
  if (manager === 'yarn' && rest[0] === 'workspace') {
    asked.filters.push(rest[1] ?? '')
    rest = options(asked, rest.slice(2))
  } else if (manager === 'yarn' && rest[0] === 'workspaces') {
    asked.where = 'every'
    asked.ifPresent = true
    rest = options(asked, rest[1] === 'foreach' ? rest.slice(2) : rest.slice(1))
  } else if (manager === 'pnpm' && EVERY.test(rest[0] ?? '')) {
    asked.where = 'every'
    rest = options(asked, rest.slice(1))
  }
  if (asked.filters.length > 0) asked.where = 'every'
  if (asked.verb === 'version') return asked
  return command(manager, asked, rest)
}

function command(manager: Manager, asked: Asked, [first = '', ...rest]: string[]): Asked {
  if (first === '' || INSTALL.test(first)) return { ...asked, verb: 'install' }
  if (EXEC.test(first)) return named({ ...asked, verb: 'program' }, rest)
  if (first === 'node') return { ...asked, verb: 'program', words: [first, ...rest] }
  // Yarn runs a program where there is no script of the name, with `run` as well.
  if (RUN.test(first)) return named({ ...asked, verb: manager === 'pnpm' ? 'script' : 'either' }, rest)
  const name = manager === 'pnpm' && (first === 't' || first === 'tst') ? 'test' : first
  // A program called `test` is on every system, and never what is meant.
  if (OWN.test(name)) asked.verb = 'script'
  const words = manager === 'yarn' && rest[0] === '--' ? rest.slice(1) : rest
  return { ...asked, words: [name, ...words] }
}

/** Options may also stand between `run` and the name. */
function named(asked: Asked, words: string[]): Asked {
  const rest = options(asked, words)
  return { ...asked, where: asked.filters.length > 0 ? 'every' : asked.where, words: rest }
}
