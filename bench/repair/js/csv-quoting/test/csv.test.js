import assert from 'node:assert/strict'
import test from 'node:test'
import { parseCsv, toCsv } from '../src/csv.js'

test('plain rows', () => {
  assert.equal(
    toCsv([
      { id: 1, name: 'Ada' },
      { id: 2, name: 'Bo' },
    ]),
    'id,name\r\n1,Ada\r\n2,Bo\r\n',
  )
})

test('commas and line breaks are quoted', () => {
  assert.equal(toCsv([{ a: 'x,y', b: 'p\nq' }]), 'a,b\r\n"x,y","p\nq"\r\n')
})

test('a quotation is doubled', () => {
  assert.equal(toCsv([{ a: 'he said "no"' }]), 'a\r\n"he said ""no"""\r\n')
})

test('nothing is an empty field', () => {
  assert.equal(toCsv([{ a: null, b: undefined, c: 0 }]), 'a,b,c\r\n,,0\r\n')
})

test('what is written is read again', () => {
  assert.deepEqual(parseCsv('a,b\r\n"x,y",2\r\n'), [
    ['a', 'b'],
    ['x,y', '2'],
  ])
  assert.deepEqual(parseCsv('a\n"1 ""2"" 3"'), [['a'], ['1 "2" 3']])
})
