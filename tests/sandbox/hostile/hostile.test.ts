import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkout } from '../../../agents/implementer/checkout.ts'
import { install } from '../../../agents/implementer/install.ts'
import { gitReader } from '../../../lib/adapters/code.git.ts'
import { Policy, type Project, Settings } from '../../../lib/domain/project.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { openLab } from '../lab.ts'
import { openRegistry } from '../registry.ts'
import { hostileRepository } from './repository.ts'

const RAN = 'touch /workspace/node_modules/trap-package; true'
const scripts = { preinstall: RAN, postinstall: RAN }
const scripted = {
  name: 'with-script',
  version: '1.0.0',
  files: { 'package.json': JSON.stringify({ scripts }), 'index.js': '' },
}

describe('a hostile repository', { timeout: 600_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let registry: Awaited<ReturnType<typeof openRegistry>>
  let sandbox: Sandbox
  let repository: ReturnType<typeof hostileRepository>
  const project = (): Project => ({
    ...{
      id: 1,
      slug: 'app',
      name: 'App',
      level: 2,
      policy: Policy.parse({}),
      policyVersion: 1,
      capPerDay: 10,
      ingestNo: 1,
    },
    ...{ pausedAt: null, pausedBy: null, pausedWhy: null },
    settings: Settings.parse({
      repository: repository.path,
      app: 'app',
      branches: { production: 'main', staging: 'main' },
    }),
  })
  const base = async () => {
    const code = gitReader(lab.home, project())
    return checkout(code, (await code.head('main')) ?? '')
  }
  const trapsInside = async (key: string | null) =>
    (await readdir(join(lab.home, 'cache/deps', key ?? '', 'node_modules'))).filter((name) => name.startsWith('trap-'))

  beforeAll(async () => {
    registry = await openRegistry([scripted])
    repository = hostileRepository(registry)
    lab = await openLab({ registry: { url: registry.url } })
    sandbox = lab.start()
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 120_000)
  afterAll(async () => {
    repository.close()
    await registry.close()
    await lab.close()
  })

  it('runs nothing on the host or in the sandbox while it is read and installed', async () => {
    const installed = await install(sandbox, await base())
    if (!installed.ok) throw new Error(installed.why)
    expect(await trapsInside(installed.key)).toEqual([])
    expect(repository.traces()).toEqual([])
  })

  it('runs the scripts it declares in the sandbox alone', async () => {
    const read = await base()
    const installed = await install(sandbox, { ...read, manifest: { ...read.manifest, scripts: true } })
    if (!installed.ok) throw new Error(installed.why)
    expect(await trapsInside(installed.key)).toContain('trap-package')
    expect(repository.traces()).toEqual([])
  })

  it('runs nothing when its settings are handed over as well', async () => {
    const { files } = await base()
    const installed = await sandbox.install(files, 'npm ci')
    expect(installed.ok ? await trapsInside(installed.key) : []).toEqual([])
    expect(repository.traces()).toEqual([])
  })

  it('runs nothing while what it has installed is adopted', async () => {
    repository.git('config', 'core.fsmonitor', 'false')
    await mkdir(join(repository.path, 'node_modules/a'), { recursive: true })
    await writeFile(join(repository.path, 'node_modules/a/package.json'), JSON.stringify({ scripts }))
    const adopted = await sandbox.adopt(repository.path)
    expect(adopted).toMatchObject({ ok: true })
    expect(repository.traces()).toEqual([])
  })

  it('would have run something otherwise', () => {
    repository.git('checkout', '--quiet', '-b', 'other')
    expect(repository.traces()).toEqual(expect.arrayContaining(['hook-post-checkout', 'hook-reference-transaction']))
  })
})
