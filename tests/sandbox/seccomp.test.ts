import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seccompFilter } from '../../lib/adapters/sandbox/seccomp.ts'
import type { Sandbox } from '../../lib/world.ts'
import { openLab } from './lab.ts'

const ALLOW = 0x7fff0000
const REFUSE = 0x00050001
const NO_FAMILY = 0x00050061
const X64 = 0xc000003e

/** A classic BPF machine for the four instructions the filter uses: what the kernel would answer to one system call. */
function judge(filter: Buffer, call: { arch: number; number: number; first?: number }): number {
  const data: Record<number, number> = { 0: call.number, 4: call.arch, 16: call.first ?? 0 }
  let accumulator = 0
  for (let at = 0; at < filter.length; at += 8) {
    const value = filter.readUInt32LE(at + 4)
    const jump = (taken: boolean) => filter.readUInt8(at + (taken ? 2 : 3)) * 8
    switch (filter.readUInt16LE(at)) {
      case 0x20:
        accumulator = data[value] ?? 0
        break
      case 0x15:
        at += jump(accumulator === value)
        break
      case 0x35:
        at += jump(accumulator >= value)
        break
      case 0x06:
        return value
      default:
        throw new Error('an instruction the filter should not hold')
    }
  }
  throw new Error('the filter ends without an answer')
}

describe('the filter, call by call', () => {
  it.each([
    ['read', { arch: X64, number: 0 }, ALLOW],
    ['execve', { arch: X64, number: 59 }, ALLOW],
    ['ptrace', { arch: X64, number: 101 }, REFUSE],
    ['bpf', { arch: X64, number: 321 }, REFUSE],
    ['keyctl', { arch: X64, number: 250 }, REFUSE],
    ['io_uring_setup', { arch: X64, number: 425 }, REFUSE],
    ['a 32-bit call', { arch: 0x40000003, number: 1 }, REFUSE],
    ['an x32 call', { arch: X64, number: 0x40000000 + 41 }, REFUSE],
    ['socket AF_UNIX', { arch: X64, number: 41, first: 1 }, ALLOW],
    ['socket AF_INET', { arch: X64, number: 41, first: 2 }, ALLOW],
    ['socket AF_INET6', { arch: X64, number: 41, first: 10 }, ALLOW],
    ['socket AF_NETLINK', { arch: X64, number: 41, first: 16 }, ALLOW],
    ['socket AF_VSOCK', { arch: X64, number: 41, first: 40 }, NO_FAMILY],
    ['socket AF_ALG', { arch: X64, number: 41, first: 38 }, NO_FAMILY],
    ['socket AF_PACKET', { arch: X64, number: 41, first: 17 }, NO_FAMILY],
  ])('%s', (_, call, answer) => {
    expect(judge(seccompFilter('x64') ?? Buffer.alloc(0), call)).toBe(answer)
  })

  it('has its own numbers on ARM', () => {
    const filter = seccompFilter('arm64') ?? Buffer.alloc(0)
    expect(judge(filter, { arch: 0xc00000b7, number: 117 })).toBe(REFUSE)
    expect(judge(filter, { arch: 0xc00000b7, number: 198, first: 40 })).toBe(NO_FAMILY)
    expect(judge(filter, { arch: X64, number: 0 })).toBe(REFUSE)
  })

  it('is not made up for a machine without a table', () => {
    expect(seccompFilter('riscv64')).toBeNull()
  })
})

describe('the filter in force', () => {
  let sandbox: Sandbox
  let close: () => Promise<void>
  beforeAll(async () => {
    const lab = await openLab()
    close = lab.close
    sandbox = lab.start()
    await sandbox.selfTest()
  }, 60_000)
  afterAll(() => close())

  it.each([
    ['a socket to the hypervisor', 'socket(S, 40, 1, 0) ? "open" : $!', /not supported/],
    ["the kernel's cryptography", 'socket(S, 38, 5, 0) ? "open" : $!', /not supported/],
    ['a plain socket', 'socket(S, 2, 1, 0) ? "open" : $!', /^open/],
    // keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 0): keyrings outlive a run.
    ['a keyring', 'syscall(250, 0, -4, 0) < 0 ? $! : "open"', /not permitted/],
  ])('%s', async (_, expression, answer) => {
    const program = `print((${expression}), "\\n")`
    const { stdout } = await sandbox.run({ files: [], argv: ['/usr/bin/perl', '-e', program] })
    expect(stdout).toMatch(answer)
  })
})
