import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Deed, may, ROLES } from '../src/roles.ts'

test('every role and every deed', () => {
  const allowed = (deed: Deed) => ROLES.filter((role) => may(role, deed))
  assert.deepEqual(allowed('read'), ['viewer', 'commenter', 'editor', 'owner'])
  assert.deepEqual(allowed('comment'), ['commenter', 'editor', 'owner'])
  assert.deepEqual(allowed('edit'), ['editor', 'owner'])
  assert.deepEqual(allowed('share'), ['editor', 'owner'])
  assert.deepEqual(allowed('delete'), ['owner'])
  assert.equal(may(null, 'read'), false)
})
