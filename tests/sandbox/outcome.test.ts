import { describe, expect, it } from 'vitest'
import { classify, type Facts } from '../../lib/adapters/sandbox/outcome.ts'

const facts: Facts = { status: 0, killed: null, oomKills: 0, stderr: '' }

describe('how a run ended', () => {
  it.each<[string, Partial<Facts>, string, number | null]>([
    ['it ended well', {}, 'exited', 0],
    ['it failed', { status: 1 }, 'exited', 1],
    ['a signal other than these', { status: 143 }, 'exited', 143],
    ['we stopped it for time', { status: null, killed: 'timed-out' }, 'timed-out', null],
    ['it ended while we stopped it', { status: 137, killed: 'timed-out' }, 'timed-out', null],
    ['its processor seconds ran out', { status: 152 }, 'timed-out', null],
    ['we stopped a flood', { status: null, killed: 'flooded' }, 'killed', null],
    ['it never said', { status: null }, 'killed', null],
    ['it was killed from inside', { status: 137 }, 'killed', null],
    ['the kernel ran out of memory for it', { status: 137, oomKills: 1 }, 'out-of-memory', null],
    ['even its first process', { status: null, oomKills: 1 }, 'out-of-memory', null],
    ['a child was killed and it failed', { status: 1, oomKills: 2 }, 'out-of-memory', null],
    ['a child was killed and it coped', { status: 0, oomKills: 1 }, 'exited', 0],
    ['V8 gave up', { status: 134, stderr: 'FATAL ERROR: JavaScript heap out of memory' }, 'out-of-memory', null],
    ['V8 gave up at start', { status: 133, stderr: '# Fatal process out of memory' }, 'out-of-memory', null],
    ['an abort for another reason', { status: 134, stderr: 'assertion failed' }, 'exited', 134],
    ['it only says so', { status: 1, stderr: 'out of memory' }, 'exited', 1],
    ['it only says so, and passes', { status: 0, stderr: 'out of memory' }, 'exited', 0],
  ])('%s', (_, part, end, exit) => {
    expect(classify({ ...facts, ...part })).toEqual({ end, exit })
  })
})
