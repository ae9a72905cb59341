import { expect, test } from 'vitest'
import { hasMarker, withMarker } from '../../../lib/adapters/review/marker.ts'

test('a marker is found at the end alone, where a quotation is not', () => {
  const body = withMarker('Text', 'fix-1')
  expect(hasMarker(body, 'fix-1')).toBe(true)
  expect(hasMarker(body.replaceAll('\n', '\r\n'), 'fix-1')).toBe(true)
  expect(hasMarker(body, 'fix-2')).toBe(false)
  expect(hasMarker(`${body}\nmore`, 'fix-1')).toBe(false)
  expect(hasMarker(`> ${body.trim()}`.replace('\n\n', '\n'), 'fix-1')).toBe(false)
  expect(() => withMarker('Text', 'a --> b')).toThrow('no marker')
})
