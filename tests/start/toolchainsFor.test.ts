import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { finder, type ToolSeeker, toolchainsFor } from '../../cli/toolchains/find.ts'
import { prefixOf } from '../../cli/toolchains/prefix.ts'
import type { RuntimeName } from '../../lib/domain/runtime.ts'

let place: string
beforeEach(async () => {
  place = await realpath(await mkdtemp(join(tmpdir(), 'ns-tools-')))
})
afterEach(() => rm(place, { recursive: true, force: true }))

const at = (...parts: string[]) => join(place, ...parts)
const home = () => at('home/me')
const repo = () => at('work/shop')

async function put(path: string, text = '', mode = 0o644): Promise<string> {
  const file = at(path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text, { mode })
  return file
}
const program = (path: string) => put(path, '#!/bin/sh\n', 0o755)

async function python(folder: string): Promise<string> {
  await program(`${folder}/bin/python3`)
  await put(`${folder}/lib/python3.12/os.py`)
  return at(folder)
}
const PYENV = 'home/me/.pyenv'

function look(language: RuntimeName, path: string[], chosen: Partial<ToolSeeker> = {}): Promise<string[]> {
  const rustup = { home: undefined, toolchain: undefined }
  const who = { uid: 0, userHome: home(), find: finder(path.map((one) => at(one))) }
  return toolchainsFor(repo(), [language], { ...who, pyenv: { version: undefined }, rustup, ...chosen })
}

describe('the Python that whoever calls has', () => {
  it('is where its program was installed, links followed', async () => {
    const folder = await python('tools/cpython-3.12')
    await mkdir(at('bin'))
    await symlink(join(folder, 'bin/python3'), at('bin/python3'))
    expect(await look('python', ['nothing', 'bin'])).toEqual([folder])
  })

  it.each<[string, (() => Promise<unknown>)[], Partial<ToolSeeker>, string]>([
    ['what pyenv takes when nobody says', [], {}, '3.11.7'],
    ['the checkout’s own', [() => put('work/shop/.python-version', '3.12.1\n')], {}, '3.12.1'],
    ['a folder’s above it', [() => put('work/.python-version', '3.12.1\n')], {}, '3.12.1'],
    [
      'the variable, above both',
      [() => put('work/shop/.python-version', '3.11.7')],
      { pyenv: { version: '3.12.1' } },
      '3.12.1',
    ],
  ])('behind pyenv: %s', async (_name, before, chosen, version) => {
    await program(`${PYENV}/shims/python3`)
    await put(`${PYENV}/version`, '3.11.7\n')
    for (const one of ['3.11.7', '3.12.1']) await python(`${PYENV}/versions/${one}`)
    for (const make of before) await make()
    expect(await look('python', [`${PYENV}/shims`], chosen)).toEqual([at(`${PYENV}/versions/${version}`)])
  })

  it.each(['../../../../etc', 'system', '3.9.9', ''])('behind pyenv, where a file says %j: none', async (version) => {
    await program(`${PYENV}/shims/python3`)
    await put('work/shop/.python-version', `${version}\n`)
    await python(`${PYENV}/versions/3.12.1`)
    expect(await look('python', [`${PYENV}/shims`])).toEqual([])
  })

  it('is also what the checkout’s environment was made from, first', async () => {
    const made = await python('tools/made-from')
    const called = await python('tools/called')
    await put('work/shop/.venv/pyvenv.cfg', `home = ${made}/bin\nversion = 3.12.1\n`)
    expect(await look('python', ['tools/called/bin'])).toEqual([made, called])
  })

  it('is not what an environment says that leads to something else', async () => {
    await program('home/me/bin/python3')
    await put('home/me/.ssh/id_ed25519', 'a secret')
    await put('work/shop/.venv/pyvenv.cfg', `home = ${home()}/bin\n`)
    await put('work/shop/venv/pyvenv.cfg', `home = ${home()}/.ssh\n`)
    expect(await look('python', [])).toEqual([])
  })

  it('is none of the checkout’s own making', async () => {
    const planted = await python('work/shop/python')
    await put('work/shop/.venv/pyvenv.cfg', `home = ${planted}/bin\n`)
    expect(await look('python', ['work/shop/python/bin'])).toEqual([])
  })
})

