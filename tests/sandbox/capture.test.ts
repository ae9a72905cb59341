import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { capture } from '../../lib/adapters/sandbox/capture.ts'

async function captured(cap: number, chunks: (string | Buffer)[]) {
  const stream = new PassThrough()
  let floods = 0
  const read = capture(stream, cap, () => {
    floods += 1
  })
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  await finished(stream)
  return { ...read(), floods }
}

describe('captured output', () => {
  it.each([
    ['nothing', 4, [], '', false],
    ['less than the cap', 4, ['ab', 'c'], 'abc', false],
    ['exactly the cap', 4, ['ab', 'cd'], 'abcd', false],
    ['one byte more', 4, ['ab', 'cde'], 'abcd', true],
    ['one big piece', 4, ['abcdefgh'], 'abcd', true],
    ['bytes that are no text', 4, [Buffer.from([0xff, 0x61])], '\ufffda', false],
  ])('%s', async (_, cap, chunks, text, truncated) => {
    expect(await captured(cap, chunks)).toEqual({ text, truncated, floods: 0 })
  })

  it('calls a flood a flood, once', async () => {
    const block = 'x'.repeat(1000)
    expect(
      await captured(
        10,
        Array.from({ length: 8 }, () => block),
      ),
    ).toMatchObject({ truncated: true, floods: 1 })
  })
})
