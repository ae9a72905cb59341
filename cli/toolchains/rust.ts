import { readdir, readFile, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { prefixOf, type Seeker } from './prefix.ts'

const MARKS = ['lib/rustlib']
const CHANNEL = /^[\w.-]+$/

export interface RustSeeker extends Seeker {
  find(name: string): Promise<string | null>
  rustup: { home: string | undefined; toolchain: string | undefined }
}

/** The Rust a checkout is built with: the one rustup would choose for it, or where `cargo` was installed. */
export async function rusts(root: string, seeker: RustSeeker): Promise<string[]> {
  const cargo = await seeker.find('cargo')
  const real = cargo && (await realpath(cargo).catch(() => null))
  if (!real) return []
  const program = basename(real) === 'rustup' ? await chosen(root, seeker) : real
  const prefix = program && (await prefixOf(program, MARKS, seeker))
  return prefix ? [prefix] : []
}

/** rustup's order: the variable, the checkout's own file, the default. */
async function chosen(root: string, { rustup, userHome }: RustSeeker): Promise<string | null> {
  const home = rustup.home ?? join(userHome, '.rustup')
  const own = await text(join(root, 'rust-toolchain.toml'), join(root, 'rust-toolchain'))
  const plain = /^\s*[\w.-]+\s*$/.test(own) ? own.trim() : undefined
  const asked = /^\s*channel\s*=\s*["']([^"']+)["']/m.exec(own)?.[1] ?? plain
  const usual = /^default_toolchain\s*=\s*"([^"]+)"/m.exec(await text(join(home, 'settings.toml')))?.[1]
  const channel = rustup.toolchain ?? asked ?? usual
  if (!channel || !CHANNEL.test(channel)) return null
  const names = await readdir(join(home, 'toolchains')).catch((): string[] => [])
  const name = names.find((one) => one === channel) ?? names.find((one) => one.startsWith(`${channel}-`))
  return name === undefined ? null : join(home, 'toolchains', name, 'bin/cargo')
}

async function text(...files: string[]): Promise<string> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
  return texts.find((one) => one !== '') ?? ''
}