describe('the Rust that rustup would choose', () => {
  const RUSTUP = 'home/me/.rustup'
  beforeEach(async () => {
    await program('home/me/.cargo/bin/rustup')
    await symlink('rustup', at('home/me/.cargo/bin/cargo'))
    await put(`${RUSTUP}/settings.toml`, 'default_toolchain = "stable-x86_64-unknown-linux-gnu"\n')
    for (const name of ['stable', '1.80.0', 'nightly-2026-01-01']) {
      await program(`${RUSTUP}/toolchains/${name}-x86_64-unknown-linux-gnu/bin/cargo`)
      await put(`${RUSTUP}/toolchains/${name}-x86_64-unknown-linux-gnu/lib/rustlib/components`)
    }
  })
  const rust = (chosen: Partial<ToolSeeker> = {}) => look('rust', ['home/me/.cargo/bin'], chosen)
  const folder = (name: string) => [at(`${RUSTUP}/toolchains/${name}-x86_64-unknown-linux-gnu`)]

  it('is the default', async () => expect(await rust()).toEqual(folder('stable')))
  it('is the one of rust-toolchain.toml', async () => {
    await put('work/shop/rust-toolchain.toml', '[toolchain]\nchannel = "1.80.0"\n')
    expect(await rust()).toEqual(folder('1.80.0'))
  })
  it('is the one of rust-toolchain', async () => {
    await put('work/shop/rust-toolchain', 'nightly-2026-01-01\n')
    expect(await rust()).toEqual(folder('nightly-2026-01-01'))
  })
  it('is the variable’s, above all', async () => {
    await put('work/shop/rust-toolchain', '1.80.0\n')
    expect(await rust({ rustup: { home: undefined, toolchain: 'stable' } })).toEqual(folder('stable'))
  })
  it.each(['../../..', '1.99.0'])('is none where %j is asked for', async (channel) => {
    await put('work/shop/rust-toolchain.toml', `[toolchain]\nchannel = "${channel}"\n`)
    expect(await rust()).toEqual([])
  })
  it('is where cargo lies, without rustup', async () => {
    await program('tools/rust-1.90/bin/cargo')
    await put('tools/rust-1.90/lib/rustlib/components')
    expect(await look('rust', ['tools/rust-1.90/bin'])).toEqual([at('tools/rust-1.90')])
  })
})

describe('others', () => {
  it('are known by what lies beside their program', async () => {
    await program('home/me/.sdkman/candidates/java/21/bin/java')
    await program('tools/not-java/bin/java')
    await put('home/me/.sdkman/candidates/java/21/lib/modules')
    const found = [at('home/me/.sdkman/candidates/java/21')]
    expect(await look('java', ['home/me/.sdkman/candidates/java/21/bin'])).toEqual(found)
    expect(await look('java', ['tools/not-java/bin'])).toEqual([])
  })

  it('are looked for only where the checkout has their language', async () => {
    await python('tools/python')
    expect(await look('javascript', ['tools/python/bin'])).toEqual([])
  })
})

describe('a folder that is shown', () => {
  const seeker = (uid: number) => ({ uid, userHome: home() })

  it.each(['/usr', '/', '/etc'])('is not %s', async (folder) => {
    expect(await prefixOf(join(folder, 'bin/env'), [], seeker(1000))).toBeNull()
  })

  it.each(['home/me', 'home', 'home/me/.local'])('is not %s, whatever lies in it', async (folder) => {
    await python(folder)
    expect(await prefixOf(at(folder, 'bin/python3'), ['lib/python*'], seeker(1000))).toBeNull()
  })

  it('is open to the account of a run: as root to everybody, else to us', async () => {
    const folder = await python('tools/closed')
    await chmod(folder, 0o750)
    expect(await prefixOf(join(folder, 'bin/python3'), ['lib/python*'], seeker(0))).toBeNull()
    expect(await prefixOf(join(folder, 'bin/python3'), ['lib/python*'], seeker(1000))).toBe(folder)
  })
})
