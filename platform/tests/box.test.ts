import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { boxArgs, mountsOf } from '../box.ts'
import { userPrefix } from '../launch.ts'
import { closedFolder, withReach } from '../reach.ts'
import { findRuntime, parseNpmSettings } from '../runtime.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ns-platform-box-'))
  chmodSync(folder, 0o755)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const runtime = { mounts: [{ source: '/etc/hosts', target: '/etc/hosts' }], env: {}, installEnv: {} }
const config = { home: '', port: 0, token: '', runtimeDir: null, path: '', userHome: '/', npm: {}, extraCa: null }

test('only the build is bound for writing; dependencies and the machine are read-only', () => {
  const box = { folder: '/b/one', dependencies: '/d/key/node_modules', env: {}, command: 'true' }
  const mounts = mountsOf(runtime, box)
  expect(mounts.filter((mount) => mount.write)).toEqual([{ source: '/b/one', target: '/app', write: true }])
  const args = boxArgs(mounts, { NAME: 'value' }).join(' ')
  expect(args).toContain('--bind /b/one /app --ro-bind /d/key/node_modules /app/node_modules')
  expect(args).toContain('--proc /proc --ro-bind /proc/sys /proc/sys')
  expect(args).toContain('--clearenv --setenv NAME value')
  for (const flag of ['--unshare-user', '--unshare-pid', '--unshare-ipc', '--die-with-parent', '--new-session']) {
    expect(args).toContain(flag)
  }
  expect(args).toContain('--cap-drop ALL --disable-userns')
  expect(args).not.toContain('--unshare-net')
})

test('as root a box is started as another user without capabilities', () => {
  expect(userPrefix(61_007).join(' ')).toMatch(
    /^\/usr\/bin\/setpriv --reuid 61007 --regid 61007 --clear-groups .*--no-new-privs/,
  )
  expect(userPrefix(null)[0]).toBe('/usr/bin/prlimit')
})

test('finds the folder that stops other users', () => {
  mkdirSync(join(folder, 'private/deep'), { recursive: true })
  expect(closedFolder(join(folder, 'private/deep/file'))).toBeNull()
  chmodSync(join(folder, 'private'), 0o700)
  expect(closedFolder(join(folder, 'private/deep/file'))).toBe(join(folder, 'private'))
  // what is bound is opened by its owner: its own mode does not matter
  expect(closedFolder(join(folder, 'private'))).toBeNull()
})

test('what cannot be reached is bound elsewhere first, and only that', () => {
  mkdirSync(join(folder, 'private'), { mode: 0o700 })
  writeFileSync(join(folder, 'private/file'), '')
  const open = { source: '/etc/hosts', target: '/etc/hosts', write: false }
  const closed = { source: join(folder, 'private/file'), target: '/app', write: true }
  expect(withReach([open])).toEqual({ prefix: [], mounts: [open] })
  const { prefix, mounts } = withReach([open, closed])
  expect(mounts).toEqual([open, { ...closed, source: '/mnt/0' }])
  expect(prefix.slice(0, 5)).toEqual(['/usr/bin/unshare', '--mount', '--propagation', 'private', '--'])
  expect(prefix.slice(-3)).toEqual(['/mnt', closed.source, '--'])
})

test('node and npm are shown by themselves, not with the folder they are in', async () => {
  const found = await findRuntime({ ...config, home: join(folder, 'home'), path: '/usr/local/bin:/usr/bin' })
  const shown = new Map(found.mounts.map((mount) => [mount.target, mount.source]))
  expect(shown.get('/opt/node/bin/node')).toMatch(/\/node$/)
  for (const target of shown.keys()) expect(target).toMatch(/^\/(etc|opt\/node\/(bin|lib\/npm)|run\/certificates)/)
  expect(found.env.PATH?.split(':')[0]).toBe('/opt/node/bin')
  expect(Object.keys(found.env).sort()).toEqual(['HOME', 'LANG', 'PATH', 'TMPDIR'])
})

test('extra certificates are copied and shown', async () => {
  const extraCa = join(folder, 'ca.pem')
  writeFileSync(extraCa, 'certificate', { mode: 0o600 })
  const found = await findRuntime({ ...config, home: join(folder, 'home'), extraCa })
  expect(found.env.NODE_EXTRA_CA_CERTS).toBe('/run/certificates/extra.pem')
  expect(found.mounts).toContainEqual({
    source: join(folder, 'home/etc/extra.pem'),
    target: '/run/certificates/extra.pem',
  })
})

test('a runtime folder without node is refused', async () => {
  await expect(findRuntime({ ...config, home: folder, runtimeDir: folder })).rejects.toThrow('no node')
})

test('npm is asked with the settings of the user who runs the platform', async () => {
  writeFileSync(join(folder, '.npmrc'), 'registry=https://own.example/\n//own.example/:_authToken=secret\n')
  const own = { ...config, home: join(folder, 'home'), path: '/usr/local/bin:/usr/bin:/bin', userHome: folder }
  const { installEnv } = await findRuntime(own)
  expect(installEnv.npm_config_registry).toBe('https://own.example/')
  expect(JSON.stringify(installEnv)).not.toContain('secret')
  const npm = { npm_config_registry: 'https://nearer.example/', HTTPS_PROXY: 'http://proxy.example:3128' }
  const nearer = await findRuntime({ ...own, npm })
  expect(nearer.installEnv).toMatchObject({
    npm_config_registry: 'https://nearer.example/',
    HTTPS_PROXY: 'http://proxy.example:3128',
  })
})

test('npm settings become its environment; unset ones do not', () => {
  const text = 'cafile=/etc/ca.pem\nregistry = https://r.example/\nhttps-proxy=null\nnoproxy=\nwarning: x\n'
  expect(parseNpmSettings(text)).toEqual({ cafile: '/etc/ca.pem', npm_config_registry: 'https://r.example/' })
})
