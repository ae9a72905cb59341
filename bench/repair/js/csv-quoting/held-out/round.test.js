import assert from 'node:assert/strict'
import test from 'node:test'
import { parseCsv, toCsv } from '../src/csv.js'

test('awkward values survive the way there and back', () => {
  const values = ['"', '""', '"a","b"', 'a"b"c"d', ',', 'line\nbreak "x"', 'plain', '1"']
  const text = toCsv(values.map((value) => ({ value })))
  assert.deepEqual(
    parseCsv(text)
      .slice(1)
      .map(([value]) => value),
    values,
  )
})

test('what needs no quotes has none', () => {
  assert.equal(toCsv([{ a: "it's" }]), "a\r\nit's\r\n")
})
