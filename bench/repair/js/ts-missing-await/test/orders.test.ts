import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Inventory } from '../src/inventory.ts'
import { Orders } from '../src/orders.ts'

test('an order takes its articles out of stock', async () => {
  const inventory = new Inventory({ mug: 3 })
  const answer = await new Orders(inventory).place([{ sku: 'mug', count: 2 }])
  assert.deepEqual(answer, { ok: true, id: 1 })
  assert.equal(await inventory.available('mug'), 1)
})

test('an order that cannot be filled is refused by the article that is missing', async () => {
  const orders = new Orders(new Inventory({ mug: 1 }))
  assert.deepEqual(await orders.place([{ sku: 'mug', count: 2 }]), { ok: false, missing: 'mug' })
  assert.equal(orders.placed.size, 0)
})

test('a cancelled order gives its articles back', async () => {
  const inventory = new Inventory({ mug: 3 })
  const orders = new Orders(inventory)
  await orders.place([{ sku: 'mug', count: 2 }])
  assert.equal(await orders.cancel(1), true)
  assert.equal(await inventory.available('mug'), 3)
  assert.equal(await orders.cancel(1), false)
})
