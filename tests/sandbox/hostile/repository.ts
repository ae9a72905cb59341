import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const ENV = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Ada'],
      [`GIT_${who}_EMAIL`, 'a@example.com'],
    ]),
  ),
} as Record<string, string> as NodeJS.ProcessEnv

const HOOKS = [
  'post-checkout',
  'post-index-change',
  'pre-commit',
  'post-commit',
  'pre-push',
  'post-merge',
  'reference-transaction',
  'post-rewrite',
]
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'preprepare', 'postprepare']

/**
 * A checkout in which everything that can hold a command holds one. Each writes its name into a folder of the host that
 * everybody may write to, so that only where it runs decides whether a trace is left.
 */
export function hostileRepository(registry: { integrity(name: string): string }) {
  const folder = mkdtempSync(join(tmpdir(), 'ns-hostile-'))
  chmodSync(folder, 0o755)
  const path = join(folder, 'app')
  const traces = join(folder, 'traces')
  mkdirSync(traces)
  chmodSync(traces, 0o777)
  /** Also inside, so that a test can see that the trap itself works. */
  const trap = (name: string) =>
    `touch ${traces}/${name} 2>/dev/null; touch /workspace/node_modules/trap-${name} 2>/dev/null; true`
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', path, ...args], { env: ENV, stdio: 'pipe' })
      .toString()
      .trim()
  const write = (name: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), text, { mode })
  }

  mkdirSync(path)
  git('init', '--quiet', '--initial-branch=main')
  const own = { name: 'app', version: '1.0.0', dependencies: { 'with-script': '1.0.0' } }
  const entry = { version: '1.0.0', integrity: registry.integrity('with-script'), hasInstallScript: true }
  const lock = {
    ...own,
    lockfileVersion: 3,
    requires: true,
    packages: { '': { ...own, hasInstallScript: true }, 'node_modules/with-script': entry },
  }
  write(
    'package.json',
    JSON.stringify({ ...own, scripts: Object.fromEntries(LIFECYCLE.map((name) => [name, trap(`script-${name}`)])) }),
  )
  write('package-lock.json', JSON.stringify(lock))
  write('nightshift.json', JSON.stringify({ test: { run: 'true', report: 'tap' }, start: 'node index.js' }))
  write('.npmrc', `script-shell=./evil.sh\nignore-scripts=false\nnode-options=--require ./evil.cjs\n`)
  write('.yarnrc.yml', 'yarnPath: ./evil.cjs\n')
  write('.yarnrc', 'yarn-path "./evil.cjs"\n')
  for (const name of ['evil.cjs', '.pnpmfile.cjs', 'binding.gyp'])
    write(name, `require('child_process').execSync(${JSON.stringify(trap(`file-${name}`))})`)
  write('evil.sh', `#!/bin/sh\n${trap('script-shell')}\n`, 0o755)
  write('.husky/pre-commit', trap('husky'), 0o755)
  write('.gitattributes', '* filter=evil diff=evil\n')
  write('.gitmodules', `[submodule "evil"]\n\tpath = sub\n\turl = ext::sh -c touch% ${traces}/submodule\n`)
  symlinkSync('/etc', join(path, 'link'))
  git('add', '-A')
  git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`)
  git('commit', '--quiet', '-m', 'First')

  for (const hook of HOOKS) write(`.git/hooks/${hook}`, `#!/bin/sh\n${trap(`hook-${hook}`)}\n`, 0o755)
  const settings = {
    'core.fsmonitor': trap('fsmonitor'),
    'core.pager': trap('pager'),
    'core.editor': trap('editor'),
    'core.sshCommand': trap('ssh'),
    'diff.external': trap('diff-external'),
    'diff.evil.textconv': trap('textconv'),
    'filter.evil.clean': `${trap('clean')}; cat`,
    'filter.evil.smudge': `${trap('smudge')}; cat`,
    'credential.helper': `!${trap('credential')}`,
    'uploadpack.packObjectsHook': trap('pack-objects'),
    'gpg.program': trap('gpg'),
    'alias.fetch': `!${trap('alias')}`,
  }
  for (const [name, value] of Object.entries(settings)) git('config', name, value)
  // What the making itself set off is none of the product's.
  rmSync(traces, { recursive: true })
  mkdirSync(traces)
  chmodSync(traces, 0o777)
  return {
    path,
    git,
    traces: () => readdirSync(traces),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
