import { describe, expect, it } from 'vitest'
import { countNoRoutes, openEgress } from '../../lib/adapters/sandbox/egress.ts'

const snmp = (count: number) => `Ip: Forwarding DefaultTTL OutDiscards OutNoRoutes ReasmTimeout
Ip: 2 64 9 ${count} 8
Icmp: InMsgs OutNoRoutes
Icmp: 7 7
`
const snmp6 = (count: number) => `Ip6OutRequests                  \t5
Ip6OutNoRoutes                  \t${count}
`

describe('attempts to reach another host', () => {
  it.each([
    ['none', snmp(0), snmp6(0), 0],
    ['both families', snmp(3), snmp6(4), 7],
    ['a kernel without IPv6', snmp(2), '', 2],
    ['a kernel without the column', 'Ip: Forwarding\nIp: 2\n', snmp6(1), 1],
    ['nothing to read', '', '', 0],
  ])('%s', (_, four, six, expected) => {
    expect(countNoRoutes(four, six)).toBe(expected)
  })

  it('are read from the kernel again at each question', async () => {
    const counter = await openEgress(process.pid)
    expect(await counter.count()).toBeGreaterThanOrEqual(0)
    expect(await counter.count()).toBeGreaterThanOrEqual(0)
    await counter.close()
  })

  it('cannot be opened for a process that is not there', async () => {
    await expect(openEgress(2 ** 30)).rejects.toThrow('ENOENT')
  })
})
