import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resolveRegistry } from '../../../lib/adapters/sandbox/registry/choice.ts'
import { stageAll } from '../../../lib/adapters/sandbox/stage.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { file, openLab } from '../lab.ts'
import { openRegistry } from '../registry.ts'

const RAN = 'echo ran > /workspace/node_modules/ran; echo ran > /tmp/ran; exit 1'
const scripted = {
  name: 'with-script',
  version: '1.0.0',
  files: {
    'package.json': JSON.stringify({ scripts: { preinstall: RAN, postinstall: RAN } }),
    'index.js': 'module.exports = 42',
  },
}
const plain = { name: '@scope/plain', version: '2.0.0', files: { 'index.js': 'module.exports = "plain"' } }
const dependencies = { 'with-script': '1.0.0', '@scope/plain': '2.0.0' }

/** Code of the repository that each manager would run or obey. None of it may, or has anything to reach. */
const hostile = [
  file('.npmrc', 'script-shell=/workspace/evil.sh\nignore-scripts=false\nregistry=https://evil.example/\n'),
  file('.yarnrc', 'yarn-path "./evil.cjs"\n'),
  file('.yarnrc.yml', 'yarnPath: ./evil.cjs\nenableScripts: true\nnpmRegistryServer: "https://evil.example"\n'),
  file('.pnpmfile.cjs', "require('fs').writeFileSync('/workspace/node_modules/ran', 'x')"),
  file('evil.cjs', "require('fs').mkdirSync('/workspace/node_modules/ran', { recursive: true })"),
  file('evil.sh', '#!/bin/sh\nmkdir -p /workspace/node_modules/ran\n', true),
  file('bunfig.toml', 'preload = ["./evil.cjs"]\n'),
]
const MANAGERS = [
  { name: 'yarn 1', field: undefined, lock: 'yarn.lock', first: 'yarn install' },
  { name: 'yarn 4', field: 'yarn@4.18.1', lock: 'yarn.lock', first: 'yarn install --no-immutable' },
  { name: 'pnpm', field: undefined, lock: 'pnpm-lock.yaml', first: 'pnpm install --no-frozen-lockfile' },
  { name: 'bun', field: undefined, lock: 'bun.lock', first: 'bun install --save-text-lockfile --ignore-scripts' },
]

describe('other package managers', { timeout: 600_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let registry: Awaited<ReturnType<typeof openRegistry>>
  let sandbox: Sandbox
  const app = (field: string | undefined) => {
    const scripts = Object.fromEntries(['preinstall', 'install', 'postinstall', 'prepare'].map((name) => [name, RAN]))
    return file(
      'package.json',
      JSON.stringify({ name: 'app', version: '1.0.0', packageManager: field, dependencies, scripts }),
    )
  }
  beforeAll(async () => {
    lab = await openLab()
    const { node } = await stageAll(lab.options, process.arch)
    registry = await openRegistry([scripted, plain], await resolveRegistry(undefined, node))
    sandbox = lab.start({ registry: { url: registry.url } })
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 120_000)
  afterAll(async () => {
    await registry.close()
    await lab.close()
  })

  it.each(MANAGERS)(
    '$name installs what its lockfile says and runs nothing of the repository',
    async ({ field, lock, first }) => {
      const files = [app(field), ...hostile]
      const written = await sandbox.install(files, `${first} >&2 && echo LOCK && cat ${lock} && echo END && false`)
      if (written.ok) throw new Error('it was to fail')
      const text = /LOCK\n([\s\S]*?)END\n/.exec(written.output)?.[1]
      expect(text, written.output).toContain('with-script')
      const installed = await sandbox.install([...files, file(lock, text ?? '')], 'npm ci')
      if (!installed.ok) throw new Error(`${installed.why} ${installed.output}`)
      const set = join(lab.home, 'cache/deps', installed.key, 'node_modules')
      expect(await readdir(set)).not.toContain('ran')
      const run = { files: [], argv: ['node', '-e', "console.log(require('with-script'), require('@scope/plain'))"] }
      expect(await sandbox.run({ ...run, dependencies: installed.key })).toMatchObject({
        stdout: '42 plain\n',
        egress: 0,
      })
    },
  )

  it('pnpm applies the patches that the project keeps, in a folder below the root', async () => {
    const pnpm = { patchedDependencies: { '@scope/plain@2.0.0': 'patches/plain.patch' } }
    const own = { name: 'app', version: '1.0.0', dependencies: { '@scope/plain': '2.0.0' }, pnpm }
    const patch = `diff --git a/index.js b/index.js
--- a/index.js
+++ b/index.js
@@ -1 +1 @@
-module.exports = "plain"
\\ No newline at end of file
+module.exports = "patched"
\\ No newline at end of file
`
    const files = [file('web/package.json', JSON.stringify(own)), file('web/patches/plain.patch', patch)]
    const installed = await sandbox.install(files, 'cd web && pnpm install --no-frozen-lockfile')
    if (!installed.ok) throw new Error(`${installed.why} ${installed.output}`)
    const argv = ['node', '-e', "console.log(require('/workspace/web/node_modules/@scope/plain'))"]
    expect(await sandbox.run({ files, argv, dependencies: installed.key })).toMatchObject({ stdout: 'patched\n' })
  })
})
