/**
 * A classic BPF filter for `bwrap --seccomp`. It closes what namespaces do not cover: socket families that ignore the
 * network namespace (AF_VSOCK reaches the hypervisor) and kernel interfaces no test suite needs.
 * Numbers: linux/audit.h, linux/filter.h, linux/seccomp.h, and the two architectures' syscall tables.
 */
interface Machine {
  audit: number
  socket: number
  /** x86-64 also answers to the x32 numbers, which start here. */
  foreign: number | null
  refused: number[]
}

const IO_URING = [425, 426, 427]
const MACHINES: Record<string, Machine> = {
  x64: {
    audit: 0xc000003e,
    socket: 41,
    foreign: 0x40000000,
    // add_key request_key keyctl bpf perf_event_open userfaultfd kexec_load init_module finit_module delete_module
    // open_by_handle_at ptrace process_vm_readv process_vm_writev mount pivot_root settimeofday clock_settime adjtimex
    refused: [
      248,
      249,
      250,
      321,
      298,
      323,
      246,
      175,
      313,
      176,
      304,
      101,
      310,
      311,
      165,
      155,
      164,
      227,
      159,
      ...IO_URING,
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    socket: 198,
    foreign: null,
    refused: [217, 218, 219, 280, 241, 282, 104, 105, 273, 106, 265, 117, 270, 271, 40, 41, 170, 112, 171, ...IO_URING],
  },
}

/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK (the last for listing interfaces). */
const FAMILIES = [1, 2, 10, 16]

const LOAD = 0x20
const JUMP_EQUAL = 0x15
const JUMP_AT_LEAST = 0x35
const RETURN = 0x06
const ALLOW = 0x7fff0000
const NOT_PERMITTED = 0x00050001
const NO_SUCH_FAMILY = 0x00050061

type Step = [code: number, whenTrue: number, whenFalse: number, value: number]

/** Offsets into struct seccomp_data: nr 0, arch 4, low half of the first argument 16 (both machines are little-endian). */
function steps(machine: Machine): Step[] {
  const refuse: Step = [RETURN, 0, 0, NOT_PERMITTED]
  const allow: Step = [RETURN, 0, 0, ALLOW]
  const list: Step[] = [[LOAD, 0, 0, 4], [JUMP_EQUAL, 1, 0, machine.audit], refuse, [LOAD, 0, 0, 0]]
  if (machine.foreign !== null) list.push([JUMP_AT_LEAST, 0, 1, machine.foreign], refuse)
  for (const call of machine.refused) list.push([JUMP_EQUAL, 0, 1, call], refuse)
  list.push([JUMP_EQUAL, 1, 0, machine.socket], allow, [LOAD, 0, 0, 16])
  for (const family of FAMILIES) list.push([JUMP_EQUAL, 0, 1, family], allow)
  list.push([RETURN, 0, 0, NO_SUCH_FAMILY])
  return list
}

/** The compiled filter for `process.arch`; null where we have no table, which the boundary then says. */
export function seccompFilter(arch: string): Buffer | null {
  const machine = MACHINES[arch]
  if (!machine) return null
  const program = steps(machine)
  const bytes = Buffer.alloc(program.length * 8)
  for (const [index, [code, whenTrue, whenFalse, value]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(whenTrue, index * 8 + 2)
    bytes.writeUInt8(whenFalse, index * 8 + 3)
    bytes.writeUInt32LE(value, index * 8 + 4)
  }
  return bytes
}
