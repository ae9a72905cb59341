/** Which programs a shell line starts, through wrappers and package scripts. A reading, not a shell. */

/** Stand before the program they run. */
const WRAPPERS = new Set([
  ...[
    'npx',
    'pnpx',
    'bunx',
    'env',
    'cross-env',
    'cross-env-shell',
    'dotenv',
    'dotenvx',
    'c8',
    'nyc',
    'time',
    'timeout',
  ],
  ...['exec', 'xvfb-run', 'nice', 'command', 'node', 'tsx', 'ts-node', 'sh', 'bash', 'sudo', 'start-server-and-test'],
  ...['uv', 'poetry', 'pipenv', 'hatch', 'pdm', 'rye', 'coverage', 'python', 'python3', 'run', 'nodemon', 'wtr'],
])
const MANAGERS = new Set(['npm', 'yarn', 'pnpm', 'bun'])
/** Options whose value could be taken for a program. */
const REPORTERS = /^(?:-R|--reporter|--test-reporter|-r|--require|--import|--loader|-c|--config)$/
const COMMANDS_MAX = 200
const DEPTH_MAX = 6

export interface Started {
  /** Without folders and endings: `node_modules/mocha/bin/_mocha.js` is `_mocha`. */
  program: string
  /** The simple command it came from. */
  words: string[]
  /** Scripts it went through, the outermost first. */
  via: string[]
}

/** Every program, with what package scripts start in turn. */
export function startedBy(line: string, scripts: Record<string, string>, via: string[] = []): Started[] {
  if (via.length > DEPTH_MAX) return []
  return simpleCommands(line)
    .slice(0, COMMANDS_MAX)
    .flatMap((words) => {
      const names = scriptsNamed(words, scripts).filter((name) => !via.includes(name))
      const inner = names.flatMap((name) => startedBy(scripts[name] ?? '', scripts, [...via, name]))
      return [...programs(words).map((program) => ({ program, words, via })), ...inner]
    })
    .slice(0, COMMANDS_MAX)
}

/** Words of each simple command; assignments in front are left out. */
export function simpleCommands(line: string): string[][] {
  return line
    .slice(0, 20_000)
    .split(/&&|\|\||[;|&\n()]/)
    .map((part) => part.split(/[\s"'`]+/).filter((word) => word !== ''))
    .map((words) => words.slice(words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))))
    .filter((words) => words.length > 0 && !/^[A-Za-z_]\w*=/.test(words[0] ?? ''))
}

function programs(words: string[]): string[] {
  const found: string[] = []
  let wrapped = true
  for (const [at, word] of words.entries()) {
    if (!wrapped) break
    if (word.startsWith('-') || /^[A-Za-z_]\w*=/.test(word) || REPORTERS.test(words[at - 1] ?? '')) continue
    const name = bare(word)
    found.push(name)
    // Behind a wrapper any word may be the program: its options' values are not told apart from it.
    wrapped = WRAPPERS.has(words[0] ?? '') || MANAGERS.has(words[0] ?? '') || WRAPPERS.has(name)
  }
  return found
}

export const bare = (word: string): string =>
  word.slice(word.lastIndexOf('/') + 1).replace(/\.(?:[cm]?[jt]s|py|sh)$/, '')

/** `npm test`, `yarn unit`, `run-s lint unit:*`, `concurrently "npm:unit"` by the scripts they mean. */
function scriptsNamed(words: string[], scripts: Record<string, string>): string[] {
  const [first = '', ...rest] = words
  const plain = rest.filter((word) => !word.startsWith('-'))
  const known = (name: string) => Object.hasOwn(scripts, name)
  if (MANAGERS.has(first)) {
    const named = plain[0] === 'run' || plain[0] === 'run-script' ? plain[1] : plain[0] === 't' ? 'test' : plain[0]
    return named !== undefined && known(named) ? withHooks(named, scripts) : []
  }
  if (first === 'node' && rest.includes('--run')) return plain.slice(0, 1).filter(known)
  if (first === 'run-s' || first === 'run-p' || first === 'npm-run-all' || first === 'npm-run-all2') {
    return plain.flatMap((name) => matching(name, scripts))
  }
  if (first === 'concurrently') return plain.map((word) => word.replace(/^(?:npm|yarn|pnpm):/, '')).filter(known)
  return []
}

const withHooks = (name: string, scripts: Record<string, string>): string[] =>
  [`pre${name}`, name, `post${name}`].filter((one) => Object.hasOwn(scripts, one))

function matching(glob: string, scripts: Record<string, string>): string[] {
  if (!glob.endsWith('*')) return Object.hasOwn(scripts, glob) ? [glob] : []
  const start = glob.replace(/\*+$/, '')
  return Object.keys(scripts).filter((name) => name.startsWith(start))
}
