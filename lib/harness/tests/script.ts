import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

const NPM = /^(?:npm|pnpm|yarn)(?: run(?:-script)?)? ([\w:.-]+)$/
const SHORT: Record<string, string> = { t: 'test', tst: 'test' }
/** What checks style and types is no test: where single tests are wanted it is left out. */
const CHECKS =
  /^(?:npx )?(?:xo|eslint|standard|semistandard|tslint|tsd|prettier|biome|jshint|jscs|dtslint|lint-staged|publint|attw|remark|markdownlint|npm run (?:-s )?(?:lint|typecheck|types|format|check)\S*)\b/

/**
 * The line to run. `npm test` is half a second of npm before the script it stands for; where single tests are wanted, again
 * and again, the script is run by itself, without the checks beside it. A whole run is the repository's own command.
 */
export async function commandLine(workspace: string, command: string, single: boolean): Promise<string> {
  if (!single) return `PATH="$PWD/node_modules/.bin:$PWD/.venv/bin:$PATH"; ${command}`
  const named = NPM.exec(command.trim())?.[1]
  const script = named && (await scriptOf(workspace, SHORT[named] ?? named))
  const line = script || command
  const parts = line.split(/\s&&\s/)
  const tests = parts.filter((part) => !CHECKS.test(part.trim()))
  return `PATH="$PWD/node_modules/.bin:$PWD/.venv/bin:$PATH"; ${tests.length > 0 ? tests.join(' && ') : line}`
}

/** With what npm would run before it; null where there is no such script. */
async function scriptOf(workspace: string, name: string): Promise<string | null> {
  try {
    const { scripts } = JSON.parse(await readFile(join(workspace, 'package.json'), 'utf8')) as {
      scripts?: Record<string, string>
    }
    const script = scripts?.[name]
    if (!script) return null
    const before = scripts[`pre${name}`]
    return before ? `${before} && ${script}` : script
  } catch {
    return null
  }
}
