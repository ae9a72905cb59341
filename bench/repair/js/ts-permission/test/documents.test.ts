import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Documents, Refused } from '../src/documents.ts'

function shared() {
  const documents = new Documents()
  documents.create('d', 'olga')
  return documents
}

test('an owner edits and shares, and an editor edits', () => {
  const documents = shared()
  documents.share('d', 'olga', 'eddy', 'editor')
  documents.edit('d', 'eddy', 'hello')
  assert.equal(documents.read('d', 'olga'), 'hello')
})

test('a commenter does not edit', () => {
  const documents = shared()
  documents.share('d', 'olga', 'carl', 'commenter')
  assert.throws(() => documents.edit('d', 'carl', 'x'), Refused)
})

test('a stranger finds nothing', () => {
  assert.throws(() => shared().read('d', 'zoe'), /no such document/)
})
