import { type FileHandle, open } from 'node:fs/promises'

/** What the kernel counted in one network namespace. Held open by the host: the guest can neither reach nor forge it. */
export interface EgressCounter {
  /** Attempts to reach another host so far. Also readable after the last process of the namespace is gone. */
  count(): Promise<number>
  close(): Promise<void>
}

/**
 * The namespace has the loopback interface alone, so every packet, connection or name look-up meant for another host
 * finds no route, and the kernel counts it: `Ip: OutNoRoutes` of snmp, `Ip6OutNoRoutes` of snmp6.
 */
export function countNoRoutes(snmp: string, snmp6: string): number {
  const [names = '', values = ''] = snmp.split('\n').filter((line) => line.startsWith('Ip: '))
  const column = names.split(' ').indexOf('OutNoRoutes')
  const four = column < 0 ? 0 : Number(values.split(' ')[column])
  return four + Number(/^Ip6OutNoRoutes\s+(\d+)$/m.exec(snmp6)?.[1] ?? 0)
}

async function text(handle: FileHandle): Promise<string> {
  const buffer = Buffer.alloc(64 * 1024)
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
  return buffer.toString('utf8', 0, bytesRead)
}

/** Opens the counters of the namespace `pid` is in; an open file keeps the namespace readable. */
export async function openEgress(pid: number): Promise<EgressCounter> {
  const four = await open(`/proc/${pid}/net/snmp`)
  // Absent where the kernel has no IPv6.
  const six = await open(`/proc/${pid}/net/snmp6`).catch(() => null)
  return {
    count: async () => countNoRoutes(await text(four), six ? await text(six) : ''),
    close: async () => {
      await four.close()
      await six?.close()
    },
  }
}
