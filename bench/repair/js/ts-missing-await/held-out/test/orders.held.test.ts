import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Inventory } from '../src/inventory.ts'
import { Orders } from '../src/orders.ts'

test('what an order had reserved goes back when a later line fails', async () => {
  const inventory = new Inventory({ mug: 3, pot: 0 })
  const orders = new Orders(inventory)
  const answer = await orders.place([
    { sku: 'mug', count: 2 },
    { sku: 'pot', count: 1 },
  ])
  assert.deepEqual(answer, { ok: false, missing: 'pot' })
  assert.equal(await inventory.available('mug'), 3)
})
